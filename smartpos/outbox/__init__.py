"""Events in the transaction that made them true, delivered after it."""
