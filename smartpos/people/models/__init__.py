from smartpos.people.models.business import SETUP_STEPS, Business, PosMode, Store, Terminal
from smartpos.people.models.device import Device, EnrolmentCode
from smartpos.people.models.employee import CommissionRate, Employee, EmployeeStore, Role, store_links
from smartpos.people.models.signin import (
    Invitation,
    OfficeSession,
    OfficeTicket,
    PasswordReset,
    RecoveryCode,
    SecondFactor,
)
from smartpos.people.models.throttle import Throttle
from smartpos.people.models.user import User

__all__ = [
    "SETUP_STEPS",
    "Business",
    "CommissionRate",
    "Device",
    "Employee",
    "EmployeeStore",
    "EnrolmentCode",
    "Invitation",
    "OfficeSession",
    "OfficeTicket",
    "PasswordReset",
    "PosMode",
    "RecoveryCode",
    "Role",
    "SecondFactor",
    "Store",
    "Terminal",
    "Throttle",
    "User",
    "store_links",
]
