"""Payment gateways, delivery platforms, shops and accountants: how each is connected, called and listened to."""
