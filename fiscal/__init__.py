"""What the law wants of a receipt. No country is connected yet."""
