// What a held cart contains (docs/orders.md), and what becomes of it by today's catalogue. Pure: no page, no network, no clock.

import { addItem, isAgreed, nameOf } from "./cart.js";
import { NO_DEAL, usualPrice } from "./deals.js";
import { formatQuantity, parsePrice } from "./money.js";
import { labelQuantity } from "./pricing/lines.js";

/** @typedef {import("./cart.js").CartLine} CartLine */
/** @typedef {import("./deals.js").Cart} Cart */
/** @typedef {{name: string, before: string, now: string | null}} Change a price that is another one by now; null: no longer sold */
/**
 * @typedef {object} HeldLine
 * @property {string} id
 * @property {string} item
 * @property {string} name
 * @property {string} price
 * @property {string} quantity
 * @property {import("./cart.js").Choice[]} [choices]
 * @property {string} [promotion] per cent
 * @property {string} [label]
 * @property {string} [override]
 * @property {import("./pricing/reading.js").DiscountText} [discount]
 * @property {boolean} [gratis]
 * @property {string} [note]
 */
/**
 * What holds where the cart is opened: the currency, and what a line of a product is made with now.
 * @typedef {{currency: import("./money.js").CurrencyText, offerOf: (product: string) => Pick<CartLine, "promotion" | "added">}} Today
 */
/** @typedef {{id?: string, discount?: import("./pricing/reading.js").DiscountText | null, approvals?: any[]}} HeldDeal */
/** @typedef {{lines: HeldLine[], deal?: HeldDeal}} Contents */

const LONGEST_NAME = 200;

/** @param {Cart} cart @returns {Contents} */
export function contentsOf({ lines, deal }) {
  const { id, discount, approvals } = deal;
  return {
    lines: lines.map((line) => ({
      ...{ id: line.id, item: line.item.id, name: nameOf({ ...line, choices: [] }).slice(0, LONGEST_NAME), price: line.item.price, quantity: line.quantity },
      ...(line.choices?.length && { choices: line.choices.map((choice) => ({ id: choice.id, name: choice.name, price: choice.price })) }),
      ...(line.promotion && { promotion: line.promotion.percent }),
      ...(line.label && { label: line.label }),
      ...(line.override && { override: line.override }),
      ...(line.discount && { discount: line.discount }),
      ...(line.gratis && { gratis: line.gratis }),
      ...(line.note && { note: line.note }),
    })),
    ...((id || discount || approvals.length) && { deal: { ...(id && { id }), ...(discount && { discount }), ...(approvals.length && { approvals }) } }),
  };
}

/**
 * The cart by today's catalogue, with every price that changed meanwhile. What somebody agreed on stays agreed.
 * @param {Contents} contents
 * @param {import("./catalog.js").Catalog} catalog
 * @param {Today} today
 * @returns {Cart & {changes: Change[]}}
 */
export function cartFrom({ lines, deal = {} }, catalog, today) {
  /** @type {Change[]} */
  const changes = [];
  const answers = new Map([...catalog.groups.values()].flatMap((group) => group.answers.map((answer) => [answer.id, answer])));
  const now = lines.flatMap((held) => {
    const item = catalog.item(held.item);
    if (!item) changes.push({ name: held.name, before: held.price, now: null });
    return item ? [lineFrom(held, item, answers, changes, today)] : [];
  });
  const approvals = (deal.approvals ?? []).map((given) => ({ reason: "", offline: false, amounts: {}, scopes: [], ...given }));
  return { lines: now, deal: { ...NO_DEAL, id: deal.id ?? "", discount: deal.discount ?? null, approvals }, changes };
}

/**
 * @param {HeldLine} held
 * @param {import("./catalog.js").Item} item
 * @param {Map<string, import("./catalog.js").Answer>} answers
 * @param {Change[]} changes
 * @param {Today} today
 * @returns {CartLine}
 */
function lineFrom(held, item, answers, changes, { currency, offerOf }) {
  const before = held.choices ?? [];
  const choices = before.flatMap(({ id }) => answers.get(id) ?? []).map(({ id, name, price }) => ({ id, name, price }));
  for (const gone of before.filter(({ id }) => !answers.has(id))) changes.push({ name: `${held.name} · ${gone.name}`, before: gone.price, now: null });
  const still = before.filter(({ id }) => answers.has(id));
  const offer = offerOf(item.product);
  const then = held.promotion && { id: "", percent: held.promotion };
  const was = usualPrice(/** @type {CartLine} */ ({ item: { ...item, price: held.price }, choices: still, ...(then && { promotion: then }) }), currency);
  const costs = usualPrice(/** @type {CartLine} */ ({ item, choices, ...offer }), currency);
  const fixed = held.label || held.override;
  if (!fixed && parsePrice(was) !== parsePrice(costs)) changes.push({ name: held.name, before: was, now: costs });
  const { name: _name, price: _price, item: _item, promotion: _promotion, ...rest } = held;
  const quantity = held.label && parsePrice(item.price) ? formatQuantity(labelQuantity(parsePrice(held.label), parsePrice(item.price))) : held.quantity;
  return { ...rest, item, quantity, ...(before.length && { choices }), ...offer };
}

/**
 * Two carts as one: what is the same stands on one line, a product has one free piece, and the open cart's discount goes before the other's.
 * @param {Cart} open
 * @param {Cart} other
 * @returns {Cart}
 */
export function together(open, other) {
  let { lines } = open;
  for (const line of other.lines) {
    const twice = line.gratis && lines.some((each) => each.gratis && each.item.product === line.item.product);
    const added = twice ? { ...line, gratis: undefined } : line;
    const plain = !isAgreed(added) && !added.label && !added.item.decimals;
    lines = plain ? addItem(lines, added.item, added.id, { quantity: added.quantity, choices: added.choices, promotion: added.promotion, added: added.added }) : [...lines, added];
  }
  return { lines, deal: { id: open.deal.id || other.deal.id, discount: open.deal.discount ?? other.deal.discount, approvals: [...open.deal.approvals, ...other.deal.approvals] } };
}
