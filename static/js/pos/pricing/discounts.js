// Line discounts, the cart discount and its allocation (rules 4, 5 and 8), the twin of pos/pricing/discounts.py.

import { PricingError, WHOLE, allocate, formatRate, sum } from "../money.js";
import { left } from "./lines.js";

/** @typedef {import("../money.js").Currency} Currency */
/** @typedef {import("./lines.js").Row} Row */
/** @typedef {import("./reading.js").Discount} Discount */
/** @typedef {{currency: Currency, customer: boolean, discount: Discount | null}} Frame what decides a cart's discounts */

/** @param {Discount} discount @param {Currency} currency */
export const valueText = ({ kind, value }, currency) => (kind === "percent" ? formatRate(value) : currency.format(value));

/**
 * @param {Discount} discount
 * @param {bigint} base
 * @param {Currency} currency
 */
export const amountOf = (discount, base, currency) =>
  discount.kind === "percent" ? currency.round(base * discount.value, WHOLE) : discount.value;

/** Whether a promotion keeps manual discounts away, as it does without a customer. @param {Row} row @param {{customer: boolean}} frame */
export const reserved = (row, frame) => row.line.promotion !== null && !frame.customer;

/** @param {Row[]} rows @param {{customer: boolean}} frame */
export const eligibleRows = (rows, frame) => rows.filter((row) => !row.line.gratis && !reserved(row, frame));

/** @param {Row[]} rows @param {Frame} frame */
export function discountLines(rows, frame) {
  for (const row of rows) {
    const { discount, gratis, id } = row.line;
    if (!discount) continue;
    if (gratis) throw new PricingError("gratis_discounted", { line: id });
    if (reserved(row, frame)) throw new PricingError("promotion_needs_customer", { line: id });
    row.discount = amountOf(discount, row.gross, frame.currency);
    if (row.discount > row.gross) throw new PricingError("discount_above_line", { line: id, allowed: frame.currency.format(row.gross) });
  }
}

/** @param {Row[]} rows @param {Frame} frame */
export function discountCart(rows, frame) {
  if (!frame.discount) return 0n;
  const eligible = eligibleRows(rows, frame);
  if (!eligible.length) throw new PricingError("no_eligible_lines");
  const weights = eligible.map(left);
  const base = sum(weights);
  const amount = amountOf(frame.discount, base, frame.currency);
  if (amount > base) throw new PricingError("discount_above_cart", { allowed: frame.currency.format(base) });
  allocate(amount, weights, frame.currency.step).forEach((share, index) => (eligible[index].cartDiscount = share));
  return amount;
}
