"""A business's own mail server: sealed, tried over a real conversation, and no way into somebody's network."""

import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.mail.models import MailServer
from smartpos.mail.server import ServerInput, Unreachable, connection_to, reachable, save_server
from smartpos.mail.services import send_mail
from smartpos.outbox.models import Delivery
from smartpos.outbox.runner import deliver_due
from tests.kernel.mail.test_mail import Postbox
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADDRESS = "/backoffice/settings/mail-server/"
GOOD = {
    "host": "smtp.firm.example", "port": "587", "security": "starttls", "username": "ana", "password": "geheim",
    "sender": "kasa@firm.example",
}  # fmt: skip


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.owner.user)
    return client


@pytest.fixture
def own(settings: Any) -> Any:
    """The business's server in the shop's own network, beside which the installation only writes into a folder."""
    settings.MAIL_LAN = True
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


def here(port: int) -> dict[str, str]:
    return {**GOOD, "host": "127.0.0.1", "port": str(port), "security": "none", "username": "", "password": ""}


@pytest.mark.feature("SET-17")
def test_mail_leaves_by_the_own_server_from_the_own_address(world: World, other_world: World, office: Client, own: Any) -> None:
    box, port = own
    assert office.post(ADDRESS, here(port)).status_code == 302
    office.post(f"{ADDRESS}try/")
    assert "The server took a test mail for ana@a.example." in office.get(ADDRESS).content.decode()
    assert box.to == [["ana@a.example"]]
    with acting(business_id=world.business.pk):
        send_mail(type="test", to="boss@firm.example", context={"name": "Ana"})
        send_mail(type="password_reset", to="ana@a.example", context=_reset(), language="en")
    with acting(business_id=other_world.business.pk):
        send_mail(type="test", to="b@b.example", context={"name": "Ana"})
    deliver_due()
    assert [mail["To"] for mail in box.came] == ["ana@a.example", "boss@firm.example"]
    assert box.came[1]["From"] == "Business A <kasa@firm.example>"
    assert sorted(Delivery.objects.filter(kind="mail").values_list("note", flat=True)) == ["", "data folder", "data folder"]
    office.post(f"{ADDRESS}remove/")
    assert not MailServer.everywhere.exists()
    actions = Entry.objects.filter(business_id=world.business.pk, action__startswith="mail.server").order_by("pk")
    assert [entry.action for entry in actions] == ["mail.server_changed", "mail.server_tried", "mail.server_removed"]


def _reset() -> dict[str, str]:
    from smartpos.mail.rendering import samples
    from smartpos.mail.types import mail_type

    return {name: text for name, text in samples(mail_type("password_reset")).items() if name != "business_name"}


def test_a_password_is_sealed_shown_to_nobody_and_not_handed_to_another_server(world: World, office: Client) -> None:
    office.post(ADDRESS, GOOD)
    row = MailServer.everywhere.get()
    assert b"geheim" not in bytes(row.sealed)
    assert connection_to(row).password == "geheim"
    assert "geheim" not in office.get(ADDRESS).content.decode()
    assert not Entry.objects.filter(data__contains="geheim").exists()
    assert office.post(ADDRESS, GOOD | {"password": "", "sender": "nova@firm.example"}).status_code == 302
    assert connection_to(MailServer.everywhere.get()).password == "geheim"
    elsewhere = office.post(ADDRESS, GOOD | {"password": "", "host": "smtp.evil.example"})
    assert elsewhere.status_code == 422
    assert "Write the password." in elsewhere.content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"host": "http://x"}, "host"), ({"host": "a b"}, "host"), ({"port": "0"}, "port"), ({"security": "none"}, "security"),
        ({"sender": "nobody"}, "sender"), ({"password": ""}, "password"), ({"port": "6379"}, "port"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_server_is_refused_beside_its_field(
    world: World, office: Client, settings: Any, change: dict[str, str], field: str
) -> None:
    settings.MAIL_LAN = False
    answer = office.post(ADDRESS, GOOD | change)
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not MailServer.everywhere.exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "192.168.1.1", "::1", "0.0.0.0"])
def test_a_server_for_many_leads_nobody_into_its_network(settings: Any, host: str) -> None:
    settings.MAIL_LAN = False
    with pytest.raises(Unreachable):
        reachable(host, 25)
    settings.MAIL_LAN = True
    assert reachable(host, 25)


def test_trying_again_and_again_has_to_wait_and_says_what_went_wrong(world: World, office: Client, settings: Any) -> None:
    settings.MAIL_LAN = True
    office.post(ADDRESS, here(1))
    settings.MAIL_LAN = False
    office.post(f"{ADDRESS}try/")
    assert "Mail cannot go to this address from here." in office.get(ADDRESS).content.decode()
    for _ in range(6):
        office.post(f"{ADDRESS}try/")
    assert "Wait" in office.get(ADDRESS).content.decode()


def test_a_password_never_goes_over_an_open_line(world: World) -> None:
    given = ServerInput(host="x.ba", port=25, security="none", username="ana", password="p", sender="a@x.ba")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk), pytest.raises(DomainError):
        save_server(given, by=world.owner, at=AT)
