"""What checklists, bonus and commission tell the kernel."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pos.offline.checklist_bodies import ChecklistTick
from pos.offline.checklists import GATE, TICK, judge_tick
from pos.views.bonus import OWN
from smartpos.access.kinds import Flag
from smartpos.access.modules import Module, declare_module
from smartpos.access.permissions import EVERYBODY, OFFICE_ROLES, Permission, declare, declare_groups
from smartpos.access.settings import STORE, Setting, declare_settings
from smartpos.audit.actions import Action, declare_actions, declare_link, declare_words
from smartpos.operations.kinds import declare_kind
from smartpos.people.models import Role
from smartpos.web.navigation import Entry, declare_entries

ABOVE_MANAGERS = (Role.OWNER, Role.ADMIN)

declare(
    Permission("checklist.view", _("See checklists and who did what"), OFFICE_ROLES),
    Permission("checklist.manage", _("Write and change checklists"), OFFICE_ROLES),
    Permission("checklist.export", _("Take the list of checklists away as a file"), OFFICE_ROLES),
    Permission("bonus.view", _("See everybody's bonus"), OFFICE_ROLES),
    Permission("bonus.manage", _("Set the rule of the bonus"), ABOVE_MANAGERS),
    Permission("bonus.pay", _("Mark bonuses paid and take that back"), ABOVE_MANAGERS),
    Permission("bonus.export", _("Take the bonuses of a month away as a file"), OFFICE_ROLES),
    Permission(OWN, _("See one's own bonus at the till"), EVERYBODY, till=True),
    Permission("commission.view", _("See the commission of employees"), OFFICE_ROLES),
    Permission("commission.export", _("Take commissions away as a file"), OFFICE_ROLES),
    Permission(TICK, _("Tick tasks of checklists at the till"), EVERYBODY, till=True),
)
declare_groups({"checklist": _("Checklists"), "bonus": _("Bonus"), "commission": _("Commission")})
declare_module(
    Module("checklist_pages", _("Checklists"), groups=("checklist",)),
    Module("bonus", _("Bonus and commission"), groups=("bonus", "commission")),
    Module("checklists", _("Checklists"), pos=True),
    Module("employee_bonus", _("Employee Bonus"), pos=True),
)
declare_settings(
    Setting(
        GATE,
        Flag(),
        default=False,
        label=_("Required before closing"),
        help=_("A shift is closed at the till only when the mandatory tasks of the day's checklists are ticked."),
        levels=STORE,
        tab="shifts",
        section="checklist",
        till=True,
    )
)
declare_entries(
    Entry("office-checklists", _("Checklists"), "list-checks", "checklist.view", 240),
    Entry("office-bonus", _("Bonus"), "coins", "bonus.view", 222),
    Entry("office-commission", _("Commission"), "percent", "commission.view", 223),
)
declare_kind("checklist.tick", ChecklistTick, judge_tick)
declare_words(
    groups={"checklist": _("Checklists"), "bonus": _("Bonus")},
    fields={
        "task": _("Task"),
        "tasks": _("Tasks"),
        "period": _("Period"),
        "frequency": _("How often"),
        "morning": _("At opening"),
    },
)
declare_actions(
    Action("checklist.created", _("Checklist written")),
    Action("checklist.changed", _("Checklist changed")),
    Action("checklist.archived", _("Checklist archived")),
    Action("checklist.restored", _("Checklist put back")),
    Action("checklist.ticked", _("Task ticked")),
    Action("checklist.unticked", _("Tick taken back")),
    Action("bonus.rule", _("Rule of the bonus changed")),
    Action("bonus.paid", _("Bonus marked paid")),
    Action("bonus.undone", _("Payout of a bonus taken back")),
)
declare_link("checklist", lambda key: reverse("office-checklist", args=[key]))
