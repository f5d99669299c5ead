"""Exact numbers in columns: what goes in comes out, on both databases, also through aggregates."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Max, Min, Sum
from hypothesis import given
from hypothesis import strategies as st

from inventory.models import Movement, Product, StockLevel
from pos.models import Shift
from smartpos.clock import now
from smartpos.context import acting
from smartpos.db.fields import AmountField, QuantityField, RateField, ScaledField
from smartpos.db.rows import insert_rows
from smartpos.ids import uuid7
from tests.world import World

database = pytest.mark.database

FIELDS = [(AmountField, 4), (QuantityField, 3), (RateField, 4)]


@pytest.mark.parametrize(("field", "digits"), FIELDS)
def test_a_value_with_more_digits_is_refused_and_never_rounded(field: type[ScaledField], digits: int) -> None:
    column = field()
    assert column.get_prep_value(Decimal(1).scaleb(-digits)) == 1
    with pytest.raises(ValidationError):
        column.get_prep_value(Decimal(1).scaleb(-digits - 1))


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        AmountField().get_prep_value(Decimal(value))


@pytest.mark.parametrize("value", ["abc", "", [], "1,5"])
def test_text_that_is_no_number_is_a_sentence_and_no_crash(value: object) -> None:
    with pytest.raises(ValidationError):
        AmountField().to_python(value)


def test_a_binary_float_never_reaches_a_column() -> None:
    field = AmountField(name="price")
    with pytest.raises(TypeError, match="binary floats"):
        field.get_prep_value(0.1)


@pytest.mark.parametrize(("field", "digits"), FIELDS)
@given(scaled=st.integers(-(2**63), 2**63 - 1))
def test_every_column_value_survives_the_way_to_python_and_back(field: type[ScaledField], digits: int, scaled: int) -> None:
    column = field()
    value = column.from_db_value(scaled, None, None)
    assert value == Decimal(scaled).scaleb(-digits)
    assert column.get_prep_value(value) == scaled


@pytest.mark.parametrize("field", [AmountField, QuantityField, RateField])
def test_the_form_field_takes_no_more_digits_than_the_column(field: type[ScaledField]) -> None:
    column = field()
    form = column.formfield()
    assert form.clean("1." + "0" * (column.digits - 1) + "1") == Decimal(1) + Decimal(1).scaleb(-column.digits)
    with pytest.raises(ValidationError):
        form.clean("1." + "0" * column.digits + "1")


@database
@pytest.mark.django_db
def test_ten_thousand_times_ten_cents_is_a_thousand(world: World) -> None:
    """DecimalField on SQLite made 100000.000001333 of it."""
    variant = world.variant("ESP")
    columns = ("business_id", "store_id", "variant_id", "kind", "quantity", "cost", "source_kind", "source_id", "at")
    row = (world.business.pk, world.store.pk, variant.pk, "sale", 100, 1_000, "test", uuid7(), now())
    for _ in range(10):
        insert_rows(Movement, columns, [row] * 1_000)
    with acting(business_id=world.business.pk):
        sums = Movement.objects.aggregate(Sum("cost"), Sum("quantity"), Min("cost"), Max("cost"))
    assert sums == {
        "cost__sum": Decimal(1_000),
        "quantity__sum": Decimal(1_000),
        "cost__min": Decimal("0.1"),
        "cost__max": Decimal("0.1"),
    }


@database
@pytest.mark.django_db
def test_columns_compare_with_decimals_and_with_each_other(world: World) -> None:
    with acting(business_id=world.business.pk):
        assert Product.objects.filter(price=Decimal("0.99")).count() == 1
        assert Product.objects.filter(price__gt=Decimal("0.99"), price__lte="2").count() == 1
        assert Product.objects.filter(price__in=[Decimal(2), Decimal(9)]).count() == 2
        assert Product.objects.filter(price__gte=F("price")).count() == 3
        level = StockLevel.objects.create(
            business=world.business, store=world.store, variant=world.variant("ESP"), quantity=Decimal("0.125")
        )
        StockLevel.objects.filter(pk=level.pk).update(quantity=F("quantity") + F("quantity"))
        level.refresh_from_db()
    assert level.quantity == Decimal("0.250")


@database
@pytest.mark.django_db
def test_net_and_tax_make_total_for_every_exact_row(world: World) -> None:
    """The check that refused 740 of 3,000 exact rows while amounts were DecimalField on SQLite."""
    till = world.till()
    till.open_shift()
    for cents in ("0.01", "0.29", "0.57", "1.15", "4.35", "8.70"):
        cart = till.cart([(till.item("ESP"), "1")])
        cart["lines"][0]["override"] = cents
        [answer] = till.post(till.settle(cart, [till.item("ESP")]))
        assert answer["state"] == "done"


@database
@pytest.mark.django_db
def test_a_check_constraint_reads_the_same_scale_as_python(world: World) -> None:
    def shift(opening: str) -> Callable[[], Shift]:
        return lambda: Shift.objects.create(
            business=world.business, uuid=UUID(int=7), store=world.store, terminal=world.terminal, opened_by=world.owner,
            opened_at=now(), business_date=now().date(), opening_float=Decimal(opening),
        )  # fmt: skip

    with acting(business_id=world.business.pk):
        with pytest.raises(IntegrityError), transaction.atomic():
            shift("-0.0001")()
        assert shift("0")().opening_float == 0
