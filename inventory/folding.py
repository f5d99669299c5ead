"""Search text: case and diacritics gone, so that `cevapi` finds Ćevapi and `djuvec` finds Đuveč."""

import unicodedata

_LETTERS = str.maketrans({"đ": "d", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})


def fold(text: str) -> str:
    """Lower case without marks, blanks run together."""
    lowered = text.casefold().translate(_LETTERS)
    stripped = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return " ".join(stripped.split())


def search_words(text: str) -> list[str]:
    """The words of a query; `dj` is also tried as `d`, the way đ is often typed."""
    return [word.replace("dj", "d") for word in fold(text).split()][:6]


def searchable(*texts: str) -> str:
    """What is stored beside a product to be searched."""
    return " ".join(word.replace("dj", "d") for text in texts for word in fold(text).split())[:240]
