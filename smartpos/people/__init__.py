"""Businesses, stores, terminals, devices, users and employees: who there is and where. Knows nothing of sales."""
