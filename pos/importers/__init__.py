"""Lists from elsewhere that selling takes in: customers."""
