// Receipts of the store, newest first: looked for by number, customer or day; with no network those of this till.

import { fill, h, icon } from "../../lib/dom.js";
import { bad } from "../../lib/sound.js";
import { openSheet } from "../../lib/sheet.js";
import { byLabel, find, labelOf } from "../history.js";
import { noRefund } from "../returns.js";
import { till } from "../till.js";
import { money, t, timeText } from "../words.js";
import { field } from "./gate.js";
import { openDetail } from "./receipt.js";
import { openRefund } from "./refund.js";
import { openRequests } from "./requests.js";
import { openWithout } from "./without.js";

/** @typedef {import("../returns.js").Receipt} Receipt */
/** @typedef {"history" | "refund"} Purpose */

const PAUSE = 300;
const ICONS = /** @type {Record<string, string>} */ ({ sale: "receipt", refund: "rotate-ccw", void: "x" });

/** @param {Purpose} purpose */
export async function openReceipts(purpose) {
  const list = h("ul", { class: "list", "aria-live": "polite" });
  const more = h("button", { class: "button button--wide", type: "button", hidden: true, onclick: () => void load(last) }, t("moreReceipts"));
  const note = h("p", { class: "caption", role: "status" });
  const search = field(t("receiptSearch"), { id: "receipt-number", autocomplete: "off", type: "search", "data-first": true });
  const from = field(t("from_day"), { id: "receipt-from", type: "date" });
  const to = field(t("to_day"), { id: "receipt-to", type: "date" });
  let last = "";
  let turn = 0;
  const choose = (/** @type {Receipt} */ receipt) => {
    if (purpose === "refund" && !noRefund(receipt)) return sheet.close(), openRefund(receipt);
    openDetail(receipt, () => sheet.close());
  };
  const load = async (before = "") => {
    turn += 1;
    const mine = turn;
    const found = await find({ ...wanted(search.input.value), from: from.input.value, to: to.input.value, before });
    if (mine !== turn) return;
    if (!before) fill(list);
    list.append(...found.receipts.map((receipt) => row(receipt, choose)));
    last = found.receipts.at(-1)?.id ?? "";
    more.hidden = !found.more;
    note.textContent = found.offline ? t("receiptsOffline") : "";
    if (!list.children.length) fill(list, h("li", { class: "empty" }, search.input.value || from.input.value || to.input.value ? t("receiptNone") : t("noReceipts")));
    const whole = labelOf(search.input.value);
    if (!before && whole && found.receipts.length === 1) choose(found.receipts[0]);
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  const later = () => (clearTimeout(soon), (soon = setTimeout(() => void load(), PAUSE)));
  for (const { input } of [search, from, to]) input.addEventListener("input", later);
  const form = h("form", { class: "receipts__search", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), clearTimeout(soon), void load()) }, search.element, from.element, to.element);
  const scanned = (/** @type {string} */ code) => Boolean(labelOf(code)) && ((search.input.value = labelOf(code)), void load(), true);
  const sheet = openSheet({
    title: t(purpose === "refund" ? "refund" : "receipts"),
    closeLabel: t("close"),
    name: "receipts",
    wide: true,
    onScan: scanned,
    body: [purpose === "refund" && ways(() => sheet.close()), form, note, list, more],
    onClose: () => clearTimeout(soon),
  });
  await load();
}

/** What a refund may begin with besides a receipt. @param {() => void} close */
function ways(close) {
  return h(
    "div",
    { class: "row" },
    h("button", { class: "button", type: "button", onclick: () => (close(), openWithout()) }, t("refundWithout")),
    h("button", { class: "button", type: "button", disabled: till.get().link === "offline", title: till.get().link === "offline" ? t("noNetwork") : null, onclick: () => (close(), void openRequests()) }, icon("inbox"), t("requests")),
  );
}

/** A number is a number, whatever else is somebody's name. @param {string} text */
function wanted(text) {
  const plain = text.trim();
  return labelOf(plain) || /^[0-9]+$/.test(plain) ? { number: labelOf(plain) || plain } : { customer: plain };
}

/**
 * @param {Receipt} receipt
 * @param {(receipt: Receipt) => void} choose
 */
function row(receipt, choose) {
  const sign = receipt.kind === "sale" ? "" : "-";
  const about = [timeText(receipt.occurred_at), receipt.employee, receipt.customer].filter(Boolean).join(" · ");
  const state = receipt.voided ? t("voidMark") : receipt.kind === "sale" && noRefund(receipt) ? t("refundedAll") : "";
  return h(
    "li",
    {},
    h(
      "button",
      { class: "list__item", type: "button", "data-receipt": receipt.label, onclick: () => choose(receipt) },
      icon(ICONS[receipt.kind] ?? "receipt"),
      h("span", { class: "list__main" }, h("strong", {}, receipt.label), h("small", { class: "caption" }, about)),
      state && h("span", { class: receipt.voided ? "badge badge--danger" : "badge" }, state),
      h("strong", { class: receipt.voided ? "amount amount--gone" : "amount" }, money(sign + receipt.total.replace("-", ""))),
    ),
  );
}

/** A scanned number opens its receipt; false where the code is none. @param {string} code */
export function scannedReceipt(code) {
  const label = labelOf(code);
  if (label) void openByLabel(label);
  return Boolean(label);
}

/** @param {string} label */
async function openByLabel(label) {
  const receipt = await byLabel(label);
  if (receipt) return openDetail(receipt);
  bad();
  openSheet({ title: t("unknownCode"), closeLabel: t("close"), name: "unknown", body: [h("p", {}, t("receiptUnknown", { label }))] });
}
