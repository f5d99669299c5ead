// Unit price, gross and gratis (rules 1 to 3), the twin of pos/pricing/lines.py.

import { MAX_AMOUNT, MAX_QUANTITY, ONE, PricingError, WHOLE, floored, parsePrice, parseRate, roundHalfUp, sum } from "../money.js";
import { optional, parseDiscount, parseSoldQuantity } from "./reading.js";

/** @typedef {import("../money.js").Currency} Currency */
/** @typedef {import("./reading.js").Discount} Discount */
/**
 * @typedef {object} LineText
 * @property {string} id
 * @property {string} product
 * @property {string} quantity
 * @property {string} list
 * @property {string} profile
 * @property {string | null} [promotion]
 * @property {string[]} [modifiers]
 * @property {string | null} [override]
 * @property {string | null} [label]
 * @property {boolean} [gratis]
 * @property {import("./reading.js").DiscountText | null} [discount]
 */
/**
 * @typedef {object} Line
 * @property {string} id
 * @property {string} product
 * @property {bigint} quantity
 * @property {bigint} list
 * @property {string} profile
 * @property {bigint | null} promotion
 * @property {bigint} modifiers
 * @property {bigint | null} override
 * @property {bigint | null} label
 * @property {boolean} gratis
 * @property {Discount | null} discount
 */
/**
 * A line on its way through the steps; each step fills in its own reduction.
 * @typedef {object} Row
 * @property {Line} line
 * @property {bigint} unit
 * @property {bigint} gross
 * @property {bigint} listValue
 * @property {bigint} discount
 * @property {bigint} cartDiscount
 * @property {bigint} points
 */

/**
 * @param {LineText} line
 * @param {Currency} currency
 * @returns {Line}
 */
export function parseLine(line, currency) {
  return {
    id: line.id,
    product: line.product,
    quantity: parseSoldQuantity(line.quantity, line.id),
    list: parsePrice(line.list),
    profile: line.profile,
    promotion: optional(line.promotion, parseRate),
    modifiers: sum((line.modifiers ?? []).map((text) => parsePrice(text, true))),
    override: optional(line.override, parsePrice),
    label: optional(line.label, (text) => currency.parse(text)),
    gratis: line.gratis ?? false,
    discount: parseDiscount(line.discount, currency),
  };
}

/** What is left to pay after the reductions so far. @param {Row} row */
export const left = (row) => row.gross - row.discount - row.cartDiscount - row.points;

/**
 * @param {Line[]} lines
 * @param {Currency} currency
 * @returns {Row[]}
 */
export function openRows(lines, currency) {
  /** @type {Map<string, bigint>} */
  const gratis = new Map();
  return lines.map((line) => {
    if (line.gratis) {
      const counted = (gratis.get(line.product) ?? 0n) + line.quantity;
      if (counted > ONE) throw new PricingError("gratis_limit", { line: line.id, product: line.product });
      gratis.set(line.product, counted);
    }
    return openRow(line, currency);
  });
}

/**
 * @param {Line} line
 * @param {Currency} currency
 * @returns {Row}
 */
function openRow(line, currency) {
  const unit = unitPrice(line, currency);
  let listValue = currency.round(floored(line.list + line.modifiers) * line.quantity, ONE);
  let gross = currency.round(unit * line.quantity, ONE);
  if (line.label !== null) {
    if (line.override !== null || line.modifiers) throw new PricingError("label_fixed", { line: line.id });
    gross = listValue = line.label;
  }
  if (gross > MAX_AMOUNT || listValue > MAX_AMOUNT) throw new PricingError("amount_too_large", { line: line.id });
  return { line, unit, gross: line.gratis ? 0n : gross, listValue, discount: 0n, cartDiscount: 0n, points: 0n };
}

/** @param {Line} line @param {Currency} currency */
function unitPrice(line, currency) {
  if (line.override !== null) return line.override;
  const price = line.promotion === null ? line.list : currency.round(line.list * (WHOLE - line.promotion), WHOLE);
  const unit = price + line.modifiers;
  if (unit < 0n) throw new PricingError("unit_below_zero", { line: line.id });
  return unit;
}

/**
 * What stays of a line and what becomes gratis when it is marked: one unit, or all of a line up to one unit.
 * @param {bigint} quantity
 */
export function gratisSplit(quantity) {
  const gratis = quantity < ONE ? quantity : ONE;
  return { paid: quantity - gratis, gratis };
}

/**
 * The quantity behind a price label's amount, at least the smallest one.
 * @param {bigint} label
 * @param {bigint} unit
 */
export function labelQuantity(label, unit) {
  if (!unit) throw new PricingError("label_without_price");
  const quantity = roundHalfUp(label * ONE, unit) || 1n;
  if (quantity > MAX_QUANTITY) throw new PricingError("quantity_too_large");
  return quantity;
}
