// Unit price, gross and gratis (rules 1 to 3), discounts (4, 5, 8), their limit (6) and points (7).

import { MAX_AMOUNT, ONE, PricingError, WHOLE, allocate, formatRate, parseCount, parsePrice, parseQuantity, parseRate, sum } from "../money.js";

/** @typedef {import("../money.js").Currency} Currency */
/** @typedef {{kind: "percent" | "amount", value: string}} DiscountText */
/** @typedef {{kind: "percent" | "amount", value: bigint}} Discount */
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
 * @property {DiscountText | null} [discount]
 */
/**
 * @typedef {object} Row
 * @property {LineText} line
 * @property {bigint} quantity
 * @property {bigint} unit
 * @property {bigint} gross
 * @property {bigint} listValue
 * @property {bigint} discount
 * @property {bigint} cartDiscount
 * @property {bigint} points
 * @property {Discount | null} own
 */
/** @typedef {{currency: Currency, customer: boolean, discount: Discount | null}} Frame */

/** @param {Row} row */
export const left = (row) => row.gross - row.discount - row.cartDiscount - row.points;

/**
 * @param {DiscountText | null | undefined} text
 * @param {Currency} currency
 * @returns {Discount | null}
 */
export function parseDiscount(text, currency) {
  if (!text) return null;
  return { kind: text.kind, value: text.kind === "percent" ? parseRate(text.value) : currency.parse(text.value) };
}

/**
 * @param {Discount} discount
 * @param {bigint} base
 * @param {Currency} currency
 */
export const amountOf = (discount, base, currency) =>
  discount.kind === "percent" ? currency.round(base * discount.value, WHOLE) : discount.value;

/**
 * @param {LineText[]} lines
 * @param {Currency} currency
 * @returns {Row[]}
 */
export function openRows(lines, currency) {
  /** @type {Map<string, bigint>} */
  const gratis = new Map();
  return lines.map((line) => {
    const quantity = parseQuantity(line.quantity);
    if (line.gratis) {
      const counted = (gratis.get(line.product) ?? 0n) + quantity;
      if (counted > ONE) throw new PricingError("gratis_limit", { line: line.id, product: line.product });
      gratis.set(line.product, counted);
    }
    return openRow(line, quantity, currency);
  });
}

/**
 * @param {LineText} line
 * @param {bigint} quantity
 * @param {Currency} currency
 * @returns {Row}
 */
function openRow(line, quantity, currency) {
  const list = parsePrice(line.list);
  const modifiers = sum((line.modifiers ?? []).map((text) => parsePrice(text, true)));
  const unit = unitPrice(line, list, modifiers, currency);
  let listValue = currency.round((list + modifiers > 0n ? list + modifiers : 0n) * quantity, ONE);
  let gross = currency.round(unit * quantity, ONE);
  if (line.label !== null && line.label !== undefined) {
    if ((line.override ?? null) !== null || modifiers) throw new PricingError("label_fixed", { line: line.id });
    gross = listValue = currency.parse(line.label);
  }
  if (gross > MAX_AMOUNT || listValue > MAX_AMOUNT) throw new PricingError("amount_too_large", { line: line.id });
  const own = parseDiscount(line.discount, currency);
  return { line, quantity, unit, gross: line.gratis ? 0n : gross, listValue, discount: 0n, cartDiscount: 0n, points: 0n, own };
}

/**
 * @param {LineText} line
 * @param {bigint} list
 * @param {bigint} modifiers
 * @param {Currency} currency
 */
function unitPrice(line, list, modifiers, currency) {
  if (line.override !== null && line.override !== undefined) return parsePrice(line.override);
  const promotion = line.promotion ?? null;
  const price = promotion === null ? list : currency.round(list * (WHOLE - parseRate(promotion)), WHOLE);
  if (price + modifiers < 0n) throw new PricingError("unit_below_zero", { line: line.id });
  return price + modifiers;
}

/** @param {Row} row @param {Frame} frame */
const reserved = (row, frame) => (row.line.promotion ?? null) !== null && !frame.customer;

/** @param {Row[]} rows @param {Frame} frame */
const eligible = (rows, frame) => rows.filter((row) => !row.line.gratis && !reserved(row, frame));

/** @param {Row[]} rows @param {Frame} frame */
export function discountLines(rows, frame) {
  for (const row of rows) {
    if (!row.own) continue;
    if (row.line.gratis) throw new PricingError("gratis_discounted", { line: row.line.id });
    if (reserved(row, frame)) throw new PricingError("promotion_needs_customer", { line: row.line.id });
    row.discount = amountOf(row.own, row.gross, frame.currency);
    if (row.discount > row.gross) {
      throw new PricingError("discount_above_line", { line: row.line.id, allowed: frame.currency.format(row.gross) });
    }
  }
}

/** @param {Row[]} rows @param {Frame} frame */
export function discountCart(rows, frame) {
  if (!frame.discount) return 0n;
  const reached = eligible(rows, frame);
  if (!reached.length) throw new PricingError("no_eligible_lines");
  const weights = reached.map(left);
  const base = sum(weights);
  const amount = amountOf(frame.discount, base, frame.currency);
  if (amount > base) throw new PricingError("discount_above_cart", { allowed: frame.currency.format(base) });
  allocate(amount, weights, frame.currency.step).forEach((share, index) => (reached[index].cartDiscount = share));
  return amount;
}

/** @typedef {{start: string, kind: "percent" | "amount", value: string}} TierText */
/** @typedef {{tiers?: TierText[], with_customer?: DiscountText | null, approved?: boolean}} LimitText */

/**
 * Rule 6: percentages count unrounded.
 * @param {Row[]} rows
 * @param {Frame} frame
 * @param {LimitText | null | undefined} limit
 * @param {bigint} cartDiscount
 */
export function checkLimit(rows, frame, limit, cartDiscount) {
  const gross = sum(rows.map((row) => row.gross));
  const maximum = limit ? maximumFor(limit, gross, frame) : null;
  if (!limit || !maximum) return null;
  const used = sum(rows.map((row) => row.discount)) + cartDiscount;
  const exceeded = maximum.kind === "percent" ? exactDiscounts(rows, frame) > gross * maximum.value : used > maximum.value;
  const { currency } = frame;
  const value = maximum.kind === "percent" ? formatRate(maximum.value) : currency.format(maximum.value);
  const use = { kind: maximum.kind, value, allowed: currency.format(amountOf(maximum, gross, currency)), used: currency.format(used), exceeded };
  if (exceeded && !limit.approved) {
    throw new PricingError("limit_exceeded", { kind: use.kind, limit: value, allowed: use.allowed, used: use.used });
  }
  return use;
}

/** @param {LimitText} limit @param {bigint} gross @param {Frame} frame */
function maximumFor(limit, gross, frame) {
  if (frame.customer) return parseDiscount(limit.with_customer, frame.currency);
  const tiers = (limit.tiers ?? []).filter((tier) => frame.currency.parse(tier.start) <= gross);
  return parseDiscount(tiers.at(-1), frame.currency);
}

/** @param {Row[]} rows @param {Frame} frame */
function exactDiscounts(rows, frame) {
  const lines = sum(rows.map((row) => (row.own ? exact(row.own, row.gross) : 0n)));
  if (!frame.discount) return lines;
  return lines + exact(frame.discount, sum(eligible(rows, frame).map((row) => row.gross - row.discount)));
}

/** @param {Discount} discount @param {bigint} base */
const exact = (discount, base) => (discount.kind === "percent" ? base * discount.value : discount.value * WHOLE);

/** @typedef {{use: string, balance: string, minimum: string, value_of_100: string}} PointsText */

/** @param {Row[]} rows @param {Frame} frame @param {PointsText | null | undefined} text */
export function redeem(rows, frame, text) {
  if (!text) return null;
  const use = text.use === "all" ? null : parseCount(text.use);
  const balance = parseCount(text.balance);
  const minimum = parseCount(text.minimum);
  const worth = parsePrice(text.value_of_100);
  if (use === 0n) return null;
  if (!frame.customer) throw new PricingError("points_need_customer");
  if (balance < minimum) throw new PricingError("points_below_minimum", { minimum: String(minimum), balance: String(balance) });
  if (use !== null && use > balance) throw new PricingError("points_above_balance", { balance: String(balance) });
  const { currency } = frame;
  const open = rows.filter((row) => !row.line.gratis);
  const weights = open.map(left);
  const room = sum(weights);
  const used = use ?? allThatFit(balance, worth, room, currency);
  const value = currency.floor(used * worth, 100n);
  if (value > room) throw new PricingError("points_above_total", { allowed: currency.format(room) });
  allocate(value, weights, currency.step).forEach((share, index) => (open[index].points = share));
  return { used, value, balance: balance - used };
}

/** @param {bigint} balance @param {bigint} worth @param {bigint} room @param {Currency} currency */
function allThatFit(balance, worth, room, currency) {
  const fitting = (100n * (room + currency.step) - 1n) / worth;
  const count = balance < fitting ? balance : fitting;
  return currency.floor(count * worth, 100n) ? count : 0n;
}
