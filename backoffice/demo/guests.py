"""Whom the demo knows by name: regulars of the loyalty programme, a company, somebody who only left a telephone number."""

from datetime import datetime

from pos.services.customers import CustomerInput, create_customer
from smartpos.access.services.settings import set_values
from smartpos.people.models import Employee

GUESTS = (
    CustomerInput(name="Adna Čolić", email="adna@primjer.example", phone="061 222 101", city="Sarajevo", enrolled=True, card="2900001"),
    CustomerInput(name="Dženan Pašić", email="dzenan@primjer.example", phone="061 222 102", city="Sarajevo", enrolled=True),
    CustomerInput(name="Ljiljana Vukić", email="ljiljana@primjer.example", phone="062 222 103", city="Ilidža", enrolled=True),
    CustomerInput(name="Senad Šabić", phone="063 222 104", city="Sarajevo", enrolled=True, card="2900004"),
    CustomerInput(name="Marija Đurić", email="marija@primjer.example", city="Vogošća", enrolled=True, consent=True),
    CustomerInput(name="Faruk Žiga", phone="061 222 106"),
    CustomerInput(
        name="Alma Kurtović", email="nabavka@kurto.example", phone="033 555 900", address="Zmaja od Bosne 7", city="Sarajevo",
        company="Kurto d.o.o.", tax_number="4200555900000",
    ),
)  # fmt: skip


def invite(*, by: Employee, at: datetime) -> None:
    """Switch the programme on and add everybody."""
    set_values({"loyalty.enabled": True, "loyalty.auto_enrol": True}, by=by, at=at)
    for guest in GUESTS:
        create_customer(guest, by=by, at=at)
