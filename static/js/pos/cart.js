// The cart as the cashier builds it; the engine prices it. Pure: no page, no network, no clock.

import { formatPrice, formatQuantity, parseQuantity } from "./money.js";
import { percentOn } from "./taxes.js";

/** @typedef {import("./catalog.js").Item} Item */
/** @typedef {{id: string, name: string, price: string}} Choice a chosen answer of a modifier group */
/**
 * @typedef {object} CartLine
 * @property {string} id
 * @property {Item} item
 * @property {string} quantity
 * @property {Choice[]} [choices]
 * @property {string} [label] the amount on a price label
 * @property {import("./promotions.js").Promoted} [promotion] which it was added with, and keeps
 * @property {string} [added] what the store's clock showed then
 * @property {string} [override] a unit price in place of the list's
 * @property {import("./pricing/reading.js").DiscountText} [discount]
 * @property {boolean} [gratis]
 * @property {string} [note]
 */

const LONGEST_NAME = 200;

/**
 * One more of an item: raises the line with the same choices and promotion, or makes one. What a label weighed or priced is a line of its own, and so is
 * what something was agreed about.
 * @param {CartLine[]} lines
 * @param {Item} item
 * @param {string} id of a new line
 * @param {{quantity?: string, choices?: Choice[], label?: string, promotion?: import("./promotions.js").Promoted, added?: string}} [more]
 */
export function addItem(lines, item, id, { quantity = "1", choices = [], label, promotion, added } = {}) {
  const same = lines.find((line) => line.item.id === item.id && line.item.price === item.price && line.promotion?.id === promotion?.id && line.promotion?.percent === promotion?.percent && !line.label && !isAgreed(line) && sameChoices(line.choices ?? [], choices));
  if (!same || label || item.decimals) return [...lines, { id, item, quantity, choices, ...(label && { label }), ...(promotion && { promotion }), ...(added && { added }) }];
  return withQuantity(lines, same.id, formatQuantity(parseQuantity(same.quantity) + parseQuantity(quantity)));
}

/** Whether somebody agreed on something about this line alone. @param {CartLine} line */
export const isAgreed = ({ override, discount, gratis, note }) => Boolean(override || discount || gratis || note);

/** @param {Choice[]} one @param {Choice[]} other */
const sameChoices = (one, other) => one.map(({ id }) => id).join() === other.map(({ id }) => id).join();

/**
 * @param {CartLine[]} lines
 * @param {string} id
 * @param {string} quantity "0" removes the line
 */
export function withQuantity(lines, id, quantity) {
  if (parseQuantity(quantity) === 0n) return lines.filter((line) => line.id !== id);
  return lines.map((line) => (line.id === id ? { ...line, quantity } : line));
}

/**
 * A step up or down; what is below one piece goes.
 * @param {CartLine} line
 * @param {1 | -1} direction
 */
export function stepped(line, direction) {
  const next = parseQuantity(line.quantity) + BigInt(direction) * 1000n;
  return formatQuantity(next > 0n ? next : 0n);
}

/** @param {CartLine} line @param {string} quantity */
export const fits = (line, quantity) => parseQuantity(quantity) % 10n ** BigInt(3 - line.item.decimals) === 0n;

/** Whole things count one by one, weighed goods as one. @param {CartLine[]} lines */
export const countOf = (lines) => lines.reduce((count, line) => count + (line.item.decimals ? 1 : Number(parseQuantity(line.quantity) / 1000n)), 0);

/** «Ćevapi veliki», with what was chosen: «Ćevapi veliki · sa lukom». @param {CartLine} line */
export function nameOf({ item, choices = [] }) {
  const name = item.variant ? `${item.name} ${item.variant}` : item.name;
  return choices.length ? `${name} · ${choices.map((choice) => choice.name).join(", ")}` : name;
}

/**
 * The engine's input.
 * @param {CartLine[]} lines
 * @param {Record<string, any>} profiles rows of the cache
 * @param {{code: string, digits: number}} currency
 * @param {string} day of the store: what is valid of a rate that changes
 * @param {import("./pricing/payment.js").TenderText[] | null} tenders
 * @param {boolean} customer whether somebody known is buying
 * @returns {import("./pricing/engine.js").Cart}
 */
export function engineCart(lines, profiles, currency, day, tenders = null, customer = false) {
  const used = [...new Set(lines.map((line) => line.item.profile))];
  return {
    currency,
    customer,
    lines: lines.map(({ id, item, quantity, choices = [], label, promotion, override, discount, gratis }) => ({
      ...{ id, product: item.product, quantity, list: item.price, profile: item.profile },
      ...(choices.length && { modifiers: choices.map((choice) => choice.price) }),
      ...(label && { label }),
      ...(promotion && { promotion: promotion.percent }),
      ...(override && { override }),
      ...(discount && { discount }),
      ...(gratis && { gratis }),
    })),
    profiles: Object.fromEntries(used.map((key) => [key, profiles[key][1].map((/** @type {RateRow} */ row) => rateOf(row, day))])),
    ...(tenders && { tenders }),
  };
}

/** @typedef {[code: string, kind: string, rate: string, inclusive: boolean, compound: boolean, priority: number, changes?: [string, string][]]} RateRow */

/** @param {RateRow} row @param {string} day */
const rateOf = ([code, kind, rate, inclusive, compound, priority, changes = []], day) => ({ code, kind, rate: percentOn(rate, changes, day), inclusive, compound, priority });

/** @param {CartLine[]} lines */
export const goodsOf = (lines) =>
  lines.map((line) => ({
    ...{ line: line.id, item: line.item.id, name: nameOf(line).slice(0, LONGEST_NAME), sku: line.item.sku, unit: line.item.unit },
    ...(line.choices?.length && { modifiers: line.choices.map((choice) => choice.id) }),
    ...(line.note && { note: line.note }),
    ...(line.promotion && { promotion: line.promotion.id }),
    ...(line.added && { added: line.added }),
  }));

/**
 * Exact, and the next notes above it.
 * @param {string} due
 * @param {bigint} amount scaled
 */
export function quickCash(due, amount) {
  const notes = [5n, 10n, 20n, 50n, 100n, 200n, 500n];
  const seen = new Set([amount]);
  const offers = [];
  for (const note of notes) {
    const step = note * 10_000n;
    const next = ((amount + step - 1n) / step) * step;
    if (seen.has(next)) continue;
    seen.add(next);
    offers.push(next);
  }
  return [due, ...offers.sort((a, b) => (a < b ? -1 : 1)).slice(0, 4).map(formatPrice)];
}
