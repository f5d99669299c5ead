"""Numbers as people write them: both decimal marks, grouping, currency signs."""

import re
from collections.abc import Iterable
from decimal import Decimal

_NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*|[-+]?[.,][0-9]+")
# Around a number: blanks of every kind, apostrophes of Swiss grouping, currency signs and codes.
_AROUND = re.compile(r"[\s\u00a0\u202f\u2009'’]|[€$£¥]|(?i:km|bam|eur|gbp|usd|chf|rsd|hrk|din\.?)")
LONGEST = 40


def number(text: str, mark: str) -> Decimal | None:
    """The number, or None where it is none. `mark` decides only what the text leaves open: is 1.234 a thousand or one?"""
    if len(text) > LONGEST:
        return None
    plain = _AROUND.sub("", text)
    if not _NUMBER.fullmatch(plain):
        return None
    own = _own_mark(plain) or mark
    grouping = "," if own == "." else "."
    whole, _, fraction = plain.partition(own)
    if own in fraction or grouping in fraction or not _grouped(whole, grouping):
        return None
    return Decimal(f"{whole.replace(grouping, '') or '0'}.{fraction or '0'}")


def decimal_mark(texts: Iterable[str]) -> str | None:
    """The mark that the numbers among these texts are written with; None where they do not say."""
    votes = {".": 0, ",": 0}
    for text in texts:
        plain = _AROUND.sub("", text[:LONGEST])
        own = _own_mark(plain) if _NUMBER.fullmatch(plain) else None
        if own:
            votes[own] += 1
    if votes["."] == votes[","]:
        return None
    return max(votes, key=lambda mark: votes[mark])


def _own_mark(plain: str) -> str | None:
    """The decimal mark that the number itself gives away; None where one mark stands before exactly three digits, or none."""
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return None
    mark = plain[last]
    other = "," if mark == "." else "."
    if other in plain:
        return mark
    if plain.count(mark) > 1:
        return other
    if plain[:last].lstrip("+-") == "0":
        return mark
    return None if len(plain) - last - 1 == 3 and last > 0 else mark


def _grouped(whole: str, grouping: str) -> bool:
    """Whether grouping marks, if any, stand at every third digit."""
    first, *groups = whole.lstrip("+-").split(grouping)
    return not groups or (1 <= len(first) <= 3 and all(len(group) == 3 for group in groups))
