"""Every row belongs to a tenant, and every way around the tenant's scope is listed with its reason."""

import ast

import pytest
from django.db import models

from smartpos.context import Act, acting, begin
from smartpos.people.scope import NoTenant, Tenant, TenantManager
from tests.architecture.product import NOTHING, files_with_attribute, nodes, product_models, relative, stale

# Models without a business of their own. Those with plain ids outlive what they speak of; children are reached by their parent.
NOT_TENANT = {
    "people.Business": "the tenant itself",
    "people.User": "somebody with an e-mail address; employees of businesses point at it",
    "people.Throttle": "counts guesses before anybody knows who guesses",
    "people.PasswordReset": "of a user, who may be an employee of several businesses",
    "people.OfficeSession": "of a user, who may be an employee of several businesses",
    "people.SecondFactor": "of a user, who may be an employee of several businesses",
    "people.RecoveryCode": "of a user, who may be an employee of several businesses",
    "audit.OfficeChain": "plain business id: the log outlives the tenant",
    "audit.ChainCheck": "plain business id, as its chains",
    "scheduling.Schedule": "plain ids: the scheduler serves all tenants, and some jobs belong to none",
    "scheduling.JobRun": "child of a schedule",
    "scheduling.Beat": "when the scheduler last looked",
    "audit.Entry": "plain business id: the log outlives the tenant",
    "outbox.OutboxEvent": "plain business id: the relay serves all tenants",
    "outbox.Delivery": "plain business id: the runner serves all tenants",
    "outbox.ProjectionState": "how far a projection has read, over all tenants",
    "pos.ReceiptLine": "child of a receipt",
    "pos.ReceiptTax": "child of a receipt",
    "pos.Payment": "child of a receipt",
}

# Where `Model.everywhere` is used, and why the scope cannot help there.
EVERYWHERE = {
    "smartpos/people/models/employee.py": "store links at sign-in, before the business is known",
    "smartpos/people/services/devices.py": "a code or token is what tells the business",
    "smartpos/people/services/first_visit.py": "whether anybody at all owns the installation",
    "smartpos/people/services/pins.py": "filters by the device's business itself",
    "smartpos/scheduling/services.py": "jobs of the stores of all tenants",
    "smartpos/scheduling/housekeeping.py": "codes of all tenants that are good for nothing any more",
    "smartpos/media/services.py": "pictures of all tenants that nothing shows are swept",
    "inventory/services/pictures.py": "says which pictures of all tenants products show, so that the others are swept",
    "smartpos/mail/services.py": "mail of all tenants is forgotten after a month",
    "smartpos/notifications/services/telling.py": "what was told to all tenants is forgotten after three months",
    "backoffice/forms/taxes.py": "an empty list until the form is made",
    "backoffice/services/reviews.py": "a note's id is unique over all tenants",
    "backoffice/forms/stores.py": "an empty list until the form is made",
    "inventory/forms/product.py": "an empty list until the form is made",
    "inventory/forms/category.py": "an empty list until the form is made",
    "inventory/forms/modifier.py": "an empty list until the form is made",
    "inventory/forms/quick.py": "an empty list until the form is made",
    "inventory/forms/many.py": "an empty list until the form is made",
    "inventory/forms/unit.py": "an empty list until the form is made",
    "integrations/forms/connection.py": "an empty list until the form is made",
    "integrations/services/inbound.py": "the address of the door is what tells the business; old messages of all tenants are forgotten",
    "integrations/views/simulator.py": "the session's code is what tells the business",
    "pos/offline/links.py": "an order's id is unique over all tenants",
    "pos/selectors/links.py": "the token of the mailed link is what tells the business",
    "pos/forms/places.py": "an empty list until the form is made",
    "pos/forms/promotion.py": "an empty list until the form is made",
    "smartpos/people/services/signin.py": "a user may be an employee of several businesses",
    "smartpos/people/services/accounts.py": "an act of a user is logged in every business they work for",
    "smartpos/people/services/sessions.py": "finds out whose session it is",
    "smartpos/people/services/resets.py": "a user may be an employee of several businesses",
    "smartpos/people/services/invitations.py": "the mailed link is what tells the business",
    "smartpos/people/services/tickets.py": "the ticket is what tells the business",
    "smartpos/people/services/staffing.py": "asks whether somebody works elsewhere too, and shows nothing of it",
    "backoffice/views/session.py": "the businesses that one's own user works for",
    "backoffice/views/entering.py": "in which language a user is written to",
    "backoffice/forms/employee.py": "an empty list until the form is made",
    "smartpos/access/config.py": "filters by the business it is asked about, which may be an actor's and no act's",
    "smartpos/operations/services/accept.py": "an operation's id is unique over all tenants",
    "pos/offline/customers.py": "a customer's id is unique over all tenants",
    "pos/offline/orders.py": "an order's id is unique over all tenants",
    "pos/services/orders.py": "an order's id is unique over all tenants",
    "pos/offline/shifts.py": "a shift's id is unique over all tenants",
    "smartpos/operations/checks.py": "verify_ledger reads the books of all tenants",
    "inventory/selectors/checks.py": "verify_ledger reads the books of all tenants",
    "pos/selectors/checks.py": "verify_ledger reads the books of all tenants",
    "pos/services/entrusted.py": "an id that any tenant's entry has is taken",
    "pos/selectors/entrusted.py": "verify_ledger reads the books of all tenants",
    "pos/offline/cash.py": "an id that any tenant's entry has is taken",
    "pos/services/shift_office.py": "an id that any tenant's entry has is taken",
    "pos/services/day_reports.py": "an id that any tenant's report has is taken",
    "pos/selectors/loyalty.py": "verify_ledger reads the points of all tenants",
}

# Children have an unscoped manager: where it is used, the parent's key comes from a scoped query.
CHILDREN_ASKED = {
    "backoffice/analytics/folding.py": "payments and lines of receipts that were read in the scope",
    "pos/offline/points.py": "lines of a receipt that was read in the scope",
    "pos/offline/exchanges.py": "payments of a receipt that was read in the scope",
    "pos/offline/giving.py": "payments of a receipt that was read in the scope",
    "pos/selectors/candidates.py": "lines of receipts of stores that were read in the scope",
    "pos/selectors/promotions.py": "lines of receipts of the promotion's business and stores",
    "pos/selectors/quick.py": "lines and payments of receipts and of a shift that were read in the scope",
    "pos/selectors/checks.py": "verify_ledger reads the books of all tenants",
    "pos/selectors/sales.py": "payments of receipts that were read in the scope",
    "pos/selectors/receipts.py": "lines and taxes of receipts that were read in the scope",
    "pos/services/catalogue.py": "lines of a product that was read in the scope",
    "pos/selectors/drawer.py": "payments of a shift that was read in the scope",
    "pos/selectors/takings.py": "lines, taxes and payments of receipts that were read in the scope",
    "pos/selectors/reconciliation.py": "payments of shifts of a store that was read in the scope",
}

# Raw statements see every tenant's rows.
RAW_SQL = {
    "backoffice/analytics/folding.py": "adds to facts; every row carries its business",
    "backoffice/services/backups.py": "asks whether the database is empty, of all tenants",
    "smartpos/db/locks.py": "advisory locks have names, not rows",
    "smartpos/db/prepared.py": "hands out the cursor; asks nothing itself",
    "smartpos/db/rows.py": "inserts; every row carries its business",
    "smartpos/operations/services/journal.py": "the row of a device that the guard found",
    "smartpos/outbox/relay.py": "gives every tenant's events their place",
    "smartpos/worker.py": "asks whether somebody committed",
    "smartpos/web/health.py": "asks whether the database answers",
    "inventory/selectors/search.py": "the index knows no tenants; the statement does",
    "inventory/search_index.py": "makes the index of all tenants' products",
    "inventory/services/stock.py": "levels of the business and store given",
    "pos/services/shifts.py": "a shift by its id and the device's store",
}


TENANT = [model for model in product_models() if issubclass(model, Tenant)]


def test_every_model_belongs_to_a_tenant_or_says_why_not() -> None:
    found = {model._meta.label for model in product_models() if not issubclass(model, Tenant)}
    assert stale(set(NOT_TENANT), found) == NOTHING


def test_every_tenant_model_has_its_business_and_the_closed_manager_as_default() -> None:
    for model in TENANT:
        business = model._meta.get_field("business")
        assert isinstance(business, models.ForeignKey), model
        assert not business.null, model
        assert business.remote_field.on_delete is models.PROTECT, model
        assert type(model._default_manager) is TenantManager, model
        assert model._meta.default_manager_name == "objects", model
        assert model._meta.base_manager_name == "everywhere", model


@pytest.mark.django_db
@pytest.mark.parametrize("model", TENANT, ids=lambda model: model._meta.label)
def test_a_tenants_table_fails_closed(model: type[Tenant]) -> None:
    begin(Act())
    for ask in (model.objects.all, model.objects.count, model.objects.first, model.objects.create):
        with pytest.raises(NoTenant):
            ask()
    with acting(business_id=-1):
        assert model.objects.count() == 0


def test_every_way_around_the_scope_is_listed() -> None:
    assert stale(set(EVERYWHERE), files_with_attribute("everywhere")) == NOTHING


def test_the_default_and_base_managers_are_nowhere_used_to_get_around_it() -> None:
    listed = {
        "smartpos/audit/verify.py",  # walks the heads of every chain of every tenant
        "smartpos/scheduling/housekeeping.py",  # deletes rows by keys that it just read
    }
    found = files_with_attribute("_base_manager") | files_with_attribute("_default_manager")
    assert stale(listed, found) == NOTHING


def test_children_are_asked_only_by_a_parent_that_was_read_in_the_scope() -> None:
    children = {label.partition(".")[2] for label, reason in NOT_TENANT.items() if reason == "child of a receipt"}
    found = {
        relative(path)
        for path, node in nodes()
        if isinstance(node, ast.Attribute) and node.attr == "objects"
        if isinstance(node.value, ast.Name) and node.value.id in children
    }
    assert stale(set(CHILDREN_ASKED), found) == NOTHING


def is_raw(node: ast.AST) -> bool:
    """`connection.cursor`, `prepared_cursor()`, `Model.objects.raw`, `….extra`."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "prepared_cursor"
    if not isinstance(node, ast.Attribute):
        return False
    if node.attr == "cursor":
        return isinstance(node.value, ast.Name) and node.value.id == "connection"
    return (
        node.attr in {"raw", "extra"} and isinstance(node.value, ast.Attribute) and node.value.attr in {"objects", "everywhere"}
    )


def test_raw_statements_are_listed() -> None:
    assert stale(set(RAW_SQL), {relative(path) for path, node in nodes() if is_raw(node)}) == NOTHING


def test_foreign_keys_between_tenants_rows_are_checked_by_the_walk() -> None:
    """Every relation between two tenant models, so that the walk (test_walk.py) can look for rows that point abroad."""
    from tests.architecture.foreign import tenant_relations

    relations = {f"{field.model._meta.label}.{field.name}" for field in tenant_relations()}
    assert {"inventory.Product.category", "people.Terminal.store", "pos.Receipt.shift"} <= relations
