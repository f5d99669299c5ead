// Receipts that the till holds or the server knows: read, print again, give back.

import { fill, h } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { Refusal, call } from "../api.js";
import { receipts as kept } from "../db.js";
import { PricingError } from "../money.js";
import { makeRefund, refundQuote } from "../operations.js";
import { till } from "../till.js";
import { money, plainNumber, quantityText, t, timeText } from "../words.js";
import { field } from "./gate.js";

/** The server's receipts when it answers, the till's own when not. @param {string} [number] */
async function find(number) {
  const own = await kept();
  try {
    const { receipts } = await call(number ? `receipts?number=${encodeURIComponent(number)}` : "receipts", undefined, 4000);
    const known = new Set(receipts.map((/** @type {any} */ receipt) => receipt.id));
    const unsent = own.filter((receipt) => !known.has(receipt.id) && till.get().waiting > 0);
    return [...(number ? [] : unsent), ...receipts];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return number ? own.filter((receipt) => receipt.label === number.toUpperCase()) : own;
  }
}

/** @param {"reprint" | "refund"} purpose */
export async function openReceipts(purpose) {
  const list = h("ul", { class: "list" });
  const number = field(t("number"), { id: "receipt-number", autocomplete: "off", autocapitalize: "characters", "data-first": true });
  const choose = (/** @type {any} */ receipt) => {
    sheet.close();
    if (purpose === "refund") openRefund(receipt);
    else showReceipt(receipt, true);
  };
  const load = async () => {
    const found = (await find(number.input.value.trim())).filter((receipt) => purpose === "reprint" || receipt.kind === "sale");
    fill(
      list,
      ...found.map((receipt) =>
        h(
          "li",
          {},
          h(
            "button",
            { class: "list__item button button--quiet button--wide", type: "button", onclick: () => choose(receipt) },
            h("span", { class: "list__main" }, `${receipt.label} · ${timeText(receipt.occurred_at)}`),
            h("span", { class: "amount" }, money(receipt.kind === "refund" ? `-${receipt.total.replace("-", "")}` : receipt.total)),
          ),
        ),
      ),
    );
    if (!found.length) fill(list, h("li", { class: "empty" }, t("noReceipts")));
  };
  const form = h("form", { onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void load()) }, number.element);
  const sheet = openSheet({ title: t(purpose === "refund" ? "refund" : "receipts"), closeLabel: t("close"), name: "receipts", wide: true, body: [form, list] });
  await load();
}

/** The slip as text. @param {any} receipt @param {boolean} copy */
export function receiptBody(receipt, copy) {
  const { business, store } = till.get().place;
  const sign = receipt.kind === "refund" ? "-" : "";
  const amount = (/** @type {string} */ text) => money(sign + text.replace("-", ""));
  return h(
    "article",
    { class: "slip", "data-receipt": receipt.label },
    h("header", {}, h("strong", {}, business.legal_name || business.name), h("span", {}, store.name), h("span", {}, store.address), business.tax_number && h("span", {}, business.tax_number)),
    h("p", {}, `${receipt.kind === "refund" ? t("refund") : t("receipt")} ${receipt.label}`, copy && h("strong", {}, ` · ${t("copy")}`)),
    h("p", {}, `${timeText(receipt.occurred_at)} · ${receipt.employee}`),
    h(
      "ul",
      {},
      ...receipt.lines.map((/** @type {any} */ line) =>
        h("li", {}, h("span", {}, `${quantityText(line.quantity.replace("-", ""))} × ${line.name}`), h("span", { class: "amount" }, amount(line.payable))),
      ),
    ),
    h("p", { class: "slip__total" }, h("span", {}, t("total")), h("span", { class: "amount" }, amount(receipt.total))),
    ...receipt.tenders.map((/** @type {any} */ tender) => h("p", { class: "slip__row" }, h("span", {}, t(tender.method === "card" ? "card" : "cash")), h("span", { class: "amount" }, amount(tender.tendered)))),
    h("p", {}, store.receipt_footer),
  );
}

/** @param {any} receipt @param {boolean} copy */
export function showReceipt(receipt, copy) {
  openSheet({
    title: receipt.label,
    closeLabel: t("close"),
    name: "receipt",
    body: [receiptBody(receipt, copy)],
    foot: [h("button", { class: "button button--primary button--wide", type: "button", "data-first": true, onclick: () => print() }, t("print"))],
  });
}

/** @param {any} receipt */
function openRefund(receipt) {
  /** @type {Record<string, string>} */
  const quantities = {};
  const total = h("p", { class: "pay__due", "aria-live": "polite" });
  const reason = field(t("reason"), { id: "reason", autocomplete: "off", maxlength: "200", required: true });
  const error = h("p", { class: "field__error", role: "alert" });
  const done = h("button", { class: "button button--danger-fill button--wide button--large", type: "submit" }, t("refund"));
  let busy = false;
  const draw = () => {
    error.textContent = "";
    try {
      const sum = Object.keys(quantities).length ? refundQuote(receipt, quantities).result.total : "0";
      fill(total, t("refundTotal"), h("strong", { class: "amount" }, money(sum)));
    } catch (problem) {
      if (!(problem instanceof PricingError)) throw problem;
      error.textContent = problem.params.left ? t("left", { quantity: problem.params.left }) : problem.code;
    }
  };
  const rows = receipt.lines.map((/** @type {any} */ line) => {
    const input = h("input", { class: "input", inputmode: "decimal", "aria-label": `${t("quantity")} ${line.name}`, value: "0", "data-line": line.id });
    input.addEventListener("input", () => {
      const typed = plainNumber(input.value || "0", 3);
      if (typed === null || typed === "0") delete quantities[line.id];
      else quantities[line.id] = typed;
      draw();
    });
    return h("li", { class: "list__item" }, h("span", { class: "list__main" }, `${quantityText(line.quantity)} × ${line.name}`, h("small", { class: "amount" }, ` ${money(line.payable)}`)), input);
  });
  const make = async () => {
    if (!Object.keys(quantities).length) return void (error.textContent = t("refundNothing"));
    if (!reason.input.value.trim()) return reason.say(t("reasonMissing"));
    if (busy || error.textContent) return;
    busy = true;
    const refund = await makeRefund(receipt, quantities, reason.input.value.trim()).finally(() => (busy = false));
    sheet.close();
    toast(t("refundDone", { label: refund.label }), { closeLabel: t("close") });
    showReceipt(refund, false);
  };
  const form = h("form", { class: "pay", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void make()) }, h("p", {}, t("refundHelp")), h("ul", { class: "list" }, ...rows), reason.element, total, error, done);
  const sheet = openSheet({ title: `${t("refund")} · ${receipt.label}`, closeLabel: t("close"), name: "refund", wide: true, body: [form] });
  draw();
}
