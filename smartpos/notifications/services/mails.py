"""Mails about what was told: at once, but not one for each of a burst; and a digest of a day or a week (NTF-12, NTF-15, NTF-16)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import override

from smartpos.access.settings import value
from smartpos.clock import now
from smartpos.context import current
from smartpos.db.locks import serialise, write_transaction
from smartpos.mail.mailing import addresses_in, recipients_of
from smartpos.mail.rendering import Rich
from smartpos.mail.services import send_mail
from smartpos.notifications.kinds import kind_of, kinds
from smartpos.notifications.models import Notification
from smartpos.outbox.deliveries import Outcome, Work, done, enqueue
from smartpos.people.models import Business, Store
from smartpos.web.origin import address_in_mail
from smartpos.web.templatetags.smartpos import moment

ALERT, DIGEST = "alert", "digest"
# After a mail about a kind in a store the next one gathers what came in so long.
PAUSE = timedelta(minutes=10)
# A mail that has not been written after so long was given up; what is new is told by another one.
STUCK = 3 * PAUSE
# What is told later than this is read at the bell.
LATE = timedelta(days=1)
# A mail is read: so many lines, and how many more there are.
LINES = 30
WEEKLY_DAY = 0  # Monday


class Line(NamedTuple):
    """What a mail says of one thing that happened."""

    title: str
    detail: str
    when: str
    address: str = ""


def ask_for_mails(told: Sequence[Notification], *, at: datetime) -> None:
    """Ask for one mail of each kind and store of which something new is told. Inside the transaction that tells it."""
    mailed = {kind.code for kind in kinds() if kind.mailed}
    rows = [row for row in told if row.kind in mailed and row.mailed_at is None and not row.mail_due and row.at > at - LATE]
    stores = (
        {store.pk: store for store in Store.objects.filter(pk__in={row.store_id for row in rows if row.store_id})}
        if rows
        else {}
    )
    wanted: dict[tuple[str, int | None], list[Notification]] = {}
    for row in rows:
        place = (row.kind, row.store_id)
        if place in wanted or recipients_of(row.kind, stores.get(row.store_id or 0)):
            wanted.setdefault(place, []).append(row)
    for place, found in wanted.items():
        _ask(*place, found, at=at)


def _ask(kind: str, store_id: int | None, rows: Sequence[Notification], *, at: datetime) -> None:
    same = Notification.objects.filter(kind=kind, store=store_id)
    seen = same.aggregate(last=Max("mailed_at"), due=Max("seq", filter=Q(mail_due=True, made_at__gt=at - STUCK)))
    Notification.objects.filter(key__in=[row.key for row in rows]).update(mail_due=True)
    if seen["due"] is None:  # else the mail that is on its way takes these along
        due = max(at, seen["last"] + PAUSE) if seen["last"] else at
        payload = {"kind": kind, "store": store_id}
        enqueue(kind=ALERT, key=f"{current().business_id}:{rows[0].key}"[:120], payload=payload, store_id=store_id, due_at=due)


def deliver_alert(work: Work) -> Outcome:
    """Write the mails about everything of a kind and store that waits. Called again it finds nothing left."""
    code, at = str(work.payload["kind"]), now()
    store = Store.objects.filter(pk=work.payload["store"] or 0).first()
    with write_transaction():
        serialise(f"notifications:{work.business_id}")
        waiting = Notification.objects.filter(kind=code, store=store, mail_due=True)
        rows = list(waiting.select_related("store").order_by("seq"))
        to = recipients_of(code, store)
        Notification.objects.filter(pk__in=[row.pk for row in rows]).update(mail_due=False, mailed_at=at)
        if rows and to:
            _write_alert(rows, store, to)
    return done(f"{len(rows)} told to {len(to)}")


def _write_alert(rows: Sequence[Notification], store: Store | None, to: Sequence[str]) -> None:
    business = Business.objects.get(pk=current().business_id or 0)
    zone = store.time_zone if store else "UTC"
    with override(business.language):
        label = str(kind_of(rows[0].kind).label)
        title = rows[0].title if len(rows) == 1 else f"{label} × {len(rows)}"
        context = {
            "title": title, "store_name": store.name if store else business.name,
            "events": _listed([_line(row, zone) for row in rows[:LINES]], len(rows) - LINES),
        }  # fmt: skip
    for address in to:
        key = f"{ALERT}:{rows[0].uuid}:{address}"[:120]
        send_mail(type=ALERT, to=address, context=context, language=business.language, key=key)


def _line(row: Notification, zone: str) -> Line:
    """What happened, with the page that marks it as read and leads to what it is about."""
    address = address_in_mail(reverse("office-notification", args=[row.uuid]))
    return Line(row.title, row.detail, moment(row.at, row.store.time_zone if row.store else zone), address)


def _listed(lines: Sequence[Line], more: int) -> Rich:
    """Title, detail and time of each, as text and as HTML; the title leads to its page where our address is known."""
    rest = _("and %(count)s more") % {"count": more} if more > 0 else ""
    text = "\n".join([*(" · ".join(part for part in line if part) for line in lines), *([rest] if rest else [])])
    style = "margin: 0 0 12px"
    html = format_html_join("", '<p style="{}"><strong>{}</strong><br>{}<br><span style="color: #5b6676">{}</span></p>', (
        (style, _title(line), line.detail, line.when) for line in lines))  # fmt: skip
    return Rich(text, html=html + (format_html('<p style="{}">{}</p>', style, rest) if rest else ""))


def _title(line: Line) -> str:
    return format_html('<a href="{}">{}</a>', line.address, line.title) if line.address else line.title


def send_digest(at: datetime) -> str:
    """The digest of the business whose act this is: of the day before, or on Mondays of the week (NTF-12)."""
    how = value("notify.digest")
    to = addresses_in(value("notify.digest_to"))
    business = Business.objects.get(pk=current().business_id or 0)
    stores = list(Store.objects.filter(active=True).order_by("pk"))
    zone = stores[0].zone if stores else None
    local = at.astimezone(zone) if zone else at
    if how == "none" or not to or (how == "weekly" and local.weekday() != WEEKLY_DAY):
        return "nobody wants one today"
    since = at - (timedelta(days=7) if how == "weekly" else timedelta(days=1))
    rows = Notification.objects.filter(shown=True, made_at__gte=since, made_at__lt=at)
    sums = list(rows.order_by().values_list("store__name", "kind").annotate(times=Sum("count"), told=Count("pk")))
    if not sums:
        return "nothing happened"
    with override(business.language):
        zone_name = stores[0].time_zone if stores else "UTC"
        context = {"period": f"{moment(since, zone_name)} – {moment(at, zone_name)}", **_digest(rows, sums, zone_name)}
    for address in to:
        key = f"{DIGEST}:{local:%Y-%m-%d}:{address}"[:120]
        send_mail(type=DIGEST, to=address, context=context, language=business.language, key=key)
    return f"{sum(told for *_place, told in sums)} told to {len(to)}"


def _digest(rows: "QuerySet[Any]", sums: Sequence[tuple[str | None, str, int, int]], zone: str) -> dict[str, str]:
    """How often what happened in which store, and what of it is worth a look: summed by the database, whatever there was."""
    known = {kind.code: str(kind.label) for kind in kinds()}
    counts = sorted((store or "", known.get(kind, kind), times) for store, kind, times, _told in sums)
    loud = rows.exclude(severity="info")
    newest = list(loud.select_related("store").order_by("-seq")[:LINES])
    lines = [_line(row, zone) for row in reversed(newest)]
    return {
        "sums": _listed([Line(f"{label}: {times}", store, "") for store, label, times in counts], 0),
        "events": _listed(lines, loud.count() - LINES) if lines else _("Nothing that needs a look."),
    }  # fmt: skip
