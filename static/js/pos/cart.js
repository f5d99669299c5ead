// The cart as the cashier builds it; the engine prices it. Pure: no page, no network, no clock.

import { formatPrice, formatQuantity, parseQuantity } from "./money.js";

/** @typedef {import("./catalog.js").Item} Item */
/** @typedef {{id: string, item: Item, quantity: string}} CartLine */

/**
 * One more of an item: raises its line, or makes one.
 * @param {CartLine[]} lines
 * @param {Item} item
 * @param {string} id of a new line
 */
export function addItem(lines, item, id) {
  const same = lines.find((line) => line.item.id === item.id && line.item.price === item.price);
  if (!same) return [...lines, { id, item, quantity: "1" }];
  return withQuantity(lines, same.id, formatQuantity(parseQuantity(same.quantity) + 1000n));
}

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
export const fits = (line, quantity) => line.item.unit !== "piece" || parseQuantity(quantity) % 1000n === 0n;

/** Pieces count one by one, weighed goods as one. @param {CartLine[]} lines */
export const countOf = (lines) =>
  lines.reduce((count, line) => count + (line.item.unit === "piece" ? Number(parseQuantity(line.quantity) / 1000n) : 1), 0);

/**
 * The engine's input.
 * @param {CartLine[]} lines
 * @param {Record<string, any>} profiles rows of the cache
 * @param {{code: string, digits: number}} currency
 * @param {import("./pricing/payment.js").TenderText[] | null} tenders
 * @returns {import("./pricing/engine.js").Cart}
 */
export function engineCart(lines, profiles, currency, tenders = null) {
  const used = [...new Set(lines.map((line) => line.item.profile))];
  return {
    currency,
    customer: false,
    lines: lines.map(({ id, item, quantity }) => ({ id, product: item.product, quantity, list: item.price, profile: item.profile })),
    profiles: Object.fromEntries(used.map((key) => [key, profiles[key][1].map(rateOf)])),
    ...(tenders && { tenders }),
  };
}

/** @param {[string, string, string, boolean, boolean, number]} row */
const rateOf = ([code, kind, rate, inclusive, compound, priority]) => ({ code, kind, rate, inclusive, compound, priority });

/** @param {CartLine[]} lines */
export const goodsOf = (lines) =>
  lines.map(({ id, item }) => ({ line: id, item: item.id, name: item.variant ? `${item.name} ${item.variant}` : item.name, sku: item.sku, unit: item.unit }));

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
