// A receipt as it is shown: the slip as text, and its sheet.

import { h } from "../../lib/dom.js";
import { barcode } from "../../lib/code128.js";
import { openSheet } from "../../lib/sheet.js";
import { formatPrice, parsePrice } from "../money.js";
import { setting, till } from "../till.js";
import { money, quantityText, soldText, t, timeText } from "../words.js";
import { percentText, promoText } from "./discount.js";
import { invoiceable, openInvoice } from "./invoice-later.js";
import { receiptActs } from "./receipt-acts.js";

/** @type {Record<string, import("../words.js").Key>} */
const KINDS = { refund: "refund", void: "voidName" };

/** What a means of payment is called. @param {string} method @returns {import("../words.js").Key} */
export const tenderName = (method) => (method === "card" || method === "online" || method === "exchange" ? method : "cash");

/** The slip as text. @param {any} receipt @param {boolean} copy */
export function receiptBody(receipt, copy) {
  const { business, store } = till.get().place;
  const header = setting("receipt.header", "");
  const sold = receipt.kind === "sale";
  const sum = (/** @type {string} */ name, /** @type {string} */ value) => h("p", { class: "slip__row" }, h("span", {}, name), h("span", { class: "amount" }, value));
  const sign = sold ? "" : "-";
  const amount = (/** @type {string} */ text) => money(sign + text.replace("-", ""));
  return h(
    "article",
    { class: "slip", "data-receipt": receipt.label },
    h("header", {}, h("strong", {}, business.legal_name || business.name), h("span", {}, store.name), h("span", {}, store.address), business.tax_number && h("span", {}, `JIB ${business.tax_number}`), business.vat_number && h("span", {}, `PDV ${business.vat_number}`), ...header.split("\n").map((line) => h("span", {}, line))),
    receipt.voided && h("p", { class: "slip__void" }, h("strong", {}, t("voidMark")), h("span", {}, `${receipt.voided.label}: ${receipt.voided.reason}`)),
    receipt.training && h("p", { class: "slip__training" }, t("trainingSlip")),
    ...paperOf(receipt.invoice),
    h("p", {}, `${t(KINDS[receipt.kind] ?? "receipt")} ${receipt.label}`, copy && h("strong", {}, ` · ${t("copy")}`)),
    sold && receipt.exchanged && h("p", {}, t("exchangedFor", { label: receipt.exchanged })),
    !sold && receipt.reason && h("p", {}, [receipt.of, receipt.reason].filter(Boolean).join(" · ")),
    h("p", {}, `${timeText(receipt.occurred_at)} · ${receipt.employee}`),
    h(
      "ul",
      {},
      ...receipt.lines.map((/** @type {any} */ line) =>
        h("li", {}, h("span", {}, `${soldText(line)} × ${line.name}`, ...agreedOn(line, sold)), h("span", { class: "amount" }, amount((sold && line.gross) || line.payable))),
      ),
    ),
    ...(sold && (taken(receipt.discount) || taken(receipt.points?.value)) ? [sum(t("subtotal"), money(receipt.gross))] : []),
    ...(sold && taken(receipt.discount) ? [sum(t("discount"), money(`-${receipt.discount}`))] : []),
    ...(sold && taken(receipt.points?.value) ? [sum(`${t("points")} (${receipt.points.used})`, money(`-${receipt.points.value}`))] : []),
    h("p", { class: "slip__total" }, h("span", {}, t("total")), h("span", { class: "amount" }, amount(receipt.total))),
    ...taxesOf(receipt).map(([name, tax]) => sum(name, amount(tax))),
    ...(taken(receipt.rounding) ? [sum(t("rounding"), money(receipt.rounding))] : []),
    ...receipt.tenders.flatMap((/** @type {any} */ tender) => [sum(t(tenderName(tender.method)), amount(tender.tendered)), ...(taken(tender.change) ? [sum(t("change"), amount(tender.change))] : [])]),
    ...pointsOf(receipt.points),
    barcode(receipt.label),
    receipt.training && h("p", { class: "slip__training" }, t("trainingSlip")),
    h("p", { class: "slip__foot" }, store.receipt_footer || setting("receipt.footer", "")),
  );
}

/** An invoice or credit note: its number, and whom it is made out to. @param {import("../invoices.js").Paper | null | undefined} paper */
function* paperOf(paper) {
  if (!paper) return;
  yield h("p", { class: "slip__paper" }, h("strong", {}, `${t(paper.kind === "credit" ? "creditNote" : "invoice")} ${paper.label}`));
  yield h("p", { class: "slip__paper" }, paper.company, h("br", {}), `${t("buyerTax")} ${paper.tax_number}`, paper.address && h("br", {}), paper.address);
}

/** The tax of each rate in it. @param {any} receipt @returns {[string, string][]} */
function taxesOf({ lines }) {
  /** @type {Map<string, bigint>} */
  const sums = new Map();
  for (const share of lines.flatMap((/** @type {any} */ line) => line.taxes ?? [])) {
    const name = t("tax", { code: share.code, rate: quantityText(share.rate) });
    sums.set(name, (sums.get(name) ?? 0n) + parsePrice(share.amount.replace("-", "")));
  }
  return [...sums].map(([name, tax]) => [name, formatPrice(tax)]);
}

/** What points did besides, in words. @param {import("../points.js").Moved | null | undefined} points */
function* pointsOf(points) {
  for (const [key, count] of /** @type {const} */ ([["pointsEarned", points?.earned], ["pointsGivenBack", points?.given_back], ["pointsTaken", points?.taken]])) if (count) yield h("p", {}, t(key, { count }));
}

/** @param {string | undefined} amount */
const taken = (amount) => /[1-9]/.test(amount ?? "");

/** Gratis, its own discount (the cart's stands in the sums), the note of a line. @param {any} line @param {boolean} sold */
function* agreedOn({ gratis, agreed, note, promotion, list_price: list }, sold) {
  if (gratis) yield ` · ${t("gratisLabel")}`;
  if (sold && taken(agreed?.off)) yield h("small", {}, `${t("discount")}${agreed.kind === "percent" ? ` ${percentText(agreed.value)}` : ""} ${money(`-${agreed.off}`)}`);
  if (sold && promotion && !gratis) yield h("small", {}, `${promoText(promotion)} · ${t("listPrice", { price: money(list, true) })}`);
  if (note) yield h("small", { class: "slip__note" }, note);
}

/** @param {any} receipt @param {boolean} copy */
export function showReceipt(receipt, copy) {
  const invoice = () => {
    sheet.close();
    openInvoice(receipt, (named) => showReceipt(named, copy));
  };
  const acts = receiptActs(receipt);
  const sheet = openSheet({
    title: receipt.label,
    closeLabel: t("close"),
    name: "receipt",
    body: [receiptBody(receipt, copy), acts.why],
    foot: [
      invoiceable(receipt) && h("button", { class: "button", type: "button", onclick: invoice }, t("invoiceMake")),
      ...acts.buttons,
      h("button", { class: "button button--primary button--wide", type: "button", "data-first": true, onclick: () => print() }, t("print")),
    ],
  });
}
