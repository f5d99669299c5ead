// Promotions as the cache holds them: what holds when, the best for a product, and what it makes of a price. Pure, the twin of
// pos/offline/promotions.py.

import { Currency, WHOLE, formatPrice, parsePrice, parseRate } from "./money.js";

/**
 * @typedef {object} Promotion
 * @property {string} id
 * @property {string} name
 * @property {string} percent
 * @property {string} starts what the store's clock shows: «2026-11-26T08:00»
 * @property {string} ends with this minute
 */
/** @typedef {{id: string, percent: string}} Promoted what a line keeps of the promotion it was added with */

/**
 * The promotions of each product, those that take most off first.
 * @param {Record<string, [name: string, percent: string, starts: string, ends: string, products: string[]]>} rows
 * @returns {Map<string, Promotion[]>}
 */
export function promotionsByProduct(rows) {
  const all = Object.entries(rows).sort(([a, [, one]], [b, [, other]]) => (parseRate(one) === parseRate(other) ? (a < b ? -1 : 1) : parseRate(one) > parseRate(other) ? -1 : 1));
  /** @type {Map<string, Promotion[]>} */
  const found = new Map();
  for (const [id, [name, percent, starts, ends, products]] of all) {
    for (const product of products) found.set(product, [...(found.get(product) ?? []), { id, name, percent, starts, ends }]);
  }
  return found;
}

/**
 * The best of a product's promotions while the store's clock shows `wall` (ANL-26).
 * @param {Promotion[] | undefined} promotions
 * @param {string} wall
 */
export const bestAt = (promotions, wall) => promotions?.find(({ starts, ends }) => starts <= wall && wall <= ends);

/**
 * What is on promotion while the store's clock shows `wall`, by product.
 * @param {Map<string, Promotion[]>} byProduct
 * @param {string} wall
 */
export function runningAt(byProduct, wall) {
  /** @type {Map<string, Promotion>} */
  const found = new Map();
  for (const [product, promotions] of byProduct) {
    const best = bestAt(promotions, wall);
    if (best) found.set(product, best);
  }
  return found;
}

/**
 * A list price on promotion, as the engine makes it (pricing rule 1).
 * @param {string} list
 * @param {string} percent
 * @param {import("./money.js").CurrencyText} currency
 */
export const reduced = (list, percent, currency) => formatPrice(new Currency(currency).round(parsePrice(list) * (WHOLE - parseRate(percent)), WHOLE));

/**
 * What is worth telling whoever buys something else: products on promotion that are not in the cart and not out of stock, what takes
 * most off first (POS-22).
 * @param {{variantsOf: (product: string) => import("./catalog.js").Item[]}} catalog
 * @param {Map<string, Promotion>} running
 * @param {import("./cart.js").CartLine[]} lines
 * @param {Set<string>} out variants of which none is left
 * @param {number} most
 */
export function suggestions(catalog, running, lines, out, most) {
  const inCart = new Set(lines.map((line) => line.item.product));
  const found = [];
  for (const [product, promotion] of running) {
    const variants = inCart.has(product) ? [] : catalog.variantsOf(product).filter((item) => !out.has(item.id));
    if (variants.length) found.push({ variants, promotion });
  }
  const rate = (/** @type {{promotion: Promotion}} */ { promotion }) => Number(parseRate(promotion.percent));
  return found.sort((a, b) => rate(b) - rate(a) || a.variants[0].name.localeCompare(b.variants[0].name, "hr")).slice(0, most);
}
