"""Selling: prices, receipts, payments, shifts and the till's pages."""
