"""Modifier groups: what is asked together with an item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from inventory.folding import fold
from inventory.hooks import items_changed, modifiers_changed
from inventory.models import Modifier, ModifierGroup, ProductModifierGroup, Variant
from smartpos.audit.services import record
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import Conflict, DomainError
from smartpos.people.models import Employee

DEEPEST = 3
LARGEST = Decimal(1_000_000)
MOST_ANSWERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ModifierInput:
    """An answer as a form gives it; without `uuid` it is new. `price` is added to the item's, or taken off."""

    uuid: UUID | None = None
    name: str
    kitchen_name: str = ""
    price: Decimal = Decimal(0)
    default: bool = False
    nested: ModifierGroup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupInput:
    """A group as a form gives it; no `maximum`: any number of answers."""

    name: str
    minimum: int = 0
    maximum: int | None = None
    answers: Sequence[ModifierInput]


def create_group(given: GroupInput, *, by: Employee, at: datetime, uuid: UUID | None = None) -> ModifierGroup:
    """Add a group. The same client-made `uuid` again answers the group that is there."""
    there: ModifierGroup | None = ModifierGroup.objects.filter(uuid=uuid).first() if uuid else None
    if there is not None:
        return there
    group = ModifierGroup(business_id=by.business_id, version=0)
    if uuid:
        group.uuid = uuid
    return _put(group, given, action="modifiers.created", version=None, at=at)


def update_group(
    group: ModifierGroup, given: GroupInput, *, by: Employee, at: datetime, version: int | None = None
) -> ModifierGroup:
    """Change a group; `version` is the one that the form was opened with."""
    return _put(group, given, action="modifiers.changed", version=version, at=at)


def set_group_active(group: ModifierGroup, *, active: bool, by: Employee, at: datetime) -> ModifierGroup:
    """Stop asking a group, or ask it again. Products keep it."""
    with write_transaction():
        group = ModifierGroup.objects.select_for_update().get(pk=group.pk)
        if group.active != active:
            group.active = active
            group.version += 1
            group.save(update_fields=["active", "version"])
            action = "modifiers.restored" if active else "modifiers.archived"
            record(action, subject=f"modifiers:{group.uuid}", data={"name": group.name}, at=at)
            leading = ModifierGroup.objects.filter(modifiers__nested=group, modifiers__active=True).distinct()
            modifiers_changed([group, *leading])
            links = ProductModifierGroup.objects.filter(group=group).values("product")
            items_changed(list(Variant.objects.filter(product__in=links).select_related("product")))
    return group


def _put(group: ModifierGroup, given: GroupInput, *, action: str, version: int | None, at: datetime) -> ModifierGroup:
    name = " ".join(given.name.split())
    _check(name, given)
    with write_transaction():
        serialise(f"modifiers:{group.business_id}")
        if group.pk:
            group = ModifierGroup.objects.select_for_update().get(pk=group.pk)
        if version is not None and group.version != version:
            raise Conflict(_("Somebody changed this group meanwhile. Load it again."), code="changed_meanwhile")
        if fold(name) in {fold(other) for other in ModifierGroup.objects.exclude(pk=group.pk).values_list("name", flat=True)}:
            raise DomainError(_("There is a group with this name already."), field="name")
        _check_depth(group, given)
        group.name, group.minimum, group.maximum = name, given.minimum, given.maximum
        group.version += 1
        group.save()
        _save_answers(group, given.answers)
        answers = [f"{answer.name} {answer.price}" for answer in given.answers]
        record(action, subject=f"modifiers:{group.uuid}", data={"name": name, "answers": answers}, at=at)
        modifiers_changed([group])
    return group


def _check(name: str, given: GroupInput) -> None:
    if not name or len(name) > 60:
        raise DomainError(_("Give a name of at most 60 letters."), field="name")
    if not 1 <= len(given.answers) <= MOST_ANSWERS:
        raise DomainError(_("A group has between 1 and 60 answers."), field="answers")
    if given.maximum is not None and given.maximum < max(1, given.minimum):
        raise DomainError(_("The minimum lies above the maximum."), field="maximum")
    if given.minimum > len(given.answers):
        raise DomainError(_("There are fewer answers than must be chosen."), field="minimum")
    defaults = sum(answer.default for answer in given.answers)
    if given.maximum is not None and defaults > given.maximum:
        raise DomainError(_("More answers are chosen beforehand than may be chosen."), field="maximum")
    names = [fold(answer.name) for answer in given.answers]
    for place, answer in enumerate(given.answers):
        if not names[place] or len(answer.name) > 60 or len(answer.kitchen_name) > 60:
            raise DomainError(_("Give a name of at most 60 letters."), field=f"answers-{place}-name")
        if names[place] in names[:place]:
            raise DomainError(_("Two answers have the same name."), field=f"answers-{place}-name")
        if abs(answer.price) >= LARGEST:
            raise DomainError(_("This number is too large."), field=f"answers-{place}-price")


def _check_depth(group: ModifierGroup, given: GroupInput) -> None:
    """Answers lead to further groups, at most three deep and never round in a ring."""
    leads: dict[int, set[int]] = {}
    for source, target in Modifier.objects.filter(active=True, nested__isnull=False).values_list("group_id", "nested_id"):
        leads.setdefault(source, set()).add(target)
    own = group.pk or 0
    leads[own] = {answer.nested.pk for answer in given.answers if answer.nested}

    def depth(key: int, above: tuple[int, ...]) -> int:
        if key in above or len(above) >= DEEPEST:
            raise DomainError(_("Groups lead into each other at most three deep, and never in a ring."), field="answers")
        return 1 + max((depth(below, (*above, key)) for below in leads.get(key, ())), default=0)

    for key in [own, *leads]:
        depth(key, ())


def _save_answers(group: ModifierGroup, answers: Sequence[ModifierInput]) -> None:
    """An answer that is left out is archived: receipts speak of it."""
    there = {m.uuid: m for m in Modifier.objects.filter(group=group)}
    kept = []
    for position, given in enumerate(answers):
        if given.uuid is not None and given.uuid not in there:
            raise Conflict(_("Somebody changed this group meanwhile. Load it again."))
        modifier = there[given.uuid] if given.uuid else Modifier(business_id=group.business_id, group=group)
        modifier.name, modifier.kitchen_name = " ".join(given.name.split()), " ".join(given.kitchen_name.split())
        modifier.price, modifier.default, modifier.nested = given.price, given.default, given.nested
        modifier.position, modifier.active = position, True
        modifier.save()
        kept.append(modifier.pk)
    Modifier.objects.filter(group=group).exclude(pk__in=kept).update(active=False)
