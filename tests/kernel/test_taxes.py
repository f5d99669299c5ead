"""Rates and groups: the default, the countries."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from smartpos.context import acting
from smartpos.taxes.countries import STANDARD, standard_tax
from smartpos.taxes.models import TaxProfile
from smartpos.taxes.selectors import default_profile, open_profiles
from smartpos.taxes.services import create_profile, create_rate, set_default
from tests.world import World

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def test_the_set_up_knows_the_standard_rate_of_many_countries() -> None:
    assert len(STANDARD) >= 50
    bosnia = standard_tax("ba")
    assert bosnia is not None
    assert (bosnia.name, bosnia.rate, bosnia.inclusive) == ("PDV", Decimal(17), True)
    assert standard_tax("US") is None
    assert standard_tax("") is None
    assert all(0 < tax.rate <= 30 and len(tax.country) == 2 for tax in STANDARD.values())


@pytest.mark.django_db
def test_a_rate_comes_with_its_own_profile_and_the_first_one_is_the_default(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        assert default_profile() == world.standard
        reduced = create_rate(by=world.owner, code="9", name="Reduced 9 %", rate=Decimal(9), kind="reduced", at=AT)
        assert [entry.rate for entry in reduced.own_profile.entries.all()] == [reduced]
        assert open_profiles() == [world.standard, reduced.own_profile]


@pytest.mark.django_db
@pytest.mark.database
def test_setting_a_default_clears_the_old_one(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        reduced = create_rate(by=world.owner, code="9", name="Reduced 9 %", rate=Decimal(9), default=True, at=AT)
        assert default_profile() == reduced.own_profile
        set_default(world.standard, at=AT)
        assert list(TaxProfile.objects.filter(default=True)) == [world.standard]
        group = create_profile(by=world.owner, name="Both", rates=[reduced, world.standard.only], at=AT)
        with pytest.raises(IntegrityError), transaction.atomic():
            TaxProfile.objects.filter(pk=group.pk).update(default=True)
