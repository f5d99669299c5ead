"""Reading the bonus: the rule of a month, and what it makes of everybody's sales (EMP-09 to EMP-14). Eight statements at most."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count

from pos.bonus_sums import bonus_of
from pos.models import BonusPayout, BonusRule, Shift
from pos.selectors.checklists import completed_by
from pos.selectors.sales import Seller, by_seller
from smartpos.clock import business_day
from smartpos.money import Currency, from_decimal, to_decimal
from smartpos.people.models import Employee, Store

NOUGHT, FULL = Decimal(0), Decimal(100)
PLACES = 4


@dataclass(frozen=True, slots=True)
class Month:
    """A person's month: figures of now, or of the moment when it was paid (`payout`). `turns` is how often it was paid, undone ones too.

    `since` is by how much the sales changed after it was paid. `target` is the threshold with the season in it; None where no rule holds.
    """

    employee: Employee
    currency: str
    sales: Decimal
    count: int
    target: Decimal | None
    percent: Decimal
    progress: int
    reached: Decimal
    shifts: int
    needed: int
    done: int
    turns: int
    payout: BonusPayout | None
    since: Decimal = NOUGHT

    @property
    def met(self) -> bool:
        """Whether the checklists that the rule asks for were completed."""
        return self.done >= self.needed

    @property
    def bonus(self) -> Decimal:
        """What is due: nothing where the checklists are missing."""
        return self.payout.bonus if self.payout else (self.reached if self.met else NOUGHT)


def month_end(month: date) -> date:
    """The last day."""
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def is_over(month: date, currency: str, at: datetime) -> bool:
    """Whether the month's last business day has ended in every store that sells in this currency."""
    stores = Store.objects.filter(currency=currency)
    return all(business_day(at, store.zone, store.cutoff_minutes) > month_end(month) for store in stores)


def currencies() -> list[str]:
    """In which the business sells, the most usual first."""
    found = Counter(Store.objects.values_list("currency", flat=True))
    return [code for code, _count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]


def rule_of(month: date, currency: str) -> BonusRule | None:
    """The rule that holds in a month; None where there is none, or it is switched off."""
    rule = latest_rule(month, currency)
    return rule if rule is not None and rule.active else None


def latest_rule(month: date, currency: str) -> BonusRule | None:
    """The row that began last up to this month, switched off or not."""
    rules = BonusRule.objects.filter(currency=currency, valid_from__lte=month).prefetch_related("seasons")
    return rules.order_by("-valid_from").first()


def of_person(employee: Employee, month: date, currency: str) -> Month:
    """One person's month."""
    return months([employee], month, currency)[0]


def months(people: Sequence[Employee], month: date, currency: str) -> list[Month]:
    """The month of each of these people, in their order."""
    last, rule = month_end(month), rule_of(month, currency)
    one = people[0].pk if len(people) == 1 else None
    keys = [person.pk for person in people]
    shifts = Shift.objects.filter(
        opened_by__in=keys, business_date__gte=month, business_date__lte=last, store__currency=currency
    ).order_by()
    facts = _Facts(
        month, currency, rule,
        sold={row.employee: row for row in by_seller(month, last, currency=currency, employee=one)},
        shifts=dict(shifts.values_list("opened_by").annotate(Count("pk"))),
        done=completed_by(month) if rule and rule.checklists else Counter(),
        payouts=_payouts(keys, month, currency),
    )  # fmt: skip
    return [facts.of(person) for person in people]


def _payouts(keys: Sequence[int], month: date, currency: str) -> dict[int, list[BonusPayout]]:
    found: dict[int, list[BonusPayout]] = {}
    rows = BonusPayout.objects.filter(employee__in=keys, month=month, currency=currency).select_related("undo", "paid_by")
    for payout in rows.order_by("turn"):
        found.setdefault(payout.employee_id, []).append(payout)
    return found


def season_of(rule: BonusRule | None, month: date) -> Decimal:
    """How many per cent of the threshold hold in a month (EMP-11)."""
    seasons = rule.seasons.all() if rule else ()
    return next((season.percent for season in seasons if season.month == month.month), FULL)


@dataclass(frozen=True, slots=True)
class _Facts:
    """Everything of a month, by employee."""

    month: date
    currency: str
    rule: BonusRule | None
    sold: dict[int | None, Seller]
    shifts: dict[int, int]
    done: Counter[int]
    payouts: dict[int, list[BonusPayout]]

    def of(self, person: Employee) -> Month:
        """One person's month: as it was paid, or as it stands."""
        sold, payouts = self.sold.get(person.pk), self.payouts.get(person.pk, [])
        sales, count = (sold.total, sold.sales) if sold else (NOUGHT, 0)
        valid = next((payout for payout in payouts if not hasattr(payout, "undo")), None)
        if valid is not None:
            progress = 100 if valid.target <= 0 else int(valid.total * 100 // valid.target)
            return Month(
                person, self.currency, valid.total, count, valid.target, valid.percent, progress, valid.bonus, valid.shifts,
                valid.checklists_needed, valid.checklists_done, len(payouts), valid, sales - valid.total,
            )  # fmt: skip
        shifts, done, rule = self.shifts.get(person.pk, 0), self.done[person.pk], self.rule
        if rule is None:
            return Month(person, self.currency, sales, count, None, NOUGHT, 0, NOUGHT, shifts, 0, done, len(payouts), None)
        found = bonus_of(
            Currency.of(self.currency), sales=_scaled(sales), threshold=_scaled(rule.threshold), percent=_scaled(rule.percent),
            season=_scaled(season_of(rule, self.month)),
        )  # fmt: skip
        return Month(
            person, self.currency, sales, count, to_decimal(found.target, PLACES), rule.percent, found.progress,
            to_decimal(found.bonus, PLACES), shifts, rule.checklists, done, len(payouts), None,
        )  # fmt: skip


def _scaled(value: Decimal) -> int:
    return from_decimal(value, PLACES)
