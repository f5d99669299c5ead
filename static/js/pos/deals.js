// What is taken off a cart by hand: prices, discounts and gifts of lines, the cart's discount, who may, and to what a manager
// said yes. Pure: no page, no network, no clock.

import { engineCart, nameOf } from "./cart.js";
import { formatPrice, formatQuantity, parsePrice, parseQuantity } from "./money.js";
import { price } from "./pricing/engine.js";
import { reduced } from "./promotions.js";
import { fitDiscounts } from "./pricing/fitting.js";
import { gratisSplit } from "./pricing/lines.js";

/** @typedef {import("./cart.js").CartLine} CartLine */
/** @typedef {import("./pricing/reading.js").DiscountText} DiscountText */
/** @typedef {{discount?: string, line?: string, price?: string, quantity?: string}} Scope how far a yes goes: so much off, or this line at this price */
/** @typedef {{code: string, amounts: Record<string, string>, scope: Scope}} Need a right that the cart takes, and what a manager should know of it */
/** @typedef {{by: string, name: string, code: string, reason: string, offline: boolean, amounts: Record<string, string>, scopes: Scope[]}} Approval */
/** @typedef {{id: string, discount: DiscountText | null, approvals: Approval[]}} Deal id: of the operation that the cart will be, once somebody approved something of it */
/** @typedef {{lines: CartLine[], deal: Deal}} Cart */
/**
 * @typedef {object} Frame
 * @property {Record<string, any>} profiles
 * @property {{code: string, digits: number}} currency
 * @property {string} day
 * @property {import("./pricing/limits.js").LimitText} limit
 * @property {boolean} [customer] whether somebody known is buying
 * @property {(code: string) => boolean} may whether whoever is at the till has the right
 */

export const DISCOUNT = "sale.discount";
export const ABOVE_LIMIT = "sale.discount_above_limit";
export const PRICE = "sale.price";
export const GRATIS = "sale.gratis";
// An operation carries no more.
const MOST_APPROVALS = 20;
const LONGEST = 200;

/** @type {Deal} */
export const NO_DEAL = { id: "", discount: null, approvals: [] };

/**
 * The limits of the settings in whole minor units of the currency, upward, as the server reads them.
 * @param {import("./pricing/limits.js").TierText[]} tiers
 * @param {string} withCustomer per cent
 * @param {number} digits
 * @returns {import("./pricing/limits.js").LimitText}
 */
export function limitOf(tiers, withCustomer, digits) {
  const step = 10n ** BigInt(4 - digits);
  const whole = (/** @type {string} */ amount) => formatPrice(((parsePrice(amount) + step - 1n) / step) * step);
  return {
    tiers: tiers.map(({ start, kind, value }) => ({ start: whole(start), kind, value: kind === "amount" ? whole(value) : value })),
    with_customer: { kind: "percent", value: withCustomer },
  };
}

/** Whether anything was taken off by a discount. @param {Cart} cart */
export const discounted = ({ lines, deal }) => deal.discount !== null || lines.some((line) => line.discount);

/**
 * The engine's input; `approved` where the limit was looked at already.
 * @param {Cart} cart
 * @param {Frame} frame
 * @param {boolean} approved
 * @param {import("./pricing/payment.js").TenderText[] | null} [tenders]
 */
export function cartOf(cart, { profiles, currency, day, limit, customer = false }, approved, tenders = null) {
  const more = discounted(cart) ? { discount: cart.deal.discount, limit: { ...limit, approved } } : {};
  return { ...engineCart(cart.lines, profiles, currency, day, tenders, customer), ...more };
}

/** What a cart costs, whatever its limit. @param {Cart} cart @param {Frame} frame */
export const costOf = (cart, frame) => price(cartOf(cart, frame, true));

/**
 * Change what is agreed about a line; what is empty goes.
 * @param {CartLine[]} lines
 * @param {string} id
 * @param {Partial<CartLine>} change
 */
export function agreed(lines, id, change) {
  return lines.map((line) => {
    if (line.id !== id) return line;
    const { override, discount, gratis, note, ...rest } = { ...line, ...change };
    return { ...rest, ...(override && { override }), ...(discount && { discount }), ...(gratis && { gratis }), ...(note && { note }) };
  });
}

/**
 * Mark a line gratis: one unit of it becomes a line of its own. Null where the product has its free piece already.
 * @param {CartLine[]} lines
 * @param {string} id
 * @param {string} other id of a new line
 */
export function givenAway(lines, id, other) {
  const line = lines.find((each) => each.id === id);
  if (!line || lines.some((each) => each.gratis && each.item.product === line.item.product)) return null;
  const { paid, gratis } = gratisSplit(parseQuantity(line.quantity));
  const free = { override: undefined, discount: undefined, gratis: true };
  if (!paid) return agreed(lines, id, free);
  const [gift] = agreed([{ ...line, id: other, quantity: formatQuantity(gratis) }], other, free);
  return lines.flatMap((each) => (each.id === id ? [{ ...each, quantity: formatQuantity(paid) }, gift] : [each]));
}

/**
 * Every right that a cart takes, with what a manager should know.
 * @param {Cart} cart
 * @param {ReturnType<typeof price>} sale
 * @returns {Need[]}
 */
export function needed(cart, sale) {
  const discount = sale.totals.discounts;
  const needs = [];
  if (discounted(cart)) needs.push({ code: DISCOUNT, amounts: { discount }, scope: { discount } });
  if (sale.limit?.exceeded) needs.push({ code: ABOVE_LIMIT, amounts: { discount, allowed: sale.limit.allowed }, scope: { discount } });
  for (const line of cart.lines) {
    const article = nameOf(line).slice(0, LONGEST);
    const amounts = { article, quantity: line.quantity, list_price: listPrice(line) };
    if (line.override) needs.push({ code: PRICE, amounts: { ...amounts, price: line.override }, scope: { line: line.id, price: line.override, quantity: line.quantity } });
    if (line.gratis) needs.push({ code: GRATIS, amounts, scope: { line: line.id } });
  }
  return needs;
}

/** What one unit would cost by the list, with what was chosen. @param {CartLine} line */
export const listPrice = ({ item, choices = [] }) => withChoices(item.price, choices);

/**
 * What one unit costs unless somebody agrees on another price: by the promotion that the line was added with, else by the list.
 * @param {CartLine} line
 * @param {{code: string, digits: number}} currency
 */
export const usualPrice = ({ item, choices = [], promotion }, currency) => withChoices(promotion ? reduced(item.price, promotion.percent, currency) : item.price, choices);

/** @param {string} unit @param {import("./cart.js").Choice[]} choices */
function withChoices(unit, choices) {
  const total = choices.reduce((sum, choice) => sum + parsePrice(choice.price, true), parsePrice(unit));
  return formatPrice(total > 0n ? total : 0n);
}

/**
 * What neither the person at the till may do nor a manager said yes to.
 * @param {Cart} cart
 * @param {ReturnType<typeof price>} sale
 * @param {(code: string) => boolean} may
 */
export const missing = (cart, sale, may) =>
  needed(cart, sale).filter(({ code, scope }) => !may(code) && !cart.deal.approvals.some((approval) => approval.code === code && approval.scopes.some((given) => reaches(given, scope))));

/**
 * A yes to so much off holds for less, one to a price for this line and no more of it.
 * @param {Scope} given
 * @param {Scope} wanted
 */
function reaches(given, wanted) {
  if (wanted.discount !== undefined) return given.discount !== undefined && parsePrice(given.discount) >= parsePrice(wanted.discount);
  if (given.line !== wanted.line || given.price !== wanted.price) return false;
  return wanted.quantity === undefined || (given.quantity !== undefined && parseQuantity(given.quantity) >= parseQuantity(wanted.quantity));
}

/**
 * One question for each right: amounts of several articles stand side by side.
 * @param {Need[]} needs
 */
export function questions(needs) {
  /** @type {Map<string, {code: string, amounts: Record<string, string>, scopes: Scope[]}>} */
  const asked = new Map();
  for (const { code, amounts, scope } of needs) {
    const known = asked.get(code) ?? { code, amounts: {}, scopes: [] };
    for (const [name, value] of Object.entries(amounts)) known.amounts[name] = (known.amounts[name] ? `${known.amounts[name]}; ${value}` : value).slice(0, LONGEST);
    known.scopes.push(scope);
    asked.set(code, known);
  }
  return [...asked.values()];
}

/**
 * The approvals as the operation carries them: those whose right is still needed, each right once before any twice.
 * @param {Cart} cart
 * @param {ReturnType<typeof price>} sale
 */
export function carried(cart, sale) {
  const codes = new Set(needed(cart, sale).map(({ code }) => code));
  const given = cart.deal.approvals.filter(({ code }) => codes.has(code)).reverse();
  const first = (/** @type {Approval} */ approval) => given.find(({ code }) => code === approval.code) === approval;
  const order = [...given.filter(first), ...given.filter((approval) => !first(approval))];
  return order.slice(0, MOST_APPROVALS).map(({ by, code, reason, offline, amounts }) => ({ by, code, reason, offline, amounts }));
}

/** @typedef {{line: CartLine | null, discount: DiscountText | null}} Lowered a discount that had to give way: of which line (null: the cart's), and what is left of it */

/**
 * The cart as it may stay after its contents changed (POS-18): what is too much is lowered, what is no longer allowed goes.
 * @param {Cart} cart
 * @param {Frame} frame
 * @returns {Cart & {lowered: Lowered[]}}
 */
export function fitted(cart, frame) {
  if (!cart.lines.length) return { lines: cart.lines, deal: NO_DEAL, lowered: [] };
  if (!discounted(cart)) return { ...cart, lowered: [] };
  const possible = given(cart, frame, true);
  const sale = costOf(possible, frame);
  if (!missing(possible, sale, frame.may).some(({ code }) => code === ABOVE_LIMIT)) return possible;
  const within = given(possible, frame, false);
  return { ...within, lowered: [...possible.lowered, ...within.lowered] };
}

/**
 * @param {Cart} cart
 * @param {Frame} frame
 * @param {boolean} approved
 */
function given(cart, frame, approved) {
  const changes = fitDiscounts(cartOf(cart, frame, approved));
  /** @type {Lowered[]} */
  const lowered = [];
  let { lines, deal } = cart;
  for (const { line: id, discount } of changes.lines) {
    lowered.push({ line: lines.find((line) => line.id === id) ?? null, discount });
    lines = agreed(lines, id, { discount: discount ?? undefined });
  }
  if (changes.cart) {
    lowered.push({ line: null, discount: changes.cart.discount });
    deal = { ...deal, discount: changes.cart.discount };
  }
  return { lines, deal, lowered };
}
