// Text into integers, for what several modules read; the twin of pos/pricing/parsing.py. Every string is read once.

import { PricingError, parseQuantity, parseRate } from "../money.js";

/** @typedef {import("../money.js").Currency} Currency */
/** @typedef {{kind: "percent" | "amount", value: string}} DiscountText */
/** @typedef {{kind: "percent" | "amount", value: bigint}} Discount */

/**
 * What may be missing or null, read.
 * @template T
 * @param {T | null | undefined} value
 * @param {(value: T) => bigint} parse
 */
export const optional = (value, parse) => (value === null || value === undefined ? null : parse(value));

/**
 * Refuse what stands twice in a list of its own names.
 * @param {string} refusal
 * @param {string} name
 * @param {string[]} keys
 */
export function once(refusal, name, keys) {
  const seen = new Set();
  for (const key of keys) {
    if (seen.has(key)) throw new PricingError(refusal, { [name]: key });
    seen.add(key);
  }
}

/** The quantity of a line that is sold or was sold: above nothing. @param {string} text @param {string} line */
export function parseSoldQuantity(text, line) {
  const quantity = parseQuantity(text);
  if (!quantity) throw new PricingError("quantity_zero", { line });
  return quantity;
}

/** @param {DiscountText} text @param {Currency} currency @returns {Discount} */
export const parseValue = ({ kind, value }, currency) => ({ kind, value: kind === "percent" ? parseRate(value) : currency.parse(value) });

/** @param {DiscountText | null | undefined} text @param {Currency} currency */
export const parseDiscount = (text, currency) => (text ? parseValue(text, currency) : null);

/** A cash increment. @param {string} text @param {Currency} currency */
export function parseStep(text, currency) {
  const step = currency.parse(text);
  if (!step) throw new PricingError("rounding_step_zero");
  return step;
}

/** A currency as it came. @param {Currency} currency */
export const currencyText = ({ code, digits }) => ({ code, digits });
