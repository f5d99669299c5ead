"""Pictures that people put up: checked, made anew in a few sizes, served under names nobody guesses (docs/media.md)."""
