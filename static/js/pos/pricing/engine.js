// What a cart costs: the steps in their order (docs/pricing.md), the twin of pos/pricing/engine.py.

import { Currency, MAX_AMOUNT, PricingError, allocate, formatPrice, formatQuantity, formatRate, parsePrice, roundToStep, sum } from "../money.js";
import { profileKey, profileOf, taxesOf } from "../taxes.js";
import { amountOf, checkLimit, discountCart, discountLines, left, openRows, parseDiscount, redeem } from "./lines.js";
import { settle } from "./payment.js";

/** @typedef {import("../taxes.js").Rate} Rate */
/** @typedef {{rate: Rate, amount: bigint}} Share */
/** @typedef {{code: string, kind: string, rate: string, inclusive: boolean, amount: string}} TaxShare */
/**
 * @typedef {object} Cart
 * @property {import("../money.js").CurrencyText} currency
 * @property {boolean} customer
 * @property {import("./lines.js").LineText[]} lines
 * @property {Record<string, import("../taxes.js").RateText[]>} profiles
 * @property {import("./lines.js").DiscountText | null} [discount]
 * @property {import("./lines.js").LimitText | null} [limit]
 * @property {import("./lines.js").PointsText | null} [points]
 * @property {{kind: "percent" | "amount", value: string, profile: string} | null} [service_charge]
 * @property {{step: string, exact_coins?: boolean} | null} [cash_rounding]
 * @property {import("./payment.js").TenderText[] | null} [tenders]
 */

/**
 * What the cart costs and, where it has tenders, how they pay it. Throws PricingError where a rule refuses it.
 * @param {Cart} cart
 */
export function price(cart) {
  const currency = new Currency(cart.currency);
  const frame = { currency, customer: cart.customer, discount: parseDiscount(cart.discount, currency) };
  /** @type {Record<string, Rate[]>} */
  const profiles = Object.fromEntries(Object.entries(cart.profiles).map(([key, rates]) => [key, profileOf(rates)]));
  for (const line of cart.lines) {
    if (!(line.profile in profiles)) throw new PricingError("unknown_profile", { line: line.id });
  }
  const rows = openRows(cart.lines, currency);
  discountLines(rows, frame);
  const limit = checkLimit(rows, frame, cart.limit, discountCart(rows, frame));
  const service = serviceCharge(cart, rows, currency, profiles);
  const points = redeem(rows, frame, cart.points);
  const payables = rows.map(left);
  const keys = rows.map((row) => row.line.profile);
  if (cart.service_charge) {
    payables.push(service);
    keys.push(cart.service_charge.profile);
  }
  const { groups, shares } = taxGroups(profiles, payables, keys, currency);
  const total = sum(groups.map((group) => group.total));
  if (total > MAX_AMOUNT) throw new PricingError("amount_too_large");
  const rounding = cart.cash_rounding ? { step: parsePrice(cart.cash_rounding.step), exact: cart.cash_rounding.exact_coins ?? false } : null;
  const text = (/** @type {bigint} */ amount) => currency.format(amount);
  const money = sums(rows, groups, service, total);
  return {
    currency: { code: currency.code, digits: currency.digits },
    lines: rows.map((row, index) => lineText(row, shares[index], text)),
    service_charge: cart.service_charge ? costs(service, shares[rows.length], text) : null,
    taxes: groups.map((group) => groupText(group, text)),
    totals: { ...texts(money, text), cash_due: text(rounding ? roundToStep(total, rounding.step) : total) },
    points: points ? { used: String(points.used), value: text(points.value), balance: String(points.balance) } : null,
    limit,
    payment: cart.tenders ? paymentText(settle(total, cart.tenders, rounding, currency), text) : null,
  };
}

/**
 * @param {Cart} cart
 * @param {import("./lines.js").Row[]} rows
 * @param {Currency} currency
 * @param {Record<string, Rate[]>} profiles
 */
function serviceCharge(cart, rows, currency, profiles) {
  if (!cart.service_charge) return 0n;
  if (!(cart.service_charge.profile in profiles)) throw new PricingError("unknown_profile", { line: "service_charge" });
  const charge = parseDiscount(cart.service_charge, currency);
  return charge ? amountOf(charge, sum(rows.map(left)), currency) : 0n;
}

/** @typedef {{profile: string, amount: bigint, net: bigint, total: bigint, rates: {rate: Rate, base: bigint, amount: bigint}[]}} Group */

/**
 * Each group of equal profiles is taxed once; its taxes are shared out over its lines.
 * @param {Record<string, Rate[]>} profiles
 * @param {bigint[]} payables
 * @param {string[]} keys
 * @param {Currency} currency
 */
function taxGroups(profiles, payables, keys, currency) {
  /** @type {Map<string, {key: string, members: number[]}>} */
  const grouped = new Map();
  keys.forEach((key, index) => {
    const same = profileKey(profiles[key]);
    const group = grouped.get(same) ?? { key, members: [] };
    group.members.push(index);
    grouped.set(same, group);
  });
  /** @type {Share[][]} */
  const shares = payables.map(() => []);
  /** @type {Group[]} */
  const groups = [];
  for (const { key, members } of grouped.values()) {
    const amounts = members.map((index) => payables[index]);
    const amount = sum(amounts);
    const taxed = taxesOf(profiles[key], amount, currency);
    const rates = profiles[key].map((rate, index) => ({ rate, base: taxed.bases[index], amount: taxed.taxes[index] }));
    groups.push({ profile: key, amount, net: taxed.net, total: taxed.total, rates });
    for (const entry of rates) {
      const parts = allocate(entry.amount, amounts, currency.step);
      members.forEach((member, index) => shares[member].push({ rate: entry.rate, amount: parts[index] }));
    }
  }
  return { groups, shares };
}

/**
 * @param {import("./lines.js").Row[]} rows
 * @param {Group[]} groups
 * @param {bigint} service
 * @param {bigint} total
 */
function sums(rows, groups, service, total) {
  const lines = sum(rows.map((row) => row.discount));
  const cart = sum(rows.map((row) => row.cartDiscount));
  const net = sum(groups.map((group) => group.net));
  return {
    gross: sum(rows.map((row) => row.gross)),
    line_discounts: lines,
    cart_discount: cart,
    discounts: lines + cart,
    points: sum(rows.map((row) => row.points)),
    service_charge: service,
    net,
    tax: total - net,
    tax_added: total - sum(groups.map((group) => group.amount)),
    total,
  };
}

/** @typedef {(amount: bigint) => string} Text */

/**
 * @template {Record<string, bigint>} T
 * @param {T} amounts
 * @param {Text} text
 * @returns {{[K in keyof T]: string}}
 */
const texts = (amounts, text) =>
  /** @type {{[K in keyof T]: string}} */ (Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, text(amount)])));

/**
 * Net and taxes of an amount with its shares.
 * @param {bigint} payable
 * @param {Share[]} shares
 * @param {Text} text
 */
export function costs(payable, shares, text) {
  const net = payable - sum(shares.filter((share) => share.rate.inclusive).map((share) => share.amount));
  const tax = sum(shares.map((share) => share.amount));
  return { payable: text(payable), net: text(net), tax: text(tax), total: text(net + tax), taxes: shares.map((share) => shareText(share, text)) };
}

/** @param {Share} share @param {Text} text @returns {TaxShare} */
function shareText({ rate, amount }, text) {
  return { code: rate.code, kind: rate.kind, rate: formatRate(rate.rate), inclusive: rate.inclusive, amount: text(amount) };
}

/** @param {import("./lines.js").Row} row @param {Share[]} shares @param {Text} text */
function lineText(row, shares, text) {
  return {
    id: row.line.id,
    quantity: formatQuantity(row.quantity),
    unit: formatPrice(row.unit),
    gross: text(row.gross),
    list_value: text(row.listValue),
    discount: text(row.discount),
    cart_discount: text(row.cartDiscount),
    points: text(row.points),
    gratis: row.line.gratis ?? false,
    ...costs(left(row), shares, text),
  };
}

/** @param {Group} group @param {Text} text */
function groupText(group, text) {
  return {
    profile: group.profile,
    amount: text(group.amount),
    net: text(group.net),
    total: text(group.total),
    rates: group.rates.map(({ rate, base, amount }) => ({
      code: rate.code,
      kind: rate.kind,
      rate: formatRate(rate.rate),
      inclusive: rate.inclusive,
      compound: rate.compound,
      base: text(base),
      amount: text(amount),
    })),
  };
}

/** @param {ReturnType<typeof settle>} payment @param {Text} text */
function paymentText({ tenders, ...amounts }, text) {
  return { ...texts(amounts, text), tenders: tenders.map(({ method, ...rest }) => ({ method, ...texts(rest, text) })) };
}
