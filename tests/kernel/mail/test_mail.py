"""Mail: written with its act, sent after it, once per key; refused for good or for now; never breaking what asked for it."""

import email
import smtplib
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction

from smartpos.clock import now
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.mail import types
from smartpos.mail.models import Mail
from smartpos.mail.rendering import Texts, fill, render, samples, texts_of, unknown_holes
from smartpos.mail.services import forget_old, send_mail
from smartpos.mail.types import MailType, declare_mail, mail_types
from smartpos.outbox.models import Delivery, DeliveryState
from smartpos.outbox.runner import deliver_due
from smartpos.settings.mail import mail_settings
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class Postbox:
    """A mail server on a socket that answers RCPT and DATA as told."""

    def __init__(self) -> None:
        self.came: list[EmailMessage] = []
        self.to: list[list[str]] = []
        self.rcpt: list[str] = []
        self.data: list[str] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.rcpt.pop(0) if self.rcpt else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.data.pop(0) if self.data else "250 OK"
        if answer.startswith("250"):
            self.came.append(email.message_from_bytes(envelope.content, policy=default))
            self.to.append(envelope.rcpt_tos)
        return answer


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAIL_URL = f"smtp://127.0.0.1:{port}"
    for name, value in mail_settings(settings.MAIL_URL, Path()).items():
        setattr(settings, name, value)
    yield box
    controller.stop()


@pytest.fixture
def in_shop(world: World) -> Iterator[World]:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        yield world


def write(to: str = "ana@a.example", **more: Any) -> Mail:
    return send_mail(type="test", to=to, context={"name": more.pop("name", "Ana")}, **more)


def test_a_mail_is_sent_after_its_act_in_both_forms_and_from_the_business(in_shop: World, postbox: Postbox) -> None:
    with transaction.atomic():
        mail = write(name="Đana & <b>sin</b>", language="bs")
        assert postbox.came == []
    deliver_due()
    [message] = postbox.came
    assert postbox.to == [["ana@a.example"]]
    assert message["Subject"] == "Probna poruka – Business A"
    assert message["From"] == "Business A <smartpos@localhost>"
    assert message["Message-ID"] == f"<{mail.uuid}@localhost>"
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Zdravo Đana & <b>sin</b>" in text
    assert "Zdravo Đana &amp; &lt;b&gt;sin&lt;/b&gt;" in html
    assert Mail.objects.get().sent_at is not None
    assert Delivery.objects.get().state == DeliveryState.DONE


def test_what_is_rolled_back_sends_no_mail(in_shop: World, postbox: Postbox) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert deliver_due() == 0
    assert not Mail.objects.exists()


def test_the_same_key_is_mailed_once(in_shop: World, postbox: Postbox) -> None:
    first, second = write(key="receipt:1"), write(key="receipt:1", name="somebody else")
    assert first.uuid == second.uuid
    deliver_due()
    write(key="receipt:1")
    deliver_due()
    assert len(postbox.came) == 1


def test_a_delivery_that_is_run_twice_sends_once(in_shop: World, postbox: Postbox) -> None:
    write()
    deliver_due()
    Delivery.objects.update(state=DeliveryState.WAITING, finished_at=None)
    deliver_due()
    assert len(postbox.came) == 1
    assert Delivery.objects.get().note == "sent before"


@pytest.mark.parametrize(
    ("rcpt", "data", "state"),
    [
        (["550 no such user"], [], DeliveryState.DEAD),
        (["450 busy"], [], DeliveryState.WAITING),
        ([], ["554 spam"], DeliveryState.DEAD),
        ([], ["451 later"], DeliveryState.WAITING),
    ],
)
def test_a_refusal_for_good_is_parked_and_one_for_now_comes_back(
    in_shop: World, postbox: Postbox, rcpt: list[str], data: list[str], state: str
) -> None:
    postbox.rcpt, postbox.data = list(rcpt), list(data)
    write()
    deliver_due()
    found = Delivery.objects.get()
    assert found.state == state
    assert (rcpt or data)[0][:3] in found.last_error
    assert Mail.objects.get().sent_at is None


def test_a_server_that_is_away_is_tried_again(in_shop: World, settings: Any) -> None:
    for name, value in mail_settings("smtp://127.0.0.1:1", Path()).items():
        setattr(settings, name, value)
    write()
    deliver_due()
    assert Delivery.objects.get().state == DeliveryState.WAITING
    assert "ConnectionRefusedError" in Delivery.objects.get().last_error


def test_a_wrong_password_is_tried_again_because_the_settings_may_be_mended(
    in_shop: World, postbox: Postbox, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise smtplib.SMTPAuthenticationError(535, b"no")

    monkeypatch.setattr(smtplib.SMTP, "login", refuse)
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "shop", "wrong"
    write()
    deliver_due()
    assert Delivery.objects.get().last_error == "the mail server refuses our sign-in (535)"


@pytest.mark.parametrize(
    "to", ["", "ana", "ana@", "a@b.example\nBcc: x@y.example", "a@b.example, c@d.example", "x" * 300 + "@a.ba"]
)
def test_what_is_no_address_is_refused_beside_its_field(in_shop: World, to: str) -> None:
    with pytest.raises(DomainError) as caught:
        write(to)
    assert caught.value.field == "email"
    assert not Delivery.objects.exists()


def test_a_name_with_line_breaks_cannot_add_headers(in_shop: World, postbox: Postbox) -> None:
    in_shop.business.name = "Shop\r\nBcc: thief@example.com"
    in_shop.business.save()
    write()
    deliver_due()
    assert postbox.to == [["ana@a.example"]]
    assert postbox.came[0]["Bcc"] is None
    assert "Bcc" in postbox.came[0]["From"]


def test_a_missing_or_unknown_variable_is_a_programmers_error(in_shop: World) -> None:
    for context in ({}, {"name": "x", "more": "y"}):
        with pytest.raises(LookupError, match="missing or unknown"):
            send_mail(type="test", to="a@a.example", context=context)
    with pytest.raises(LookupError):
        send_mail(type="nothing", to="a@a.example", context={})


def test_a_secret_mail_is_forgotten_once_it_is_sent(in_shop: World, postbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    test = types.mail_type("test")
    monkeypatch.setitem(types._types, "test", MailType("test", "", test.variables, secret=True))
    write()
    assert "Hello Ana" in Mail.objects.get().text
    deliver_due()
    assert (Mail.objects.get().text, Mail.objects.get().html) == ("", "")
    assert len(postbox.came) == 1
    assert "Hello" not in Delivery.objects.get().payload


def test_without_a_server_mail_goes_to_a_folder_and_stays_readable(in_shop: World, settings: Any, tmp_path: Path) -> None:
    for name, value in mail_settings("", tmp_path).items():
        setattr(settings, name, value)
    write()
    deliver_due()
    [path] = tmp_path.iterdir()
    assert "Subject: A test mail from Business A" in path.read_text(encoding="utf-8")
    assert "Hello Ana" in Mail.objects.get().text


def test_a_month_later_it_is_forgotten(in_shop: World) -> None:
    write()
    assert forget_old(now() + timedelta(days=29)) == "0 mails"
    assert forget_old(now() + timedelta(days=31)) == "1 mails"


def test_nobody_sees_another_businesss_mail(in_shop: World, other_world: World) -> None:
    write(key="same")
    with acting(business_id=other_world.business.pk):
        assert not Mail.objects.exists()
        assert write(key="same").business_id == other_world.business.pk


@pytest.mark.parametrize("language", ["en", "bs"])
@pytest.mark.parametrize("kind", mail_types(), ids=lambda kind: kind.code)
def test_every_type_has_its_texts_in_every_language_and_they_use_only_its_variables(kind: MailType, language: str) -> None:
    assert unknown_holes(kind, texts_of(kind, language)) == set()
    rendered = render(kind, language, samples(kind))
    assert all((rendered.subject, rendered.text, rendered.html))
    assert "{{" not in rendered.subject + rendered.text + rendered.html
    assert f'<html lang="{language}">' in rendered.html


def test_a_text_runs_nothing_and_what_was_filled_in_is_not_read_again() -> None:
    assert fill("{% now 'Y' %} {{ name }} {{ name.upper }}", {"name": "{{ secret }}", "secret": "x"}) == (
        "{% now 'Y' %} {{ secret }} {{ name.upper }}"
    )
    kind = MailType("x", "x", types.mail_type("test").variables)
    assert unknown_holes(kind, Texts("{{ name }}", "{{total}}", "{{business_name}}")) == {"total"}


def test_a_type_is_declared_once() -> None:
    with pytest.raises(LookupError, match="twice"):
        declare_mail(types.mail_type("test"))


def test_an_address_says_how_mail_is_sent() -> None:
    def said(url: str) -> tuple[Any, ...]:
        found = mail_settings(url, Path())
        names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")
        return tuple(found[f"EMAIL_{name}"] for name in names)

    assert said("smtp://mail:1025") == ("mail", 1025, "", "", False, False)
    assert said("smtp://mail") == ("mail", 25, "", "", False, False)
    assert said("smtp://me%40shop.ba:p%3Aw@host") == ("host", 587, "me@shop.ba", "p:w", False, True)
    assert said("smtps://me:pw@host") == ("host", 465, "me", "pw", True, False)
    for wrong in ("smtp://", "smtp://host:99999", "smtps:host"):
        with pytest.raises(ValueError, match="SMARTPOS_MAIL_URL"):
            mail_settings(wrong, Path())
