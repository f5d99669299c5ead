"""Kinds of setting about discounts: limits by cart total, and buttons."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

import msgspec
from django.utils.translation import gettext as _

from smartpos.access.kinds import Kind
from smartpos.errors import DomainError

MOST_TIERS, MOST_PRESETS = 20, 6


@dataclass(frozen=True, slots=True)
class Tier:
    """From this cart total on, and below the other (None: without end), so much discount at most."""

    start: Decimal
    end: Decimal | None
    kind: Literal["percent", "amount"]
    most: Decimal


@dataclass(frozen=True, slots=True)
class Tiers(Kind):
    """Discount limits by cart total, without gap or overlap; the lower bound belongs to the tier, the upper to the next."""

    def parse(self, text: str) -> tuple[Tier, ...]:
        rows = msgspec.json.decode(text)
        return tuple(Tier(Decimal(s), None if e is None else Decimal(e), kind, Decimal(most)) for s, e, kind, most in rows)

    def text(self, value: tuple[Tier, ...]) -> str:
        rows = [[plain(t.start), None if t.end is None else plain(t.end), t.kind, plain(t.most)] for t in value]
        return msgspec.json.encode(rows).decode()

    def clean(self, value: Any) -> tuple[Tier, ...]:
        tiers = sorted(value, key=lambda tier: tier.start)
        if not tiers or len(tiers) > MOST_TIERS:
            raise DomainError(_("Give at least one tier, and at most %(count)s.") % {"count": MOST_TIERS})
        for tier in tiers:
            self._check(tier)
        if tiers[0].start:
            raise DomainError(_("The first tier begins at 0."))
        for tier, following in pairwise(tiers):
            self._check_neighbours(tier, following)
        if tiers[-1].end is not None:
            raise DomainError(_("Leave the end of the last tier empty: it has none."))
        return tuple(tiers)

    def _check(self, tier: Tier) -> None:
        if tier.end is not None and tier.end <= tier.start:
            raise DomainError(_("The tier from %(start)s ends before it begins.") % {"start": plain(tier.start)})
        if tier.kind not in ("percent", "amount") or tier.most < 0 or (tier.kind == "percent" and tier.most > 100):
            raise DomainError(_("A discount is from 0 to 100 per cent, or an amount."))

    def _check_neighbours(self, tier: Tier, following: Tier) -> None:
        if tier.end is None or tier.end > following.start:
            raise DomainError(
                _("The tiers from %(one)s and from %(other)s overlap.")
                % {"one": plain(tier.start), "other": plain(following.start)}
            )
        if tier.end < following.start:
            raise DomainError(
                _("Between %(one)s and %(other)s there is no tier.") % {"one": plain(tier.end), "other": plain(following.start)}
            )

    def plain(self, value: tuple[Tier, ...]) -> list[dict[str, str]]:
        """As the pricing engine takes them."""
        return [{"start": plain(t.start), "kind": t.kind, "value": plain(t.most)} for t in value]

    def shown(self, value: tuple[Tier, ...]) -> str:
        return "; ".join(f"{plain(t.start)}+: {plain(t.most)}{' %' if t.kind == 'percent' else ''}" for t in value)


@dataclass(frozen=True, slots=True)
class Presets(Kind):
    """Up to six buttons, each a percentage with a label or without."""

    def parse(self, text: str) -> tuple[tuple[Decimal, str], ...]:
        return tuple((Decimal(percent), label) for percent, label in msgspec.json.decode(text))

    def text(self, value: tuple[tuple[Decimal, str], ...]) -> str:
        return msgspec.json.encode(self._rows(value)).decode()

    def clean(self, value: Any) -> tuple[tuple[Decimal, str], ...]:
        if len(value) > MOST_PRESETS:
            raise DomainError(_("At most %(count)s buttons.") % {"count": MOST_PRESETS})
        for percent, label in value:
            if not Decimal(0) < percent <= 100 or len(label) > 20:
                raise DomainError(_("A button is a percentage above 0, at most 100, and a label of at most 20 letters."))
        return tuple(value)

    def _rows(self, value: tuple[tuple[Decimal, str], ...]) -> list[list[str]]:
        return [[plain(percent), label] for percent, label in value]

    def plain(self, value: tuple[tuple[Decimal, str], ...]) -> list[list[str]]:
        return self._rows(value)

    def shown(self, value: tuple[tuple[Decimal, str], ...]) -> str:
        return ", ".join(f"{plain(percent)} %" for percent, _label in value)


def plain(number: Decimal) -> str:
    """A number as protocols write it."""
    return format(number.normalize() + 0, "f")
