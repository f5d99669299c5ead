// What a cart costs: the steps in their order (docs/pricing.md), the twin of pos/pricing/engine.py.

import { Currency, PricingError, sum } from "../money.js";
import { profileOf } from "../taxes.js";
import { amountOf, discountCart, discountLines } from "./discounts.js";
import { checkLimit, limitText, parseLimit } from "./limits.js";
import { left, openRows, parseLine } from "./lines.js";
import { parseRounding, parseTenders, paymentText, settle } from "./payment.js";
import { parsePoints, redeem } from "./points.js";
import { currencyText, once, parseDiscount, parseValue } from "./reading.js";
import { costs, groupText, lineText, taxGroups, texts, totalsOf } from "./sale.js";

/** @typedef {import("./sale.js").TaxShare} TaxShare */
/** @typedef {import("./sale.js").Share} Share */
/**
 * @typedef {object} Cart
 * @property {import("../money.js").CurrencyText} currency
 * @property {boolean} customer
 * @property {import("./lines.js").LineText[]} lines
 * @property {Record<string, import("../taxes.js").RateText[]>} profiles
 * @property {import("./reading.js").DiscountText | null} [discount]
 * @property {import("./limits.js").LimitText | null} [limit]
 * @property {import("./points.js").PointsText | null} [points]
 * @property {{kind: "percent" | "amount", value: string, profile: string} | null} [service_charge]
 * @property {import("./payment.js").RoundingText | null} [cash_rounding]
 * @property {import("./payment.js").TenderText[] | null} [tenders]
 */
/** @typedef {ReturnType<typeof parseCart>} ParsedCart */
/** @typedef {ReturnType<typeof quote>} Quote */

/**
 * The cart in integers.
 * @param {Cart} cart
 */
export function parseCart(cart) {
  const currency = new Currency(cart.currency);
  const profiles = new Map(Object.keys(cart.profiles).sort().map((key) => [key, profileOf(cart.profiles[key])]));
  once("line_repeated", "line", cart.lines.map((line) => line.id));
  for (const line of cart.lines) {
    if (!profiles.has(line.profile)) throw new PricingError("unknown_profile", { line: line.id });
  }
  return {
    currency,
    customer: cart.customer,
    profiles,
    lines: cart.lines.map((line) => parseLine(line, currency)),
    discount: parseDiscount(cart.discount, currency),
    limit: parseLimit(cart.limit, currency),
    points: parsePoints(cart.points),
    service: parseService(cart.service_charge, profiles, currency),
    rounding: parseRounding(cart.cash_rounding, currency),
    tenders: cart.tenders ? parseTenders(cart.tenders, currency) : null,
  };
}

/**
 * @param {Cart["service_charge"]} text
 * @param {Map<string, unknown>} profiles
 * @param {Currency} currency
 */
function parseService(text, profiles, currency) {
  if (!text) return null;
  if (!profiles.has(text.profile)) throw new PricingError("unknown_profile", { line: "service_charge" });
  return { charge: parseValue(text, currency), profile: text.profile };
}

/**
 * What the cart costs and, where it has tenders, how they pay it. Throws PricingError where a rule refuses it.
 * @param {Cart} text
 */
export function price(text) {
  const cart = parseCart(text);
  const sale = quote(cart);
  return saleText(sale, cart.tenders ? settle(sale.totals.total, cart.tenders, cart.rounding, cart.currency) : null);
}

/**
 * What the cart costs, whatever its tenders.
 * @param {ParsedCart} cart
 */
export function quote(cart) {
  const { currency, profiles } = cart;
  const rows = openRows(cart.lines, currency);
  discountLines(rows, cart);
  const limit = checkLimit(rows, cart, cart.limit, discountCart(rows, cart));
  const service = cart.service ? amountOf(cart.service.charge, sum(rows.map(left)), currency) : 0n;
  const points = redeem(rows, cart, cart.points);
  const payables = rows.map(left);
  const keys = rows.map((row) => row.line.profile);
  if (cart.service) {
    payables.push(service);
    keys.push(cart.service.profile);
  }
  const { groups, shares } = taxGroups(profiles, payables, keys, currency);
  const totals = totalsOf(rows, groups, service, cart.rounding);
  return { currency, rows, shares, service: cart.service ? { payable: service, shares: shares[rows.length] } : null, groups, totals, points, limit };
}

/**
 * @param {Quote} sale
 * @param {ReturnType<typeof settle> | null} payment
 */
export function saleText({ currency, rows, shares, service, groups, totals, points, limit }, payment) {
  const text = (/** @type {bigint} */ amount) => currency.format(amount);
  return {
    currency: currencyText(currency),
    lines: rows.map((row, index) => lineText(row, shares[index], text)),
    service_charge: service && costs(service.payable, service.shares, text),
    taxes: groups.map((group) => groupText(group, text)),
    totals: texts(totals, text),
    points: points && { used: String(points.used), value: text(points.value), balance: String(points.balance) },
    limit: limit && limitText(limit, currency),
    payment: payment && paymentText(payment, text),
  };
}
