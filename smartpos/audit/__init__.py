"""What was done, by whom, when: append-only hash chains, one per device and one per business for office acts."""
