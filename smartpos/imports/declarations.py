"""Imports are worked on by the worker, a stint at a time."""

from django.utils.translation import gettext_lazy as _

from smartpos.imports import runs
from smartpos.outbox.deliveries import declare_handler

declare_handler(runs.KIND, runs.deliver, label=_("Import of a list"))
