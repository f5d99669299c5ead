"""Text without case and marks, so that what people type and what files say can be compared."""

import unicodedata

_LETTERS = str.maketrans({"đ": "d", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(text: str) -> str:
    """Lower case without marks, blanks run together."""
    lowered = text.casefold().translate(_LETTERS)
    stripped = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return " ".join(stripped.split())
