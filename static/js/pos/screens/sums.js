// The sums under the ticket: what the goods cost, what was taken off, the tax in it.

import { h, icon } from "../../lib/dom.js";
import { parsePrice } from "../money.js";
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
