"""Mails about shifts, read back from the server that took them."""

import pytest

from smartpos.access.services.settings import set_values
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.mail.mailing import Recipients
from smartpos.outbox.runner import deliver_due
from tests.kernel.mail.test_mail import Postbox, postbox
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIXTURES = (postbox,)


@pytest.mark.feature("SHF-21", "SHF-22")
def test_a_days_mails_reach_everybody_once_over_smtp(world: World, postbox: Postbox) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        both = Recipients(on=True, to=("ana@firm.example", "boss@firm.example"))
        set_values({"mails.shift_opened": both, "mails.shift_closed": both}, by=world.owner, store=None, at=AT)
    till = world.till()
    till.open_shift("100.00")
    sale = till.sale([(till.item("CEV"), "1")])
    till.post(sale)
    close = till.operation("shift.close", {"shift": till.shift, "counted": "1.00", "reason": "Counted in the dark"})
    till.post(close)
    till.post(close)
    deliver_due()
    assert sorted(address for to in postbox.to for address in to) == ["ana@firm.example"] * 2 + ["boss@firm.example"] * 2
    closing = next(mail for mail in postbox.came if "clos" in mail["Subject"].lower() or "zaklju" in mail["Subject"].lower())
    html = closing.get_body(("html",))
    text = closing.get_body(("plain",))
    assert html is not None
    assert text is not None
    for part in (html.get_content(), text.get_content()):
        assert "Counted in the dark" in part
        assert world.store.name in part
    assert f"{till.snapshot['device']['series']}-1" in html.get_content()


def test_switched_off_nothing_is_written_and_no_address_is_none(world: World, postbox: Postbox) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        off = Recipients(on=False, to=("ana@firm.example",))
        set_values({"mails.shift_opened": off, "mails.shift_closed": off}, by=world.owner, store=None, at=AT)
        with pytest.raises(DomainError):
            set_values({"mails.shift_opened": Recipients(on=True, to=("nobody",))}, by=world.owner, store=None, at=AT)
    till = world.till()
    till.open_shift()
    till.close_shift("100.00")
    deliver_due()
    assert postbox.came == []
