from smartpos.people.models.business import Business, Store, Terminal
from smartpos.people.models.device import Device, EnrolmentCode
from smartpos.people.models.employee import Employee, EmployeeStore, Role, store_links
from smartpos.people.models.throttle import Throttle
from smartpos.people.models.user import User

__all__ = [
    "Business",
    "Device",
    "Employee",
    "EmployeeStore",
    "EnrolmentCode",
    "Role",
    "Store",
    "Terminal",
    "Throttle",
    "User",
    "store_links",
]
