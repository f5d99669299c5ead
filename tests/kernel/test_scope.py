"""The act: a tenant's rows are reached inside it and nowhere else, and no request inherits another's."""

import threading

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from smartpos.access.guards import public
from smartpos.context import Act, acting, begin, current
from smartpos.people.models import Store
from smartpos.people.scope import NoTenant
from tests.world import World


def test_an_act_ends_with_its_block_also_when_it_fails() -> None:
    with acting(business_id=1):
        with acting(business_id=2, store_id=3):
            assert current() == Act(business_id=2, store_id=3)
        with pytest.raises(KeyError), acting(business_id=2):
            raise KeyError
        assert current().business_id == 1
    assert current().business_id is None


def test_what_is_begun_inside_a_block_ends_with_it() -> None:
    with acting():
        begin(Act(business_id=5))
        assert current().business_id == 5
    assert current().business_id is None


def test_another_thread_starts_with_no_act() -> None:
    seen = []
    with acting(business_id=1):
        thread = threading.Thread(target=lambda: seen.append(current().business_id))
        thread.start()
        thread.join()
    assert seen == [None]


@pytest.mark.django_db
def test_outside_any_act_a_tenants_table_answers_nobody(world: World) -> None:
    for ask in (Store.objects.count, Store.objects.exists, lambda: list(Store.objects.filter(pk=1)), Store.objects.first):
        with pytest.raises(NoTenant):
            ask()


@pytest.mark.django_db
def test_relations_stay_inside_the_tenant(world: World, other_world: World) -> None:
    with acting(business_id=world.business.pk):
        assert list(world.store.terminals.all()) == [world.terminal]
        assert list(other_world.store.terminals.all()) == []
        assert list(Store.objects.all()) == [world.store]


@public("a test looks at the act that a request begins with")
def _peek(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(current().business_id))


urlpatterns = [path("peek", _peek)]


@pytest.mark.django_db
def test_no_request_inherits_the_act_of_the_one_before_it(world: World) -> None:
    """Threads are used again: what a till's or the office's request began must be gone when the next one comes."""
    till = world.till()
    office = Client()
    office.force_login(world.owner.user)
    for ask in (lambda: till.send("GET", "/pos/ping", None), lambda: office.get("/backoffice/")):
        ask()
        assert current().business_id is None
        with override_settings(ROOT_URLCONF=__name__):
            assert Client().get("/peek").content == b"None"


@pytest.mark.django_db
def test_an_address_is_a_person_of_one_tenant(world: World, other_world: World) -> None:
    from smartpos.access.guards import begin_office_act, office_employee

    request = RequestFactory().get("/")
    request.user = world.owner.user
    request.session = {}  # type: ignore[assignment]
    with acting():
        employee = office_employee(request)
        assert employee == world.owner
        begin_office_act(request, employee)
        assert [store.name for store in request.stores] == ["Store A"]
