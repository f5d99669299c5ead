// The limit on manual discounts (rule 6): percentages count unrounded; the twin of pos/pricing/limits.py.

import { PricingError, WHOLE, sum } from "../money.js";
import { amountOf, eligibleRows, valueText } from "./discounts.js";
import { parseDiscount, parseValue } from "./reading.js";

/** @typedef {import("./reading.js").Discount} Discount */
/** @typedef {import("./discounts.js").Frame} Frame */
/** @typedef {import("./lines.js").Row} Row */
/** @typedef {{start: string, kind: "percent" | "amount", value: string}} TierText */
/** @typedef {{tiers?: TierText[], with_customer?: import("./reading.js").DiscountText | null, approved?: boolean}} LimitText */
/** @typedef {{tiers: {start: bigint, maximum: Discount}[], withCustomer: Discount | null, approved: boolean}} Limit */
/** @typedef {{maximum: Discount, allowed: bigint, used: bigint, exceeded: boolean}} LimitUse */

/**
 * @param {LimitText | null | undefined} text
 * @param {import("../money.js").Currency} currency
 * @returns {Limit | null}
 */
export function parseLimit(text, currency) {
  if (!text) return null;
  const tiers = (text.tiers ?? []).map((tier) => ({ start: currency.parse(tier.start), maximum: parseValue(tier, currency) }));
  const unordered = tiers.some(({ start }, index) => (index ? start <= tiers[index - 1].start : start > 0n));
  if (unordered) throw new PricingError("tiers_unordered");
  return { tiers, withCustomer: parseDiscount(text.with_customer, currency), approved: text.approved ?? false };
}

/**
 * @param {Row[]} rows
 * @param {Frame} frame
 * @param {Limit | null} limit
 * @param {bigint} cartDiscount
 * @returns {LimitUse | null}
 */
export function checkLimit(rows, frame, limit, cartDiscount) {
  const gross = sum(rows.map((row) => row.gross));
  const maximum = limit ? maximumFor(limit, gross, frame.customer) : null;
  if (!limit || !maximum) return null;
  const used = sum(rows.map((row) => row.discount)) + cartDiscount;
  const exceeded = maximum.kind === "percent" ? allExact(rows, frame) > gross * maximum.value : used > maximum.value;
  const use = { maximum, allowed: amountOf(maximum, gross, frame.currency), used, exceeded };
  if (exceeded && !limit.approved) {
    const { kind, value, allowed, used: spent } = limitText(use, frame.currency);
    throw new PricingError("limit_exceeded", { kind, limit: value, allowed, used: spent });
  }
  return use;
}

/**
 * The maximum of a cart of that gross; null: no limit.
 * @param {Limit} limit
 * @param {bigint} gross
 * @param {boolean} customer
 */
export function maximumFor(limit, gross, customer) {
  if (customer) return limit.withCustomer;
  return limit.tiers.filter((tier) => tier.start <= gross).at(-1)?.maximum ?? null;
}

/** @param {Row[]} rows @param {Frame} frame */
function allExact(rows, frame) {
  const lines = sum(rows.map(({ line, gross }) => (line.discount ? exactDiscount(line.discount, gross) : 0n)));
  if (!frame.discount) return lines;
  return lines + exactDiscount(frame.discount, sum(eligibleRows(rows, frame).map((row) => row.gross - row.discount)));
}

/** In units of 1/WHOLE of a scaled amount, per cent unrounded. @param {Discount} discount @param {bigint} base */
export const exactDiscount = (discount, base) => (discount.kind === "percent" ? base * discount.value : discount.value * WHOLE);

/** @param {LimitUse} use @param {import("../money.js").Currency} currency */
export function limitText({ maximum, allowed, used, exceeded }, currency) {
  return { kind: maximum.kind, value: valueText(maximum, currency), allowed: currency.format(allowed), used: currency.format(used), exceeded };
}
