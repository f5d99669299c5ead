"""Facts of sales, folded from the ledger by its events, and the figures that pages make of them."""
