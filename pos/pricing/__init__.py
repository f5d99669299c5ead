"""What a cart costs: pure arithmetic, twice (here and in `static/js/pos/pricing/`)."""
