"""How each sheet and screen of the till is brought before somebody's eyes: by its own function, or by the way that leads to it."""

from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Product
from tests.e2e.test_line import COFFEE

LINK = {
    "gateway": "Probni servis", "to": "kupac@example.com", "by": "Amra Hadžić", "at": "2026-11-24T10:00:00Z",
    "until": "2026-11-25T10:00:00Z", "customer": "Ljiljana Vukić", "pieces": 2, "total": "5.00", "label": "", "stray": False,
}  # fmt: skip
HELD = {
    "state": "taken", "version": 2, "here": False, "terminal": "Kasa 2", "lost": False, "by": "Damir Kovač",
    "at": "2026-11-24T10:00:00Z", "note": "Plava jakna", "customer": "", "pieces": 1, "total": "2.50",
}  # fmt: skip
ORDERS = {
    "orders": [{**HELD, "id": f"held-{state}", "state": state} for state in ("open", "taken")],
    "online": [{**LINK, "id": f"link-{state}", "state": state, "stray": state == "expired"}
               for state in ("waiting", "paid", "cancelled", "expired")],
    "gateways": [{"id": "gateway", "name": "Probni servis"}],
}  # fmt: skip
OWN = (
    '{own: {total: "0.00", tenders: {cash: "0.00"}}, opening: "100.00", counted: "100.00", expected: "100.00",'
    ' difference: "0.00", checklists: []}'
)
HOST = 'document.querySelector("#till")'


def _of(path: str, call: str) -> str:
    return f"void (await m({path!r})).{call};"


# Sheets that a function opens. `m` imports a module of the till; `item`, `receipt`, `customer`, `till` are at hand.
OPENERS: dict[str, str] = {
    "more": _of("screens/status.js", "openMore({ lock() {}, afterShift() {}, endPreview() {} })"),
    "help": _of("screens/help.js", "openHelp()"),
    "keys": _of("screens/keys.js", "openKeys()"),
    "till-settings": _of("screens/till-settings.js", "openSettings()"),
    "pending": _of("screens/pending.js", "openPending()"),
    "discard": _of("screens/discard.js", "openDiscard()"),
    "bell": 'document.querySelector("#bell").click();',
    "bonus": _of("screens/bonus.js", "openBonus()"),
    "report": _of("screens/report.js", "openReport()"),
    "x-report": _of("screens/day-reports.js", "openX()"),
    "z-report": _of("screens/day-reports.js", "openZ()"),
    "cash-in": _of("screens/cash.js", 'openMove("in")'),
    "cash-out": _of("screens/cash.js", 'openMove("out")'),
    "handover": _of("screens/cash.js", "openHandover()"),
    "commission": _of("screens/entrusted.js", "openCommission()"),
    "pay-owner": _of("screens/entrusted.js", "openPayOwner()"),
    "parcels": _of("screens/entrusted.js", "openParcels()"),
    "checklist": _of("screens/checklist.js", "openChecklists()"),
    "closing": _of("screens/closing.js", "openClosing(() => {})"),
    "shift-report": _of("screens/shift-slip.js", f'openShiftSlip(till.get().shift.id, "none", {OWN})'),
    "receipts": _of("screens/receipts.js", 'openReceipts("refund")'),
    "receipt": _of("screens/slip.js", "showReceipt(receipt, true)"),
    "receipt-detail": _of("screens/receipt.js", "openDetail(receipt)"),
    "mail": _of("screens/receipt-acts.js", "openMail(receipt)"),
    "invoice": _of("screens/invoice-later.js", "openInvoice(receipt, () => {})"),
    "refund": _of("screens/refund.js", "openRefund(receipt)"),
    "void": _of("screens/void.js", "openVoid(receipt)"),
    "without": _of("screens/without.js", "openWithout()"),
    "given": _of("screens/given.js", "openGiven({ ...receipt, kind: 'refund' })"),
    "customer": _of("screens/customer.js", "openCustomers()"),
    "customer-new": _of("screens/customer-new.js", 'openNewCustomer("Nova Kupica", () => {})'),
    "customer-edit": _of("screens/customer-new.js", "openCustomer(customer, () => {})"),
    "camera": _of("screens/camera.js", "openCamera()"),
    "unknown": _of("screens/adding.js", 'scanned("12345")'),
    "variants": _of("screens/adding.js", 'tapped([item, { ...item, variant: "Velika" }])'),
    "options": _of(
        "screens/options.js", "askOptions({ ...item, groups: [till.get().catalog.groups.keys().next().value] }, null, () => {})"
    ),
    "quantity": _of("screens/quantity.js", 'askQuantity({ name: item.name, item, value: "1", save() {} })'),
    "deal": _of("screens/deal.js", "openDeal(till.get().lines[0], { quantity() {} })"),
    "discount": _of("screens/deal.js", "openDiscount()"),
    "approve": _of(
        "screens/approve.js",
        'askApproval([{ code: "sale.discount_above_limit", amounts: { discount: "5.00", allowed: "1.00" }, scope: {} }],'
        ' "operation:x")',
    ),
    "hold": _of("screens/held.js", "openHold()"),
    "held": _of("screens/held.js", "openHeld()"),
    "held-where": _of("screens/held.js", 'takeUp({ id: "x", version: 1, mine: true, free: true, terminal: "" })'),
    "links": _of("screens/links.js", "openLinks()"),
    "pay": "till.set({ customer });" + _of("screens/pay.js", "openPayment()"),
}  # fmt: skip

# Screens in the place of everything else; the last ones, since nothing leads back from them here.
SCREENS: dict[str, str] = {
    "training": "till.set({ training: true });",
    "lock": _of("screens/lock.js", "openLock(till.get().person, () => {})"),
    "occupied": "document.querySelector('dialog.lock').remove();"
    + _of("screens/place.js", f"occupiedScreen({HOST}, {{ join() {{}}, other() {{}}, leave() {{}} }})"),
    "over": _of("screens/shift-over.js", f'overScreen({HOST}, "auto", () => {{}})'),
    "busy": _of("screens/gate.js", f"busyScreen({HOST})"),
    "unreachable": _of("screens/gate.js", f"unreachableScreen({HOST})"),
}


BEFORE = f"""async (label) => {{
  const base = document.querySelector("script[type=module]").src;
  const m = (path) => import(new URL(path, base).href);
  const {{ till }} = await m("till.js");
  const item = till.get().catalog.byCode("{COFFEE}");
  const receipt = await (await m("history.js")).byLabel(label);
  const customer = (await m("customers.js")).customersOf(till.get().catalog).find(({{ enrolled }}) => enrolled);
"""


def open_by(page: Page, script: str, label: str) -> None:
    """Run one of these in the till."""
    page.evaluate(BEFORE + script + "}", label)


def linked(page: Page, _product: Product, label: str) -> Iterator[str]:
    """Sending a link once more, and cancelling it."""
    for act, name in (("send", "link-again"), ("x", "link-cancel")):
        open_by(page, OPENERS["links"], label)
        page.locator(f"dialog[data-sheet=links] [data-act={act}]").first.click()
        yield name
        close_all(page)


def cleared(page: Page, _product: Product, label: str) -> Iterator[str]:
    """The question before a cart goes, and the one before offline data do."""
    page.keyboard.press("F2")
    yield "clear"
    page.locator("dialog[data-sheet=clear] .button--danger-fill").click()
    open_by(page, OPENERS["till-settings"], label)
    page.locator("dialog[data-sheet=till-settings] details").last.evaluate("(details) => { details.open = true; }")
    page.locator("dialog[data-sheet=till-settings] .button--danger").click()
    yield "clear-offline"
    close_all(page)


def paid_out(page: Page, _product: Product, label: str) -> Iterator[str]:
    """What the office answered, and paying out what it allowed."""
    line = page.evaluate(
        """async (label) => {
          const base = document.querySelector("script[type=module]").src;
          return (await (await import(new URL("history.js", base).href)).byLabel(label)).lines[0].id;
        }""",
        label,
    )
    request = {
        "label": label, "original": "", "total": "2.50", "reason": "Predomislio se", "method": "", "by": "Lejla Begić",
        "lines": [{"line": line, "quantity": "1", "restock": True}], "asked_at": "2026-11-24T10:00:00Z",
        "decided_by": "Damir Kovač", "note": "U redu",
    }  # fmt: skip
    told = {"requests": [{**request, "id": state, "state": state} for state in ("pending", "approved", "rejected", "paid")]}
    page.route("**/pos/refund-requests", lambda route: route.fulfill(json=told))
    open_by(page, "void (await m('screens/requests.js')).openRequests();", label)
    page.locator("dialog[data-sheet=requests] .button--primary").wait_for()
    yield "requests"
    page.locator("dialog[data-sheet=requests] .button--primary").click()
    yield "payout"
    close_all(page)


def suggested(page: Page, _product: Product, label: str) -> Iterator[str]:
    """Something is on promotion, and a sale begins."""
    open_by(
        page,
        'const kifla = till.get().catalog.find("kifla", "", 1).flat()[0];'
        'till.set({ offers: new Map([[kifla.product, { id: "x", name: "Jutro", percent: "20" }]]) });'
        + _of("screens/adding.js", f'scanned("{COFFEE}")'),
        label,
    )
    yield "suggest"
    close_all(page)
    page.keyboard.press("F2")
    page.locator("dialog[data-sheet=clear] .button--danger-fill").click()


def gated(page: Page, _product: Product, label: str) -> Iterator[str]:
    """What must be ticked before the shift is closed."""
    open_by(
        page,
        'const { place } = till.get(); till.set({ place: { ...place, settings: { ...place.settings, "shift.checklist": true } } });'
        + OPENERS["closing"],
        label,
    )
    yield "checklist-gate"
    close_all(page)


def lost(page: Page, _product: Product, label: str) -> Iterator[str]:
    """A cart of another price is taken back with no network, and turns out to be somebody else's."""
    page.context.set_offline(True)
    expect(page.locator("#status")).to_have_attribute("data-link", "offline")
    open_by(
        page,
        """const id = crypto.randomUUID();
        const lines = [{ id: crypto.randomUUID(), item: item.id, name: item.name, price: "1.00", quantity: "1" }];
        const about = { note: "", customer: null, name: "", by: "", at: new Date().toISOString(), total: "1.00", pieces: 1 };
        const record = { id, version: 1, ...about, contents: { lines } };
        await (await m("db.js")).keepHeld(record);
        (await m("screens/held.js")).takeUp({ ...record, mine: true, free: true, terminal: "" });""",
        label,
    )
    yield "held-changes"
    close_all(page)
    page.context.set_offline(False)
    yield "held-lost"
    close_all(page)


def close_all(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('dialog[open]').forEach((sheet) => sheet.close())")


def told_orders(page: Page) -> None:
    """What is held in the store and waits to be paid online, one of each kind."""

    def tell(route: Route) -> Any:
        return route.fulfill(json=ORDERS)

    page.route("**/pos/orders", tell)


Way = Callable[[Page, Product, str], Iterator[str]]
# Sheets that lie behind others, by the way that leads there.
AFTERWARDS: tuple[tuple[tuple[str, ...], Way], ...] = (
    (("link-again", "link-cancel"), linked),
    (("clear", "clear-offline"), cleared),
    (("requests", "payout"), paid_out),
    (("suggest",), suggested),
    (("checklist-gate",), gated),
    (("held-changes", "held-lost"), lost),
)
