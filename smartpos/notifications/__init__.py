"""Notifications: what happened in somebody's stores, told at the bell, read one by one or all at once (docs/notifications.md)."""
