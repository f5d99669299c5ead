"""The demo shop: its goods and people, and a till that sells."""
