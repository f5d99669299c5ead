"""The device journal: what tills did (operations) and what they cache (changes)."""
