// What has to be lowered or removed so that a cart's manual discounts are allowed (POS-18), the twin of pos/pricing/fitting.py.

import { WHOLE, sum } from "../money.js";
import { amountOf, eligibleRows, reserved, valueText } from "./discounts.js";
import { parseCart } from "./engine.js";
import { exactDiscount, maximumFor } from "./limits.js";
import { left, openRows } from "./lines.js";

/** @typedef {import("./reading.js").Discount} Discount */
/** @typedef {import("./lines.js").Row} Row */
/** @typedef {import("./engine.js").ParsedCart} ParsedCart */
/** @typedef {{discount: Discount | null, reason: string}} Lowered a discount as it may stay, and the refusal it would otherwise meet */
/** @typedef {Map<string | null, Lowered>} Changes by line, null: the cart's */

/** @param {import("./engine.js").Cart} text */
export function fitDiscounts(text) {
  const cart = parseCart(text);
  /** @type {Changes} */
  const changes = new Map();
  const rows = openRows(cart.lines, cart.currency);
  for (const row of rows) withinLine(row, cart, changes);
  const discount = withinCart(rows, cart, changes);
  if (cart.limit && !cart.limit.approved) {
    const maximum = maximumFor(cart.limit, sum(rows.map((row) => row.gross)), cart.customer);
    if (maximum) withinLimit(rows, cart, discount, maximum, changes);
  }
  const shown = ({ discount: fits, reason } = /** @type {Lowered} */ ({})) => ({
    discount: fits && { kind: fits.kind, value: valueText(fits, cart.currency) },
    reason,
  });
  const lines = cart.lines.filter(({ id }) => changes.has(id)).map(({ id }) => ({ line: id, ...shown(changes.get(id)) }));
  return { lines, cart: changes.has(null) ? shown(changes.get(null)) : null };
}

/**
 * Rule 4: what a line may have at all.
 * @param {Row} row
 * @param {ParsedCart} cart
 * @param {Changes} changes
 */
function withinLine(row, cart, changes) {
  const { discount, gratis } = row.line;
  if (!discount) return;
  if (gratis) return set(row, null, "gratis_discounted", cart, changes);
  if (reserved(row, cart)) return set(row, null, "promotion_needs_customer", cart, changes);
  row.discount = amountOf(discount, row.gross, cart.currency);
  if (row.discount > row.gross) set(row, { ...discount, value: row.gross }, "discount_above_line", cart, changes);
}

/**
 * Rule 5: what the cart may have at all.
 * @param {Row[]} rows
 * @param {ParsedCart} cart
 * @param {Changes} changes
 */
function withinCart(rows, cart, changes) {
  if (!cart.discount) return null;
  const eligible = eligibleRows(rows, cart);
  const base = sum(eligible.map(left));
  if (!eligible.length) return setCart(null, "no_eligible_lines", changes);
  if (amountOf(cart.discount, base, cart.currency) > base) return setCart({ ...cart.discount, value: base }, "discount_above_cart", changes);
  return cart.discount;
}

/**
 * Rule 6, the cart's discount first, then the lines' from the last.
 * @param {Row[]} rows
 * @param {ParsedCart} cart
 * @param {Discount | null} discount
 * @param {Discount} maximum
 * @param {Changes} changes
 */
function withinLimit(rows, cart, discount, maximum, changes) {
  const room = new Room(maximum, sum(rows.map((row) => row.gross)), cart.currency);
  for (const { line, gross } of rows) if (line.discount) room.left -= room.cost(line.discount, gross);
  if (discount) {
    const base = sum(eligibleRows(rows, cart).map(left));
    room.left -= room.cost(discount, base);
    // Where the lines alone are too much, they are about to give way: what the cart's would come to is not known yet.
    if (room.left < 0n) setCart(room.fit(discount, base), "limit_exceeded", changes);
  }
  for (const row of [...rows].reverse()) {
    if (room.left < 0n && row.discount && row.line.discount) set(row, room.fit(row.line.discount, row.gross), "limit_exceeded", cart, changes);
  }
}

/** What a limit leaves, in 1/WHOLE of a scaled amount: exact where it is a percentage, rounded where it is an amount. */
class Room {
  /** @param {Discount} maximum @param {bigint} gross @param {import("../money.js").Currency} currency */
  constructor(maximum, gross, currency) {
    this.exact = maximum.kind === "percent";
    this.currency = currency;
    this.left = this.exact ? gross * maximum.value : maximum.value * WHOLE;
  }

  /** @param {Discount} discount @param {bigint} base */
  cost(discount, base) {
    return this.exact ? exactDiscount(discount, base) : amountOf(discount, base, this.currency) * WHOLE;
  }

  /**
   * A discount that was counted and is too much, as large as it may be; null where nothing of it may stay.
   * @param {Discount} discount
   * @param {bigint} base
   * @returns {Discount | null}
   */
  fit(discount, base) {
    this.left += this.cost(discount, base);
    if (this.left < 0n) return null;
    const largest = this.largest(discount, base);
    const fitting = { ...discount, value: largest < discount.value ? largest : discount.value };
    this.left -= this.cost(fitting, base);
    return fitting.value ? fitting : null;
  }

  /** @param {Discount} discount @param {bigint} base */
  largest(discount, base) {
    const { step } = this.currency;
    if (discount.kind === "amount") return (this.left / (WHOLE * step)) * step;
    if (this.exact) return this.left / base;
    // round(base * p / WHOLE) <= left  <=>  2 * base * p < 2 * left + one minor unit
    return (2n * this.left + WHOLE * step - 1n) / (2n * base);
  }
}

/**
 * @param {Row} row
 * @param {Discount | null} discount
 * @param {string} reason
 * @param {ParsedCart} cart
 * @param {Changes} changes
 */
function set(row, discount, reason, cart, changes) {
  changes.set(row.line.id, { discount, reason });
  row.line = { ...row.line, discount };
  row.discount = discount ? amountOf(discount, row.gross, cart.currency) : 0n;
}

/** @param {Discount | null} discount @param {string} reason @param {Changes} changes */
function setCart(discount, reason, changes) {
  changes.set(null, { discount, reason });
  return discount;
}
