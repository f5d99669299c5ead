"""Pictures that nobody kept go by themselves."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from smartpos.media.services import sweep
from smartpos.scheduling.jobs import Job, declare_job

declare_job(Job("media.sweep", _("Clear pictures that nothing shows"), sweep, every=timedelta(hours=24)))
