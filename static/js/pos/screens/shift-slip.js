// The report of a shift as a slip: the server's, or this till's own figures until it has reckoned.

import { fill, h } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { Refusal, call } from "../api.js";
import { onAnswer } from "../queue.js";
import { parsePrice } from "../money.js";
import { till } from "../till.js";
import { counted, money, quantityText, t, timeText } from "../words.js";
import { tenderName } from "./slip.js";

const PATIENCE = 5000;
/** @type {Record<string, import("../words.js").Key>} */
const MOVED = { in: "cashIn", out: "cashOut", handover: "handover", expense: "expenseNotes", count: "countedLate", correction: "correction", consigned: "commissionSale", payout: "payOwner", cod: "codTaken", collected: "codToCourier" };
/** @type {Record<string, import("../words.js").Key>} */
const OTHERS = { sale: "commissionSale", payout: "payOwner", cod: "codTaken", collected: "codToCourier", correction: "correction" };
/** @type {Record<string, import("../words.js").Key>} */
const KINDS = { sale: "receipt", refund: "refund", void: "voidName" };
/** @type {Record<string, import("../words.js").Key>} */
const PARKED = { "sale.settle": "receipt", "refund.make": "refund", "receipt.void": "voidName", "consignment.sell": "commissionSale", "consignment.pay": "payOwner", "parcels.receive": "codTaken" };

export const row = (/** @type {string} */ name, /** @type {string} */ value, strong = false) => h("p", { class: strong ? "slip__total" : "slip__row" }, h("span", {}, name), h("span", { class: "amount" }, value));
export const head = (/** @type {string} */ title) => h("p", { class: "slip__head" }, h("strong", {}, title));
const some = (/** @type {string | null | undefined} */ amount) => Boolean(amount) && parsePrice(String(amount).replace("-", "")) > 0n;

/** Who prints it. */
export function* letterhead() {
  const { business, store, terminal } = till.get().place;
  yield h("header", {}, h("strong", {}, business.legal_name || business.name), h("span", {}, store.name), h("span", {}, store.address), business.tax_number && h("span", {}, `JIB ${business.tax_number}`), h("span", {}, terminal.name));
}

/** Sums of receipts and of the drawer, as shift, X and Z have them. @param {any} figures */
export function* figureRows(figures) {
  yield row(`${t("totalSales")} (${figures.sales.count})`, money(figures.sales.total));
  if (figures.refunds.count) yield row(`${t("refunds")} (${figures.refunds.count})`, money(figures.refunds.total));
  if (figures.voids.count) yield row(`${t("voids")} (${figures.voids.count})`, money(figures.voids.total));
  yield row(t("total"), money(figures.total), true);
  for (const [method, amount] of Object.entries(figures.tenders)) yield row(t(tenderName(method)), money(/** @type {string} */ (amount)));
  if (some(figures.rounding)) yield row(t("rounding"), money(figures.rounding));
  if (some(figures.discount)) yield row(t("discount"), money(figures.discount));
  if (some(figures.points)) yield row(t("points"), money(figures.points));
  if (figures.gratis.count) yield row(`${t("gratisLabel")} (${figures.gratis.count})`, money(figures.gratis.total));
  for (const { code, rate, amount } of figures.taxes) yield row(t("tax", { code, rate: quantityText(rate) }), money(amount));
  for (const { kind, category, count, amount } of figures.movements) yield row(`${t(MOVED[kind] ?? "cashAmount")}${category ? ` · ${category}` : ""} (${count})`, money(amount));
  // figures that were frozen before there was such money do not speak of it
  if (figures.entrusted?.length) yield head(t("notOurs"));
  for (const { kind, method, count, amount, packages } of figures.entrusted ?? []) yield row([t(OTHERS[kind] ?? "cashAmount"), t(tenderName(method)), packages > 0 && counted("parcels", packages)].filter(Boolean).join(" · ") + ` (${count})`, money(amount));
}

/** @param {any} drawer */
function* drawerRows(drawer) {
  yield row(t("openingFloat"), money(drawer.opening));
  yield row(t("taken"), money(drawer.taken));
  for (const [name, word] of /** @type {const} */ ([["change", "change"], ["refunds", "refunds"], ["cash_in", "cashIn"], ["cash_out", "cashOut"], ["handovers", "handovers"]])) if (some(drawer[name])) yield row(t(word), money(name === "cash_in" ? drawer[name] : `-${drawer[name]}`));
}

/** @param {any} report */
export function reportSlip({ shift, figures, supplement, movements, receipts, more, z_numbers: made, parked }) {
  const why = (/** @type {string} */ name, /** @type {string} */ text) => text && h("p", {}, `${name}: ${text}`);
  return h(
    "article",
    { class: "slip", "data-report": shift.id },
    ...letterhead(),
    head(t(shift.running ? "shiftSoFar" : "shiftReport")),
    h("p", {}, `${shift.opened_by} · ${timeText(shift.opened_at)}${shift.closed_at ? ` – ${timeText(shift.closed_at)}` : ""}`),
    shift.late_minutes > 0 && h("p", {}, h("strong", {}, t("lateTag")), ` ${t("lateText", { minutes: shift.late_minutes })} ${shift.late_reason}`),
    shift.early_minutes > 0 && h("p", {}, h("strong", {}, t("earlyTag")), ` ${t("earlyText", { minutes: shift.early_minutes })} ${shift.early_reason}`),
    why(t("openingWhy"), shift.opening_reason),
    some(shift.opening_difference) && row(t("openingDifference"), money(shift.opening_difference)),
    ...figureRows(figures),
    head(t("drawer")),
    ...drawerRows(figures.drawer),
    row(t("expectedCash"), money(shift.expected), true),
    shift.closed_how === "auto" ? h("p", {}, h("strong", {}, t("notCounted"))) : shift.counted !== null && row(t("counted"), money(shift.counted)),
    shift.difference !== null && row(t("differenceNow"), money(shift.difference), true),
    why(t("differenceWhy"), shift.difference_reason),
    made?.length > 0 && row(t("zReport"), made.join(", ")),
    ...(movements.length ? [head(t("cashMoves")), ...movements.map((/** @type {any} */ move) => moveRow(move))] : []),
    ...(supplement ? [head(t("supplement")), ...figureRows(supplement)] : []),
    ...(parked.length ? [head(t("parkedActs")), ...parked.map((/** @type {any} */ act) => row(t(PARKED[act.kind] ?? "cashMoves"), act.total === null ? "" : money(act.total)))] : []),
    ...checklistRows(figures.checklists ?? []),
    ...(receipts.length ? [head(t("receipts")), ...receipts.map((/** @type {any} */ one) => row(`${t(KINDS[one.kind] ?? "receipt")} ${one.label}`, money(one.total)))] : []),
    more && h("p", {}, "…"),
  );
}

/** How the checklists stand (SHF-27). @param {{name: string, done: number, tasks: number, missing: string[]}[]} lists */
function* checklistRows(lists) {
  if (lists.length) yield head(t("checklist"));
  for (const { name, done, tasks, missing } of lists) {
    yield row(name, `${done}/${tasks}`);
    if (missing.length) yield h("p", {}, h("strong", {}, t("checklistMissing", { tasks: missing.join(", ") })));
  }
}

/** @param {any} move */
const moveRow = ({ kind, category, amount, reason, receiver }) => row([t(MOVED[kind] ?? "cashAmount"), category, receiver, reason].filter(Boolean).join(" · "), money(amount));

/** What this till knows itself. @param {any} figures */
function ownSlip({ own, opening, counted, expected, difference, checklists }) {
  return h(
    "article",
    { class: "slip" },
    ...letterhead(),
    head(t("shiftReport")),
    h("p", {}, t("closeOffline")),
    row(t("totalSales"), money(own.total), true),
    ...Object.entries(own.tenders).map(([method, amount]) => row(t(tenderName(method)), money(/** @type {string} */ (amount)))),
    some(own.rounding) && row(t("rounding"), money(own.rounding)),
    row(t("openingFloat"), money(opening)),
    expected !== null && row(t("expectedCash"), money(expected)),
    row(t("counted"), money(counted)),
    difference !== null && row(t("differenceNow"), money(difference), true),
    ...checklistRows(checklists),
  );
}

/** Whether this operation was answered, after a while at most. @param {string} id */
function answered(id) {
  return new Promise((resolve) => {
    const end = (/** @type {boolean} */ came) => (off(), clearTimeout(timer), resolve(came));
    const off = onAnswer((answer) => answer.id === id && end(true));
    const timer = setTimeout(() => end(false), till.get().link === "offline" ? 0 : PATIENCE);
  });
}

/**
 * Show the report of a shift that was just closed, to be printed.
 * @param {string} shift
 * @param {string} operation
 * @param {any} own
 */
export async function openShiftSlip(shift, operation, own) {
  const actor = till.get().person?.id ?? "";
  const inside = h("div", { "aria-live": "polite" });
  openSheet({
    title: t("closeDone"),
    closeLabel: t("close"),
    name: "shift-report",
    body: [inside],
    foot: [h("button", { class: "button button--primary button--wide", type: "button", "data-first": true, onclick: () => print() }, t("print"))],
  });
  try {
    if (!(await answered(operation))) return fill(inside, ownSlip(own));
    fill(inside, reportSlip(await call(`shifts/${shift}?actor=${actor}`, undefined, PATIENCE)));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    fill(inside, ownSlip(own));
  }
}
