"""Slips and labels: a document model, renderers and transports. Receipts are pages and PDFs so far."""
