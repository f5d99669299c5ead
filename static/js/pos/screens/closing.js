// Closing a shift: what is unfinished, the count, what it comes to, the reasons that are due. Nothing here can keep it from closing.

import { fill, h, icon } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { call } from "../api.js";
import { forget, read, receipts, write } from "../db.js";
import { amountText, expectedCash } from "../drawer.js";
import { earlyMinutes } from "../hours.js";
import { parsePrice } from "../money.js";
import { ofShift } from "../quick.js";
import { clockNow, closeShift, workHours } from "../shifts.js";
import { currency, setting, till } from "../till.js";
import { counted, money, t, timeText } from "../words.js";
import { checklistFigures, heldByChecklist } from "./checklist.js";
import { countField } from "./count.js";
import { expenseNotes } from "./expenses.js";
import { openShiftSlip } from "./shift-slip.js";
import { tag, whyField } from "./shift-open.js";
import { tenderName } from "./slip.js";

/** @typedef {{counted: string, sheet: import("./count.js").Pieces[], expenses: import("../shifts.js").ExpenseNote[], early_reason: string}} Given */

/** What waits here and stays as it is. @returns {Promise<{kind: string, count: number}[]>} */
async function unfinished() {
  const { lines, held, link } = till.get();
  const requests = link === "offline" ? [] : await call("refund-requests", undefined, 3000).then(({ requests: found }) => found, () => []);
  const open = requests.filter((/** @type {any} */ { state }) => state === "pending" || state === "approved");
  return [
    { kind: "cart", count: lines.length ? 1 : 0 },
    { kind: "held", count: held.filter(({ mine }) => mine).length },
    { kind: "request", count: open.length },
  ].filter(({ count }) => count);
}

/** @param {{kind: string, count: number}[]} left */
function leftBanner(left) {
  if (!left.length) return null;
  const held = till.get().held.filter(({ mine }) => mine).map((one) => `${one.note || one.name || timeText(one.at)} ${money(one.total)}`);
  const words = left.map(({ kind, count }) => h("li", {}, kind === "cart" ? t("leftCart") : kind === "held" ? `${counted("leftHeld", count)}: ${held.join(", ")}` : counted("leftRequests", count)));
  return h("div", { class: "banner banner--warn banner--card", "data-unfinished": "" }, icon("triangle-alert"), h("div", { class: "grow" }, h("strong", {}, t("unfinished")), h("ul", {}, ...words), h("p", {}, t("closeAnyway"))));
}

/** @param {() => void} afterShift */
export async function openClosing(afterShift) {
  const { shift } = till.get();
  if (!shift || heldByChecklist(() => void openClosing(afterShift))) return;
  const [left, expected, kept] = await Promise.all([unfinished(), expectedCash(), read("count")]);
  const fixed = setting("shift.blind", false) && kept?.shift === shift.id && kept.expected === expected ? kept : null;
  const early = earlyMinutes(workHours(), clockNow());
  const inside = h("div", { class: "stack closing" });
  const count = countField(() => {});
  const notes = expenseNotes();
  const earlyWhy = whyField("early-why", t("earlyWhy"));
  earlyWhy.show(early > 0);
  if (fixed) {
    count.put(fixed.counted);
    count.input.readOnly = true;
    count.sheet.hidden = true;
  }
  const review = async () => {
    const sum = count.read();
    const expenses = notes.read();
    if (sum === null || expenses === null) return;
    const why = earlyWhy.read();
    if (why === null) return;
    const given = { counted: sum, sheet: fixed?.sheet ?? count.pieces(), expenses, early_reason: why };
    // a blind count is kept before anything is shown, and can only be explained then
    if (setting("shift.blind", false)) await write("count", { shift: shift.id, expected, counted: sum, sheet: given.sheet });
    showReview(given);
  };
  const first = h(
    "form",
    { class: "stack", novalidate: true, onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void review()) },
    leftBanner(left),
    early > 0 && tag(t("earlyTag"), t("earlyText", { minutes: early })),
    earlyWhy.element,
    count.element,
    fixed && h("p", { class: "caption" }, t("countFixed", { counted: money(fixed.counted) })),
    notes.element,
    h("button", { class: "button button--primary button--large button--wide", type: "submit" }, t("countReview")),
  );
  const showReview = (/** @type {Given} */ given) => {
    const back = setting("shift.blind", false) ? null : () => fill(inside, first);
    void reviewOf(inside, given, { expected, left, back, done: () => (sheet.close(), afterShift()) });
  };
  fill(inside, first);
  const sheet = openSheet({ title: t("closeShift"), closeLabel: t("close"), name: "closing", wide: true, body: [inside] });
}

/**
 * The second step: everything side by side, the reason that a difference needs, and the last button.
 * @param {HTMLElement} inside
 * @param {Given} given
 * @param {{expected: string | null, left: {kind: string, count: number}[], back: (() => void) | null, done: () => void}} ways
 */
async function reviewOf(inside, given, { expected, left, back, done }) {
  const paid = given.expenses.filter(({ drawer }) => drawer).reduce((total, { amount }) => total + parsePrice(amount), 0n);
  const wanted = expected === null ? null : parsePrice(expected, true) - paid;
  const difference = wanted === null ? null : parsePrice(given.counted) - wanted;
  const size = difference === null ? 0n : difference < 0n ? -difference : difference;
  const why = whyField("difference-why", t("differenceWhy"));
  why.show(size > parsePrice(setting("shift.tolerance", "0")));
  const { shift } = till.get();
  const own = ofShift(/** @type {any[]} */ (await receipts()), shift?.id ?? "", currency().digits);
  let busy = false;
  const close = async () => {
    const reason = why.read();
    if (reason === null || busy) return;
    busy = true;
    const figures = { checklists: checklistFigures(), own, opening: shift?.opening_float ?? "0", expected: wanted === null ? null : amountText(wanted), difference: difference === null ? null : amountText(difference), ...given };
    const id = await closeShift(given.counted, { ...(reason && { reason }), ...(given.early_reason && { early_reason: given.early_reason }), sheet: given.sheet, expenses: given.expenses, unfinished: left });
    await forget("count");
    done();
    void openShiftSlip(shift?.id ?? "", id, figures);
  };
  const row = (/** @type {string} */ name, /** @type {string} */ value, total = false) => h("div", total ? { class: "facts__total" } : {}, h("dt", {}, name), h("dd", { class: "amount" }, value));
  fill(
    inside,
    !own.whole && h("p", { class: "caption" }, t("reportPart")),
    h(
      "dl",
      { class: "facts", "data-review": "" },
      row(t("totalSales"), money(own.total)),
      ...Object.entries(own.tenders).map(([method, amount]) => row(t(tenderName(method)), money(amount))),
      own.refunds > 0 && row(t("refunds"), money(own.refunded)),
      row(t("openingFloat"), money(shift?.opening_float ?? "0")),
      wanted !== null && row(t("expectedCash"), money(amountText(wanted))),
      row(t("counted"), money(given.counted)),
      difference !== null && row(t("differenceNow"), money(amountText(difference)), true),
    ),
    wanted === null && h("p", { class: "caption" }, t("closeOffline")),
    why.element,
    h("div", { class: "row row--end" }, back && h("button", { class: "button button--large", type: "button", onclick: back }, t("recount")), h("button", { class: "button button--primary button--large grow", type: "button", id: "confirm-close", onclick: () => void close() }, t("closeShift"))),
  );
  (why.element.hidden ? /** @type {HTMLElement} */ (inside.querySelector("#confirm-close")) : why.input).focus();
}
