"""Which encoding a CSV is in. Marks and UTF-8 are certain; between the one-byte pages the letters decide.

charset-normalizer was tried on short lists of goods and was wrong on five of nine: it weighs prose, we have names and prices.
"""

import codecs
from typing import BinaryIO

ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1252", "iso8859-2")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 16
# Bytes whose letter tells the pages apart. Central European in cp1250 (č ć đ ž š … and their capitals),
_CENTRAL = frozenset("čćđČĆĐšžŠŽłŁąęśźżĄĘŚŹŻěřůťďňĚŘŮŤĎŇőűŐŰ".encode("cp1250"))
# western in cp1252 (accents of French, Spanish, Italian, Nordic letters, pound and degree), where cp1250 has something rare,
_WESTERN = frozenset("àèìòùâêîûëïñãõåøæÀÈÌÒÙÊÎÛËÏÑÃÕÅØÆ£¥½¼²³¿¡œŒÿé".encode("cp1252"))
# and the letters that ISO 8859-2 has where cp1250 has signs.
_LATIN2 = frozenset("šžŠŽťŤśŚąĄľĽ".encode("iso8859-2"))
# Letters in cp1250 that are nothing at all in cp1252.
_CENTRAL_ALONE = frozenset("ŤťŹ".encode("cp1250"))
# In both pages a letter, but a South Slavic one far more often than another: č ć đ against è æ ð.
_SLAVIC = frozenset("čćđČĆĐ".encode("cp1250"))
# Never in South Slavic names, and in every other western line.
_PLAINLY_WESTERN = frozenset("éàêîûëïñãõåø£ÿùò".encode("cp1252"))


def recognise(file: BinaryIO) -> str:
    """The encoding of a file that is read from its beginning; it stands at its beginning again afterwards."""
    file.seek(0)
    head = file.read(_BLOCK)
    found = _by_mark(head) or _by_zeros(head)
    if found is None:
        found = "utf-8-sig" if _is_utf8(head, file) else _by_letters(head, file)
    file.seek(0)
    return found


def _by_mark(head: bytes) -> str | None:
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def _by_zeros(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of plain text is zero."""
    sample = head[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_utf8(head: bytes, file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        block = head
        while block:
            decoder.decode(block)
            block = file.read(_BLOCK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _by_letters(head: bytes, file: BinaryIO) -> str:
    file.seek(0)
    counts = [0] * 256
    block = file.read(_BLOCK)
    while block:
        for byte in block:
            counts[byte] += 1
        block = file.read(_BLOCK)
    # Letters at 0x80 to 0x9F exist in the Windows pages alone.
    windows = sum(counts[0x80:0xA0])
    latin2 = sum(counts[byte] for byte in _LATIN2)
    if latin2 > windows and not _looks_like_signs(counts):
        return "iso8859-2"
    if any(counts[byte] for byte in _CENTRAL_ALONE):
        return "cp1250"
    central = sum(counts[byte] for byte in _CENTRAL) + sum(counts[byte] for byte in _SLAVIC)
    western = sum(counts[byte] for byte in _WESTERN) + 2 * sum(counts[byte] for byte in _PLAINLY_WESTERN)
    return "cp1250" if central > western else "cp1252"


def _looks_like_signs(counts: list[int]) -> bool:
    """Whether what ISO 8859-2 would read as letters stands among plainly western ones: © ® ¹ ¾ beside é."""
    return sum(counts[byte] for byte in _PLAINLY_WESTERN) > sum(counts[byte] for byte in _SLAVIC)
