"""The manager's pages that span apps: shell, sales, people and devices."""
