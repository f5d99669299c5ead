// The sums under the ticket: what the goods cost, what was taken off, the tax in it.

import { h, icon } from "../../lib/dom.js";
import { refundQuote } from "../giveback.js";
import { parsePrice } from "../money.js";
import { exchangeNow } from "../open-cart.js";
import { till } from "../till.js";
import { money, quantityText, t } from "../words.js";
import { discountText } from "./discount.js";

/**
 * @param {ReturnType<typeof import("../pricing/engine.js").price>} sale
 * @param {import("../deals.js").Deal} deal
 * @param {() => void} remove take the cart's discount off
 */
export function summary(sale, deal, remove) {
  const { gross, discounts } = sale.totals;
  const row = (/** @type {string} */ name, /** @type {string} */ amount) => h("div", {}, h("dt", {}, name), h("dd", { class: "amount" }, money(amount)));
  const taxes = sale.taxes.flatMap((group) => group.rates.map((rate) => row(t("tax", { code: rate.code, rate: quantityText(rate.rate) }), rate.amount)));
  if (!deal.discount && parsePrice(discounts) === 0n) return taxes;
  return [row(t("subtotal"), gross), taken(discounts, deal, remove), ...taxes];
}

/** @param {string} discounts @param {import("../deals.js").Deal} deal @param {() => void} remove */
function taken(discounts, { discount }, remove) {
  const away = discount && h("button", { class: "button button--quiet button--icon button--small", type: "button", "aria-label": t("discountRemove"), onclick: remove }, icon("x"));
  const name = discount ? `${t("discount")} ${discountText(discount)}` : t("discount");
  return h("div", { class: "facts__taken" }, h("dt", {}, name, away), h("dd", { class: "amount" }, money(parsePrice(discounts) ? `-${discounts}` : discounts)));
}

/**
 * What comes back for this cart, and what is left to pay or to give back.
 * @returns {{rows: Node[], name?: string, net?: string}}
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
