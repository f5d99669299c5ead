"""The page with the rules of a shift: what is shipped, what is refused beside its field, and what the till gets to know."""

import pytest
from django.test import Client

from tests.architecture.forms import forms_of
from tests.backoffice.test_settings_pages import read, save, signed_in
from tests.world import World

pytestmark = [pytest.mark.django_db]
SHIFTS = "/backoffice/settings/shifts/"
RULES = {
    "shift.opening_mode": "fixed", "shift.opening_amount": "150.00", "shift.work_start": "08:00", "shift.work_end": "16:00",
    "shift.late_minutes": "20", "shift.early_minutes": "5", "shift.tolerance": "2.00", "shift.checklist": "on",
    "shift.blind": "on",
}  # fmt: skip


@pytest.mark.feature("SET-12")
def test_the_rules_of_a_shift_are_set_on_one_page_and_told_to_the_till(world: World) -> None:
    office = signed_in(world.owner)
    shipped = {code: read(world, code) for code in RULES}
    assert shipped == {
        "shift.opening_mode": "free", "shift.opening_amount": 0, "shift.work_start": "", "shift.work_end": "",
        "shift.late_minutes": 15, "shift.early_minutes": 10, "shift.tolerance": 0, "shift.checklist": False, "shift.blind": False,
    }  # fmt: skip
    for wrong, field in (
        ({"shift.opening_amount": ""}, "shift.opening_amount"),
        ({"shift.work_end": ""}, "shift.work_end"),
        ({"shift.late_minutes": "241"}, "shift.late_minutes"),
        ({"shift.tolerance": "-1"}, "shift.tolerance"),
    ):
        refused = save(office, SHIFTS, {**fields(office, SHIFTS), **RULES, **wrong})
        assert refused.status_code == 422
        assert f'id="id_{field}_error"' in refused.content.decode()
        assert {code: read(world, code) for code in RULES} == shipped, "whole or not at all"
    saved = save(office, SHIFTS, {**fields(office, SHIFTS), **RULES})
    assert saved.status_code == 200
    told = world.till(Client()).snapshot["settings"]
    assert {code: told[code] for code in RULES} == {
        "shift.opening_mode": "fixed", "shift.opening_amount": "150", "shift.work_start": "08:00", "shift.work_end": "16:00",
        "shift.late_minutes": 20, "shift.early_minutes": 5, "shift.tolerance": "2", "shift.checklist": True, "shift.blind": True,
    }  # fmt: skip


def fields(client: Client, path: str) -> dict[str, str]:
    """The form as it stands on the page."""
    found = max(forms_of(client.get(path).content.decode()), key=lambda form: len(form.fields))
    return {field.name: field.value for field in found.fields if field.name.startswith("shift.") and field.value}
