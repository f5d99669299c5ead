"""Who works at the demo: name, role, the part of the address before the @ (who signs in to the Backoffice), and where."""

from decimal import Decimal

SHOP_CODE, CAFE_CODE = "MAR", "SEB"
BOTH = (SHOP_CODE, CAFE_CODE)

PEOPLE = (
    ("Amra Hadžić", "owner", "amra", BOTH),
    ("Nedim Softić", "admin", "nedim", BOTH),
    ("Damir Kovač", "manager", "damir", (SHOP_CODE,)),
    ("Ivana Marić", "manager", "ivana", (CAFE_CODE,)),
    ("Tarik Mujić", "employee", "", (SHOP_CODE,)),
    ("Lejla Begić", "cashier", "", (SHOP_CODE,)),
    ("Mirza Delić", "cashier", "", (SHOP_CODE,)),
    ("Emina Zukić", "cashier", "", (CAFE_CODE,)),
    ("Sanja Perić", "waiter", "", (CAFE_CODE,)),
    ("Haris Omerović", "waiter", "", (CAFE_CODE,)),
    ("Selma Halilović", "waiter", "", (CAFE_CODE,)),
)
# Per cent of their own sales, by role.
COMMISSION = {"employee": Decimal(1), "waiter": Decimal("1.5")}
