"""Payment gateways, delivery platforms, shops and accountants. None is connected yet."""
