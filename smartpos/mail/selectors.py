"""Mail, as other rooms ask for it."""

from django.db.models import QuerySet

from smartpos.mail.models import Mail


def mails_about(subject: str) -> QuerySet[Mail]:
    """What was mailed about something, the newest first; `sent_at` says whether it left."""
    found: QuerySet[Mail] = Mail.objects.filter(about=subject).order_by("-pk")
    return found
