"""Mails about what was told: to the addresses of each kind, gathered, over SMTP; the digest; and the one page that sets them."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from pos.selectors import notices
from smartpos.access.models import SettingValue
from smartpos.access.services.settings import set_values
from smartpos.access.settings import value
from smartpos.clock import now
from smartpos.context import acting
from smartpos.mail.mailing import Recipients, addresses_in, recipients_of
from smartpos.mail.models import Mail
from smartpos.notifications.models import Notification
from smartpos.notifications.services.mails import LINES, deliver_alert, send_digest
from smartpos.outbox.models import Delivery
from smartpos.outbox.runner import deliver_due
from smartpos.people.services.places import create_store
from tests.architecture.queries import assert_constant_queries
from tests.kernel.mail.test_mail import Postbox, postbox
from tests.till import Till
from tests.world import AT, World, fold

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIXTURES = (postbox,)
TWO = ("ana@firm.example", "racuni@firm.example")
PAGE = "/backoffice/settings/notifications/"


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till, open with 100."""
    till = world.till()
    till.open_shift("100.00")
    return till


def put(world: World, store: Any = None, **values: Any) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({code.replace("__", "."): given for code, given in values.items()}, by=world.owner, store=store, at=AT)


def cash_in(till: Till, amount: str) -> None:
    till.post(till.operation("cash.move", {"direction": "in", "amount": amount, "reason": f"Change <{amount}>"}))


@pytest.mark.feature("NTF-15", "NTF-16")
def test_each_kind_goes_to_its_own_list_once_and_a_burst_is_one_mail(world: World, till: Till, postbox: Postbox) -> None:
    put(world, mails__cash_moved=Recipients(on=True, to=TWO), mails__receipt_void=Recipients(on=True, to=TWO[:1]))
    for amount in ("5.00", "6.00", "7.00"):
        cash_in(till, amount)
    fold()
    deliver_due()
    deliver_due()
    assert sorted(address for to in postbox.to for address in to) == sorted(TWO)
    mail = postbox.came[0]
    assert mail["Subject"] == f"Cash in and out × 3 – {world.store.name}"
    html = mail.get_body(("html",)).get_content()
    assert html.count("put into the drawer") == 3
    assert "Change &lt;5.00&gt;" in html
    assert "Change <5.00>" in mail.get_body(("plain",)).get_content()


def test_what_follows_soon_waits_for_the_next_mail(world: World, till: Till, postbox: Postbox) -> None:
    put(world, mails__cash_moved=Recipients(on=True, to=TWO[:1]))
    cash_in(till, "5.00")
    fold()
    deliver_due()
    for amount in ("6.00", "7.00"):
        cash_in(till, amount)
        fold()
    deliver_due()
    assert len(postbox.came) == 1
    waiting = Delivery.objects.get(kind="alert", state="waiting")
    assert waiting.due_at > now() + timedelta(minutes=8)
    Delivery.objects.filter(pk=waiting.pk).update(due_at=now())
    deliver_due()
    assert len(postbox.came) == 2
    assert "× 2" in postbox.came[1]["Subject"]
    work = SimpleNamespace(business_id=world.business.pk, payload={"kind": notices.CASH, "store": world.store.pk})
    with acting(business_id=world.business.pk):
        deliver_alert(work)  # type: ignore[arg-type]
    assert Mail.everywhere.count() == 2


def test_off_or_without_an_address_nothing_is_written(world: World, till: Till) -> None:
    put(world, mails__cash_moved=Recipients(on=False, to=TWO), mails__receipt_void=Recipients(on=True))
    cash_in(till, "5.00")
    fold()
    deliver_due()
    assert not Mail.everywhere.exists()
    assert not Notification.everywhere.filter(mail_due=True).exists()


def test_a_store_has_its_own_addresses(world: World, till: Till) -> None:
    put(world, mails__cash_moved=Recipients(on=True, to=TWO))
    put(world, world.store, mails__cash_moved=Recipients(on=True, to=("store@firm.example",)))
    cash_in(till, "5.00")
    fold()
    deliver_due()
    assert list(Mail.everywhere.values_list("to", flat=True)) == ["store@firm.example"]


def test_addresses_are_read_as_people_write_them() -> None:
    assert addresses_in("a@x.ba; b@x.ba,\n a@x.ba\n\nA@x.ba") == ("a@x.ba", "b@x.ba")


@pytest.mark.feature("NTF-12", "SHF-20", "SHF-21", "SHF-22")
def test_one_page_has_a_switch_and_a_list_for_every_mail(world: World) -> None:
    client = Client()
    client.force_login(world.owner.user)
    page = client.get(PAGE).content.decode()
    for code in ("shift_opened", "shift_closed", "shift_auto_closed", "cash_moved", "receipt_void", "discount_above_limit"):
        assert page.count(f'name="mails.{code}:on"') == 1
        assert page.count(f'name="mails.{code}:to"') == 1
    assert "mails." not in client.get("/backoffice/settings/shifts/").content.decode()
    given = {
        "notify.bell": "on", "notify.sound": "on", "notify.digest": "none", "mails.shift_opened:on": "on",
        "mails.shift_opened:to": "ana@firm.example\nnobody", "mails.shift_closed:to": "", "seen": _seen(page),
    }  # fmt: skip
    every = {f"mails.{code}:to": "" for code in ("shift_auto_closed", "cash_moved", "receipt_void")}
    refused = client.post(PAGE, every | given)
    assert refused.status_code == 422
    assert "«nobody» is not an e-mail address." in refused.content.decode()
    saved = client.post(PAGE, every | given | {"mails.shift_opened:to": "ana@firm.example\nboss@firm.example"})
    assert saved.status_code == 200
    with acting(business_id=world.business.pk):
        assert recipients_of("shift_opened") == ("ana@firm.example", "boss@firm.example")
        assert recipients_of("shift_closed") == ()
    again = {"mails.shift_opened:to": "", "notify.digest": "daily", "seen": _seen(saved.content.decode())}
    lost = client.post(PAGE, every | given | again)
    assert "Write to whom the digest goes." in lost.content.decode()


def _seen(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


@pytest.mark.feature("NTF-12")
@pytest.mark.parametrize(("how", "days"), [("daily", {24, 25}), ("weekly", {30}), ("none", set())])
def test_the_digest_comes_by_the_clock_of_the_business_once(
    world: World, till: Till, postbox: Postbox, how: str, days: set[int]
) -> None:
    put(world, notify__digest=how, notify__digest_to="\n".join(TWO))
    till.close_shift("95.00")
    fold()
    Notification.everywhere.update(made_at=datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    Notification.everywhere.filter(kind="shift_closed").update(made_at=datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
    came = set()
    for day in range(23, 31):
        at = datetime(2026, 11, day, 6, 0, tzinfo=UTC)
        with acting(business_id=world.business.pk):
            before = Mail.objects.count()
            send_digest(at)
            send_digest(at)
            came |= {day} if Mail.objects.count() > before else set()
    assert came == days
    deliver_due()
    assert len(postbox.came) == 2 * len(days)
    if days:
        text = postbox.came[-1].get_body(("plain",)).get_content()
        assert "Shift closed: 1" in text
        assert "difference −5.00" in text.replace("\u00a0", " ")


def parts(mail: Any) -> tuple[str, str]:
    return mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()


def test_a_mail_leads_to_what_it_speaks_of_where_our_address_is_known(
    world: World, till: Till, postbox: Postbox, settings: Any
) -> None:
    settings.PUBLIC_ORIGINS = ["https://pos.firm.example/", "https://other.example"]
    put(
        world, mails__cash_moved=Recipients(on=True, to=TWO[:1]), mails__shift_closed=Recipients(on=True, to=TWO[:1]),
        notify__digest="daily", notify__digest_to=TWO[0],
    )  # fmt: skip
    cash_in(till, "5.00")
    till.close_shift("95.00")
    fold()
    with acting(business_id=world.business.pk):
        send_digest(now() + timedelta(minutes=1))
    deliver_due()
    found = {
        kind: next(parts(mail) for mail in postbox.came if kind in mail["Subject"]) for kind in ("drawer", "closed", "happened")
    }
    told = {row.kind: row for row in Notification.everywhere.all()}
    address = f"https://pos.firm.example/backoffice/notifications/{told[notices.CASH].uuid}/"
    title = f'<a href="{address}">5.00 KM put into the drawer</a>'
    text, html = found["drawer"]
    assert address in text
    assert title in html.replace("\u00a0", " ")
    digest_text, digest_html = found["happened"]
    closed = f"https://pos.firm.example/backoffice/notifications/{told[notices.CLOSED].uuid}/"
    assert closed in digest_text
    assert f'<a href="{closed}">' in digest_html
    shift = f"https://pos.firm.example/backoffice/shifts/{till.shift}/"
    shift_text, shift_html = found["closed"]
    assert f"Open the shift: {shift}" in shift_text
    assert f'<a href="{shift}">Open the shift</a>' in shift_html
    client = Client()
    client.force_login(world.owner.user)
    assert (
        client.get(address.removeprefix("https://pos.firm.example")).headers["Location"] == f"/backoffice/shifts/{till.shift}/"
    )


def test_without_a_known_address_mails_have_no_link(world: World, till: Till, postbox: Postbox, settings: Any) -> None:
    settings.PUBLIC_ORIGINS = []
    put(world, mails__cash_moved=Recipients(on=True, to=TWO[:1]), mails__shift_closed=Recipients(on=True, to=TWO[:1]))
    cash_in(till, "5.00")
    till.close_shift("105.00")
    fold()
    deliver_due()
    assert len(postbox.came) == 2
    for text, html in map(parts, postbox.came):
        assert "http" not in text
        assert "<a " not in html
        assert "\n\n\n" not in text


def test_a_week_of_much_is_summed_by_the_database(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The statements stay the same and so do the rows that are read: as many as a mail shows."""
    put(world, notify__digest="weekly", notify__digest_to=TWO[0])
    monday = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
    read: list[Any] = []
    load = Notification.from_db.__func__  # type: ignore[attr-defined]
    monkeypatch.setattr(Notification, "from_db", classmethod(lambda cls, *row: read.append(1) or load(cls, *row)))

    def told(count: int) -> None:
        last = Notification.everywhere.count()
        Notification.everywhere.bulk_create(
            Notification(
                business=world.business, store=world.store, kind=notices.VOID if n % 2 else notices.CASH, key=f"k{n}", seq=n,
                severity="warning" if n % 2 else "info", count=2, at=monday - timedelta(hours=n % 99 + 1),
                made_at=monday - timedelta(hours=n % 99 + 1), params=SAID,
            )
            for n in range(last + 1, last + count + 1)
        )  # fmt: skip

    def digest() -> None:
        with acting(business_id=world.business.pk):
            Mail.everywhere.all().delete()
            read.clear()
            assert send_digest(monday).endswith("told to 1")

    told(2 * LINES + 2)
    assert_constant_queries(digest, lambda: told(398 - 2 * LINES), most=140)
    assert len(read) == LINES
    [mail] = Mail.everywhere.all()
    assert "Receipt voided: 400" in mail.text
    assert "Cash in and out: 400" in mail.text
    assert f"and {200 - LINES} more" in mail.text


SAID = (
    '{"number": "A1-1", "original": "A1-1", "employee": "Boris", "total": "2", "currency": "BAM", "reason": "Wrong", "items": [],'
    ' "more": 0, "kind": "in", "amount": "2", "terminal": "Till 1", "receiver": "", "category": ""}'
)


def test_what_was_set_under_shifts_moves_along(world: World) -> None:
    migration = import_module("smartpos.notifications.migrations.0003_shift_mails")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_store(by=world.owner, name="Second", code="X2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)
        rows = [
            (None, "shift.mail_to", "ana@firm.example, boss@firm.example\nana@firm.example"), (None, "shift.mail_opened", "0"),
            (second, "shift.mail_to", "second@firm.example"), (world.store, "shift.mail_auto", "0"),
        ]  # fmt: skip
        for store, code, text in rows:
            SettingValue.objects.create(business=world.business, store=store, code=code, value=text)
    migration.move(apps, None)
    put(world, notify__bell=True)
    with acting(business_id=world.business.pk):
        both = ("ana@firm.example", "boss@firm.example")
        assert [recipients_of(code) for code in ("shift_opened", "shift_closed", "shift_auto_closed")] == [(), both, both]
        assert recipients_of("shift_closed", second) == ("second@firm.example",)
        assert recipients_of("shift_opened", second) == ()
        assert recipients_of("shift_auto_closed", world.store) == ()
        assert recipients_of("shift_closed", world.store) == both
        assert value("mails.shift_opened") == Recipients(on=False, to=both)
        assert not SettingValue.objects.filter(code__startswith="shift.mail").exists()
    migration.back(apps, None)
    assert SettingValue.everywhere.filter(code="shift.mail_to", store=None).get().value == "ana@firm.example\nboss@firm.example"
