"""What a row of a list says, and the sentences about what is wrong with it."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from inventory.services.variants import MAX_PRICE
from inventory.types import GoodsRow
from smartpos.imports.columns import Mapped
from smartpos.imports.rows import Wrong, cell_of
from smartpos.money import PRICE_PLACES
from smartpos.tabular.numbers import number
from smartpos.tabular.reading import Row

LONGEST = {"name": 120, "sku": 60, "barcode": 60, "category": 200, "variant": 60, "unit": 40}
# What a spreadsheet makes of a long code that it took for a number.
_SHORTENED = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")


@dataclass(slots=True)
class Reader:
    """Turns rows into goods. Remembers the codes it saw, so that a code that stands twice in a list is told."""

    mapped: Mapped
    mark: str
    seen: dict[tuple[str, int], int] = field(default_factory=dict)

    def read(self, row: Row) -> GoodsRow:
        """The goods of a row; Wrong with the first thing that is wrong."""
        text = {code: cell_of(row, self.mapped, code) for code in LONGEST}
        for code, most in LONGEST.items():
            if len(text[code]) > most:
                raise Wrong(_("“%(text)s…” is longer than %(most)s letters.") % {"text": text[code][:20], "most": most})
        if "name" in self.mapped and not text["name"]:
            raise Wrong(_("The name is missing."))
        for code in ("sku", "barcode"):
            self._check_code(code, text[code], row.line)
        goods = GoodsRow(
            line=row.line, name=text["name"] or None, sku=text["sku"], barcode=text["barcode"],
            price=self._amount(row, "price"), cost=self._amount(row, "cost"),
            category=text["category"] or None, variant=text["variant"] or None, unit=text["unit"] or None,
        )  # fmt: skip
        for code in ("sku", "barcode"):
            if text[code]:
                self.seen[code, hash(text[code])] = row.line
        return goods

    def _check_code(self, code: str, text: str, line: int) -> None:
        if not text:
            return
        if _SHORTENED.fullmatch(text):
            raise Wrong(_("A spreadsheet has shortened the code %(code)s. Store the column as text.") % {"code": text})
        before = self.seen.get((code, hash(text)))
        if before is not None and before != line:
            raise Wrong(_("The code %(code)s stands in line %(line)s already.") % {"code": text, "line": before})

    def _amount(self, row: Row, code: str) -> int | None:
        """A price or cost, scaled. An empty cell says nothing."""
        text = cell_of(row, self.mapped, code)
        if not text:
            return None
        value = number(text, self.mark)
        if value is None:
            raise Wrong(_("“%(text)s” is no amount.") % {"text": text[:20]})
        if value < 0:
            raise Wrong(_("The amount %(text)s is below nought.") % {"text": text[:20]})
        if value >= MAX_PRICE:
            raise Wrong(_("The amount %(text)s is too large.") % {"text": text[:20]})
        return _scaled(value, text)


def _scaled(value: Decimal, text: str) -> int:
    scaled = value.scaleb(PRICE_PLACES)
    if scaled != scaled.to_integral_value():
        raise Wrong(_("The amount %(text)s has more than four decimals.") % {"text": text[:20]})
    return int(scaled)
