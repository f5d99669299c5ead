"""The mails of shifts move to the page of notifications: each gets the addresses that were set, and its switch (C-37)."""

from typing import Any

from django.db import migrations

OLD_TO = "shift.mail_to"
# What was switched, and what it is now; all of them were on as shipped.
MOVED = {
    "shift.mail_opened": "mails.shift_opened", "shift.mail_closed": "mails.shift_closed",
    "shift.mail_auto": "mails.shift_auto_closed",
}  # fmt: skip
OLD = [OLD_TO, *MOVED]


def _as_set(own: dict[str, str], above: dict[str, str], code: str, shipped: str) -> str:
    return own.get(code, above.get(code, shipped))


def move(apps: Any, schema_editor: Any) -> None:
    """Where a level had any of the four of its own, the new ones say what held there."""
    values = apps.get_model("access", "SettingValue").everywhere
    levels: dict[tuple[int, int | None], dict[str, str]] = {}
    for business, store, code, text in values.filter(code__in=OLD, device=None).values_list(
        "business_id", "store_id", "code", "value"
    ):
        levels.setdefault((business, store), {})[code] = text
    for (business, store), own in levels.items():
        above = levels.get((business, None), {}) if store else {}
        to = _as_set(own, above, OLD_TO, "").replace(",", "\n").replace(";", "\n").split("\n")
        lines = [line.strip() for line in to if line.strip()]
        for old, new in MOVED.items():
            text = "\n".join([_as_set(own, above, old, "1"), *dict.fromkeys(lines)])
            values.create(business_id=business, store_id=store, code=new, value=text)
    values.filter(code__in=OLD).delete()


def back(apps: Any, schema_editor: Any) -> None:
    """The addresses of the closing mail stand for all three."""
    values = apps.get_model("access", "SettingValue").everywhere
    for old, new in MOVED.items():
        for row in values.filter(code=new, device=None):
            switch, *to = row.value.split("\n")
            values.create(business_id=row.business_id, store_id=row.store_id, code=old, value=switch)
            if old == "shift.mail_closed":
                values.create(business_id=row.business_id, store_id=row.store_id, code=OLD_TO, value="\n".join(to))
    values.filter(code__in=list(MOVED.values())).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0002_mails"),
        ("access", "0003_files"),
    ]

    operations = [migrations.RunPython(move, back)]
