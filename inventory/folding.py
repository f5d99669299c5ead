"""Search text: case and diacritics gone, so that `cevapi` finds Ćevapi and `djuvec` finds Đuveč."""

from smartpos.folding import fold

__all__ = ["fold", "search_words", "searchable"]


def search_words(text: str) -> list[str]:
    """The words of a query; `dj` is also tried as `d`, the way đ is often typed."""
    return [word.replace("dj", "d") for word in fold(text).split()][:6]


def searchable(*texts: str) -> str:
    """What is stored beside a product to be searched."""
    return " ".join(word.replace("dj", "d") for text in texts for word in fold(text).split())[:240]
