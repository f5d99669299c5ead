// The sums under the ticket: what the goods cost, what was taken off, the tax in it.

import { h, icon, setText } from "../../lib/dom.js";
import { refundQuote } from "../giveback.js";
import { parsePrice } from "../money.js";
import { exchangeNow } from "../open-cart.js";
import { till } from "../till.js";
import { money, quantityText, t } from "../words.js";
import { discountText } from "./discount.js";

/** @type {Map<string, {element: HTMLElement, name: HTMLElement, amount: HTMLElement}>} */
const made = new Map();

/**
 * A row of the ticket's sums, made once: only the text of what changed is laid out anew.
 * @param {string} key
 * @param {string} name
 * @param {string} amount
 * @param {string} [kind]
 */
export function sumRow(key, name, amount, kind) {
  let row = made.get(key);
  if (!row) {
    const [dt, dd] = [h("dt"), h("dd", { class: "amount" })];
    made.set(key, (row = { element: h("div", { class: kind }, dt, dd), name: dt, amount: dd }));
  }
  setText(row.name, name);
  setText(row.amount, amount);
  return row.element;
}

/**
 * @param {ReturnType<typeof import("../pricing/engine.js").price>} sale
 * @param {import("../deals.js").Deal} deal
 * @param {() => void} remove take the cart's discount off
 */
export function summary(sale, deal, remove) {
  const { gross, discounts } = sale.totals;
  const taxes = sale.taxes.flatMap((group, place) =>
    group.rates.map((rate) => sumRow(`${place} ${rate.code} ${rate.rate}`, t("tax", { code: rate.code, rate: quantityText(rate.rate) }), money(rate.amount))),
  );
  if (!deal.discount && parsePrice(discounts) === 0n) return taxes;
  return [sumRow("subtotal", t("subtotal"), money(gross)), taken(discounts, deal, remove), ...taxes];
}

/** @param {string} discounts @param {import("../deals.js").Deal} deal @param {() => void} remove */
function taken(discounts, { discount }, remove) {
  const away = discount && h("button", { class: "button button--quiet button--icon button--small", type: "button", "aria-label": t("discountRemove"), onclick: remove }, icon("x"));
  const name = discount ? `${t("discount")} ${discountText(discount)}` : t("discount");
  return h("div", { class: "facts__taken" }, h("dt", {}, name, away), h("dd", { class: "amount" }, money(parsePrice(discounts) ? `-${discounts}` : discounts)));
}

/**
 * What comes back for this cart, and what is left to pay or to give back.
 * @returns {{rows: Element[], name?: string, net?: string}}
 */
export function exchangeRows() {
  const { exchange } = till.get();
  if (!exchange) return { rows: [] };
  const drop = h("button", { class: "button button--quiet button--icon button--small", type: "button", "aria-label": t("exchangeDrop"), onclick: () => till.set({ exchange: null }) }, icon("x"));
  const worth = refundQuote(exchange.receipt, exchange.quantities, exchange.way).result.total;
  const back = h("div", { class: "facts__taken", id: "exchange-back" }, h("dt", {}, t("exchangeOf", { label: exchange.receipt.label }), drop), h("dd", { class: "amount" }, money(`-${worth}`)));
  const quote = exchangeNow();
  if (!quote) return { rows: [back] };
  const [name, net] = parsePrice(quote.payout) ? [t("exchangeGive"), money(quote.payout)] : [t("pay"), money(quote.due)];
  const row = h("div", { class: "facts__total", id: "exchange-net" }, h("dt", {}, parsePrice(quote.payout) ? t("exchangeGive") : t("exchangeDue")), h("dd", { class: "amount" }, net));
  return { rows: [back, row], name, net };
}
