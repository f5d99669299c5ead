"""Who may do what: permission codes, the roles' shipped rights, the one question `allowed`."""
