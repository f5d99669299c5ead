// Loyalty points as the till sees them: what the shop has set, what points are worth, what a sale uses and earns. Pure: no page,
// no network, no clock.

import { Currency, PricingError, parsePrice } from "./money.js";
import { price } from "./pricing/engine.js";
import { earn } from "./pricing/loyalty.js";

/** @typedef {import("./customers.js").Customer} Customer */
/** @typedef {import("./pricing/engine.js").Cart} EngineCart */
/** @typedef {{enabled: boolean, perUnit: string, worth: string, minimum: number, offline: boolean}} Programme worth: of 100 points */
/** @typedef {{value: string, used: number, earned: number, given_back?: number, taken?: number}} Moved as receipts tell it */

/** @param {Record<string, any> | undefined} settings @returns {Programme} */
export function programmeOf(settings = {}) {
  return {
    enabled: settings["loyalty.enabled"] ?? false,
    perUnit: settings["loyalty.points_per_unit"] ?? "0",
    worth: settings["loyalty.value_of_100"] ?? "0",
    minimum: settings["loyalty.minimum"] ?? 0,
    offline: settings["loyalty.redeem_offline"] ?? false,
  };
}

/** Whether points of somebody are anything here. @param {Programme} programme @param {Customer | null} customer */
export const isMember = ({ enabled }, customer) => enabled && customer !== null && customer.enrolled;

/**
 * A cart with points used on it.
 * @param {EngineCart} cart
 * @param {Programme} programme
 * @param {number} balance
 * @param {string} use a whole number, or "all" that fit
 */
export function usedOn(cart, { minimum, worth }, balance, use) {
  return { ...cart, points: { use, balance: String(balance), minimum: String(minimum), value_of_100: worth } };
}

/**
 * How many points that takes, and what for; PricingError where it cannot be. Nothing but the points is asked: no tender and no
 * limit.
 * @param {EngineCart} cart
 * @param {Programme} programme
 * @param {number} balance
 * @param {string} use
 */
export function tried(cart, programme, balance, use) {
  const { tenders: _tenders, limit: _limit, ...bare } = cart;
  const { points } = price(usedOn(bare, programme, balance, use));
  if (!points || points.used === "0") throw new PricingError("points_none");
  return { used: Number(points.used), value: points.value };
}

/** What so many points are worth, rounded down. @param {number} points @param {Programme} programme @param {{code: string, digits: number}} currency */
export function worthOf(points, { worth }, currency) {
  const money = new Currency(currency);
  return money.format(money.floor(BigInt(points) * parsePrice(worth), 100n));
}

/**
 * What a paid sale uses and earns, for the slip; null where nobody of the programme was buying.
 * @param {ReturnType<typeof price>} sale
 * @param {{code: string, digits: number}} currency
 * @param {Programme} programme
 * @param {Customer | null} customer
 * @returns {Moved | null}
 */
export function movedBy(sale, currency, programme, customer) {
  if (!isMember(programme, customer)) return null;
  const { points } = earn({ currency, total: sale.totals.total, points_per_unit: programme.perUnit, balance: "0" });
  return { value: sale.totals.points, used: Number(sale.points?.used ?? 0), earned: Number(points) };
}
