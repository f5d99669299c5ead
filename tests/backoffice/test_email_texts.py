"""Texts of mails that a business writes: checked, previewed, sent, put back; nothing in them runs."""

import pytest
from django.conf import settings
from django.test import Client

from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.mail.models import MailText
from smartpos.mail.rendering import Rich, render, samples
from smartpos.mail.services import send_mail
from smartpos.mail.texts import editable, own_texts, plain, problems_of, save_text, texts_in_force
from smartpos.mail.types import mail_type
from smartpos.outbox.runner import deliver_due
from smartpos.people.models import Role
from tests.architecture.shop import staff
from tests.kernel.mail.test_mail import Postbox, postbox
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIXTURES = (postbox,)
ADDRESS = "/backoffice/settings/email-templates/shift_opened-en/"
OPENED = {
    "employee_name": "Boris <b>", "store_name": "Šoping", "terminal_name": "Till 1", "opening_cash": "100", "opened": "08:00",
    "link": "",
}  # fmt: skip
OWN = {"subject": "Up: {{ employee_name }}", "html": "<h1>Open</h1><p>{{store_name}} &amp; {{ opening_cash }}</p>"}


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.owner.user)
    return client


@pytest.mark.feature("SET-16")
def test_an_own_text_is_sent_in_its_language_and_put_back(world: World, office: Client, postbox: Postbox) -> None:
    assert office.get("/backoffice/settings/email-templates/").status_code == 200
    assert office.post(ADDRESS, OWN).status_code == 302
    with acting(business_id=world.business.pk):
        for language in ("en", "bs"):
            send_mail(type="shift_opened", to="ana@firm.example", context=OPENED, language=language)
    deliver_due()
    bosnian, english = sorted(postbox.came, key=lambda mail: str(mail["Subject"]))
    assert english["Subject"] == "Up: Boris <b>"
    assert english.get_body(("plain",)).get_content().split() == ["Open", "Šoping", "&", "100"]
    assert "Smjena" in bosnian["Subject"]
    assert office.post(f"{ADDRESS}reset/").status_code == 302
    assert not MailText.everywhere.exists()
    actions = Entry.objects.filter(business_id=world.business.pk, action__startswith="mail.text").order_by("pk")
    assert [entry.action for entry in actions] == ["mail.text_changed", "mail.text_reset"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"subject": "{{ nobody }}"}, "«{{ nobody }}» is no variable of this mail."),
        ({"html": "{{ employee_name|safe }}"}, "Only variables of the list can stand in braces"),
        ({"html": "{% load static %}"}, "Only variables of the list can stand in braces"),
        ({"html": "<script>1</script>"}, "Scripts, frames and forms do not belong in a mail."),
        ({"html": '<p onclick="x">'}, "Scripts, frames and forms do not belong in a mail."),
        ({"subject": " "}, "This field is required."),
        ({"html": "x" * 20_001}, "at most 20000"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(
    world: World, office: Client, change: dict[str, str], sentence: str
) -> None:
    answer = office.post(ADDRESS, OWN | change)
    assert answer.status_code == 422
    shown = answer.content.decode().replace("&#x27;", "'")
    assert sentence in shown
    assert 'aria-invalid="true"' in shown
    assert not MailText.everywhere.exists()


def test_the_preview_shows_samples_and_runs_nothing(world: World, office: Client) -> None:
    answer = office.post(f"{ADDRESS}preview/", OWN)
    page = answer.content.decode()
    assert "Amra Hadžić" in page
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    wrong = office.post(f"{ADDRESS}preview/", OWN | {"html": "{{ nobody }}<script>alert(1)</script>"})
    assert "is no variable" in wrong.content.decode()
    assert "<script>" not in wrong.content.decode()
    assert "frame-src 'self'" in office.get(ADDRESS)["Content-Security-Policy"]


def test_a_sample_goes_to_whoever_asks(world: World, office: Client, postbox: Postbox) -> None:
    office.post(ADDRESS, OWN)
    office.post(f"{ADDRESS}try/")
    deliver_due()
    assert postbox.to == [[world.owner.user.email]]
    assert postbox.came[0]["Subject"] == "Up: Amra Hadžić"


def test_who_works_in_some_stores_reads_and_another_business_has_its_own(
    world: World, other_world: World, office: Client
) -> None:
    office.post(ADDRESS, OWN)
    with acting(business_id=other_world.business.pk):
        assert own_texts(mail_type("shift_opened"), "en") is None
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        from smartpos.people.services.places import create_store

        create_store(by=world.owner, name="Second", code="X2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)
    mira = staff(world, "Mira", Role.MANAGER, pin="7777", store=world.store, email="mira@a.example")
    client = Client()
    client.force_login(mira.user)
    assert client.get(ADDRESS).status_code == 200
    assert client.post(ADDRESS, OWN).status_code == 403
    assert client.post(f"{ADDRESS}reset/").status_code == 403


@pytest.mark.parametrize("text", ["password_reset-en", "shift_opened-xx", "nothing-en", "shift_opened"])
def test_what_is_no_text_is_not_there(world: World, office: Client, text: str) -> None:
    """A mail by which somebody could act as its receiver is not written anew."""
    assert office.get(f"/backoffice/settings/email-templates/{text}/").status_code == 404


def test_every_type_stands_as_shipped_also_as_an_own_text(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        for kind in editable():
            for language, _name in settings.LANGUAGES:
                shipped = texts_in_force(kind, language)
                assert list(problems_of(kind, shipped.subject, shipped.html)) == [], kind.code
                save_text(kind, language, subject=shipped.subject, html=shipped.html, by=world.owner, at=AT)
                own = own_texts(kind, language)
                made = render(kind, language, samples(kind), own)
                assert "{{" not in made.text + made.html + made.subject
                assert "<" not in made.text.replace("<b>", "")


def test_a_mail_without_its_link_is_refused(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk), pytest.raises(DomainError) as caught:
        save_text(mail_type("payment_link"), "en", subject="Pay", html="<p>Please pay.</p>", by=world.owner, at=AT)
    assert caught.value.field == "html"


def test_plain_text_keeps_lines_links_and_what_is_rich() -> None:
    html = (
        '<style>x</style><h1>A</h1><p>b <a href="https://x.ba/">here</a><br>c</p><table><tr><td>d</td><td>e</td></tr></table>'
    )
    assert plain(html.replace("<style>x</style>", "")) == "A\n\nb here (https://x.ba/)\nc\n\nd e"
    assert Rich("text", html="<b>text</b>") == "text"
