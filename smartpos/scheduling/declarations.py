"""Jobs are a kind of delivery; these are the kernel's own."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from smartpos.outbox.deliveries import declare_handler
from smartpos.scheduling import housekeeping
from smartpos.scheduling.jobs import Job, Per, declare_job
from smartpos.scheduling.services import KIND, TRIES, deliver, describe

declare_handler(KIND, deliver, label=_("Job"), describe=describe, tries=TRIES)

declare_job(
    Job("outbox.prune", _("Clear events and deliveries that are over"), housekeeping.prune_outbox, every=timedelta(hours=1)),
    Job(
        "people.forget",
        _("Clear counters, codes and sessions that are over"),
        housekeeping.forget_counters,
        every=timedelta(hours=6),
    ),
    Job("scheduling.forget", _("Clear old runs of jobs"), housekeeping.forget_runs, every=timedelta(hours=24)),
    Job("audit.verify", _("Verify the audit log"), housekeeping.verify_audit, per=Per.BUSINESS, daily_at="03:10"),
)
