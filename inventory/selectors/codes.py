"""Barcodes of one's own, for goods that carry none."""

import secrets

from inventory.barcodes import check_digit, read_label
from inventory.labels import patterns
from inventory.models import Barcode

# GS1 leaves numbers that begin with 2 to whoever sells the goods (General Specifications 2.1.11.3); scales use some of them.
PREFIXES = tuple(str(prefix) for prefix in range(20, 30))
DIGITS = 10
TRIES = 20


def free_code() -> str:
    """An EAN-13 that begins with 2, is no label of the scale and belongs to nothing yet; "" where scales use all of them.

    By chance rather than the next number, so that two forms that are open at once get two.
    """
    scales = patterns()
    for prefix in PREFIXES:
        for _try in range(TRIES):
            body = f"{prefix}{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
            code = body + check_digit(body)
            if read_label(code, scales) is None and not Barcode.objects.filter(code=code).exists():
                return code
    return ""
