"""Saving settings: a whole page or nothing, with what was and what is in the audit log."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from smartpos.access.config import config_of, forget_request
from smartpos.access.hooks import settings_changed
from smartpos.access.models import SettingValue
from smartpos.access.services.state import changing
from smartpos.access.settings import Level, Setting, known_settings, setting_of, tab_of, value_in
from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError, NotAllowed
from smartpos.people.models import Device, Employee, Store


def set_values(
    values: Mapping[str, Any], *, by: Employee, store: Store | None = None, device: Device | None = None, at: datetime
) -> list[str]:
    """Set what is given on one level, all or nothing; None takes the level's own value away. Answers the codes that changed.

    A value that equals what the level above says is stored all the same: the level keeps it when the other changes.
    """
    assert_place(by, store or (device.store if device else None))
    texts = {code: _text(setting_of(code), value, store, device) for code, value in values.items()}
    place = (store.pk if store else device.store_id if device else None, device.pk if device else None)
    with write_transaction():
        with changing(by.business_id):
            before = _own(by.business_id, *place)
            changed = {code: text for code, text in texts.items() if before.get(code) != text}
            _check_together(by.business_id, changed, *place)
            for code, text in changed.items():
                _store(by.business_id, code, *place, text=text)
        if changed:
            data = {"changes": {code: [before.get(code), text] for code, text in changed.items()}, **_where(store, device)}
            record("settings.changed", subject=_subject(by, store, device), data=data, at=at)
            settings_changed(sorted(changed), place[0])
    forget_request()
    return sorted(changed)


def _text(setting: Setting, value: Any, store: Store | None, device: Device | None) -> str | None:
    level = Level.DEVICE if device else Level.STORE if store else Level.BUSINESS
    if level not in setting.levels:
        raise DomainError(_("This cannot be set here."), field=setting.code)
    if value is None:
        return None
    try:
        return setting.kind.text(setting.kind.clean(value))
    except DomainError as error:
        raise DomainError(error.message, code=error.code, field=setting.code) from error


def assert_place(by: Employee, store: Store | None) -> None:
    """A person changes the settings of the stores where they work, and the organisation's only who works in all of them."""
    if not may_change(by, store):
        raise NotAllowed(_("You can change the settings of the stores where you work."))


def may_change(by: Employee, store: Store | None) -> bool:
    """Whether a person may change what is set for a store, or (None) for all of them."""
    if by.everywhere_in_business:
        return True
    own = {link.store_id for link in by.store_links.all()}
    if store is not None:
        return store.pk in own
    return not Store.objects.filter(active=True).exclude(pk__in=own).exists()


def _check_together(business_id: int, changed: Mapping[str, str | None], store_id: int | None, device_id: int | None) -> None:
    """Let the pages concerned look at all their values as they would be."""
    config = config_of(business_id)
    new = {(code, store_id, device_id): text for code, text in changed.items()}
    kept = {key: text for key, text in config.values.items() if key not in new}
    after = replace(config, values=kept | {key: text for key, text in new.items() if text is not None})
    for tab in {setting_of(code).tab for code in changed}:
        declared = tab_of(tab)
        if declared is not None and declared.check is not None:
            declared.check({s.code: value_in(after, s, store_id, device_id) for s in known_settings(tab)})


def _own(business_id: int, store_id: int | None, device_id: int | None) -> dict[str, str]:
    rows = SettingValue.objects.filter(business_id=business_id, store_id=store_id, device_id=device_id)
    return dict(rows.values_list("code", "value"))


def _store(business_id: int, code: str, store_id: int | None, device_id: int | None, *, text: str | None) -> None:
    rows = SettingValue.objects.filter(business_id=business_id, code=code, store_id=store_id, device_id=device_id)
    if text is None:
        rows.delete()
    elif not rows.update(value=text):
        SettingValue.objects.create(business_id=business_id, code=code, store_id=store_id, device_id=device_id, value=text)


def _where(store: Store | None, device: Device | None) -> dict[str, str]:
    return {"device": device.name} if device else {"store": store.name} if store else {}


def _subject(by: Employee, store: Store | None, device: Device | None) -> str:
    if device:
        return f"device:{device.uuid}"
    return f"store:{store.uuid}" if store else f"business:{by.business_id}"


def own_values(business_id: int, store: Store | None = None, device: Device | None = None) -> dict[str, str]:
    """The texts that this level has of its own, for pages that show what is overridden."""
    place = (store.pk if store else device.store_id if device else None, device.pk if device else None)
    return {code: text for (code, *where), text in config_of(business_id).values.items() if tuple(where) == place}
