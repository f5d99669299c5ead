"""Texts of mails as a business writes them: plain words with `{{ variable }}`, checked when they are saved, and nothing that runs."""

import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser

from django.conf import settings
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.mail.models import MailText
from smartpos.mail.rendering import HOLE, LONGEST_SUBJECT, Texts, texts_of
from smartpos.mail.types import MailType, mail_types
from smartpos.people.models import Employee

LONGEST_BODY = 20_000
# What a template language would read, and what a mail program would not.
CODE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
ALIVE = re.compile(r"<\s*/?\s*(script|iframe|object|embed|form|link|meta|base)\b|\son\w+\s*=|javascript:", re.IGNORECASE)
BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "li", "tr", "table", "ul", "ol", "hr", "br"}
Problem = tuple[str, str]


def editable() -> list[MailType]:
    """The types whose texts a business may write: not those by which somebody could act as the receiver."""
    return [kind for kind in mail_types() if not kind.secret]


def own_texts(kind: MailType, language: str) -> Texts | None:
    """What the business of the act wrote; None where it is as shipped."""
    if kind.secret:
        return None
    row = MailText.objects.filter(kind=kind.code, language=language).first()
    return Texts(row.subject, plain(row.html), row.html) if row else None


def texts_in_force(kind: MailType, language: str) -> Texts:
    """The business's texts, else those that are shipped."""
    return own_texts(kind, language) or texts_of(kind, language)


def written() -> set[tuple[str, str]]:
    """Types and languages that the business wrote."""
    return set(MailText.objects.values_list("kind", "language"))


def problems_of(kind: MailType, subject: str, html: str) -> Iterator[Problem]:
    """What is wrong with texts, each with its field."""
    for field, text, longest in (("subject", subject, LONGEST_SUBJECT), ("html", html, LONGEST_BODY)):
        if not text.strip():
            yield field, _("Write something here.")
        if len(text) > longest:
            yield field, _("At most %(count)s characters.") % {"count": longest}
        unknown = sorted({match[1] for match in HOLE.finditer(text)} - kind.names)
        for name in unknown:
            yield field, _("«{{ %(name)s }}» is no variable of this mail.") % {"name": name}
        if CODE.search(HOLE.sub("", text)):
            yield field, _("Only variables of the list can stand in braces, as {{ business_name }}.")
    if ALIVE.search(html):
        yield "html", _("Scripts, frames and forms do not belong in a mail.")
    used = {match[1] for match in HOLE.finditer(html)}
    for name in kind.needs:
        if name not in used:
            yield "html", _("Without {{ %(name)s }} this mail is of no use.") % {"name": name}


def save_text(kind: MailType, language: str, *, subject: str, html: str, by: Employee, at: datetime) -> None:
    """Keep a type's texts in a language; DomainError beside the first field that is wrong."""
    subject, html = " ".join(subject.replace("\x00", "").split()), html.replace("\x00", "").strip()
    for field, sentence in problems_of(kind, subject, html):
        raise DomainError(sentence, field=field)
    if kind.secret or language not in dict(settings.LANGUAGES):
        raise DomainError(_("This cannot be set here."))
    with write_transaction():
        MailText.objects.update_or_create(
            business_id=by.business_id, kind=kind.code, language=language,
            defaults={"subject": subject, "html": html, "changed_at": at},
        )  # fmt: skip
        record("mail.text_changed", subject=f"mail_text:{kind.code}-{language}", data=_said(kind, language, subject), at=at)


def reset_text(kind: MailType, language: str, *, by: Employee, at: datetime) -> None:
    """Put the shipped texts back. Twice does no harm."""
    with write_transaction():
        count, _tables = MailText.objects.filter(kind=kind.code, language=language).delete()
        if count:
            record("mail.text_reset", subject=f"mail_text:{kind.code}-{language}", data=_said(kind, language, ""), at=at)


def _said(kind: MailType, language: str, subject: str) -> dict[str, str]:
    return {"name": str(kind.label), "language": language, **({"text": subject} if subject else {})}


class _Plain(HTMLParser):
    """The words of some HTML, each block on its own line; addresses of links stand behind their words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")
        if tag == "a":
            self.link = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.link and self.link not in "".join(self.parts[-1:]):
            self.parts.append(f" ({self.link})")
        if tag in BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))


def plain(html: str) -> str:
    """HTML as plain text, for programs that show no HTML; variables stay where they are."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    lines = [line.strip() for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
