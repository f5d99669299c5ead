"""Mail: declared types with variables, texts in both languages, a queue, SMTP or a folder (docs/outbox.md)."""
