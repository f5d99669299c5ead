"""What is sold and what lies on the shelf: the catalogue and the stock ledger."""
