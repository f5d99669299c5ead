"""Jobs in the shop's own time: a row per job and place, run once after a standstill, never two at once (docs/outbox.md)."""
