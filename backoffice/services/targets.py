"""What stores mean to take: a target for each store and month."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from backoffice.models import SalesTarget
from smartpos.audit.services import record
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import DomainError
from smartpos.people.models import Employee, Store


def set_targets(store: Store, targets: Mapping[date, Decimal | None], *, by: Employee, at: datetime) -> list[date]:
    """Set the targets of these months (their first days), all or nothing; None takes one away. Answers the months that changed.

    What is set already is not written again, so the same targets twice change nothing.
    """
    for month, amount in targets.items():
        if month.day != 1:
            raise DomainError(_("A target is for a whole month."))
        if amount is not None and amount <= 0:
            raise DomainError(_("Write an amount above nought, or leave it empty."), field=f"{month:%Y-%m}")
    with write_transaction():
        serialise(f"targets:{store.pk}")
        kept = {target.month: target for target in SalesTarget.objects.filter(store=store, month__in=list(targets))}
        changes: dict[str, list[str | None]] = {}
        changed: list[date] = []
        for month, amount in sorted(targets.items()):
            before = kept.get(month)
            if (before.amount if before else None, before.currency if before else store.currency) == (amount, store.currency):
                continue
            changes[f"{month:%Y-%m}"] = [_text(before.amount if before else None), _text(amount)]
            changed.append(month)
            _put(store, month, amount, before)
        if changed:
            data = {"store": store.name, "currency": store.currency, "changes": changes}
            record("target.changed", subject=f"store:{store.uuid}", data=data, at=at)
    return changed


def _put(store: Store, month: date, amount: Decimal | None, before: SalesTarget | None) -> None:
    if amount is None:
        if before:
            before.delete()
        return
    target = before or SalesTarget(business_id=store.business_id, store=store, month=month)
    target.amount, target.currency = amount, store.currency
    target.save()


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
