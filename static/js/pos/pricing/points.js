// Redeeming loyalty points (rules 7 and 8), the twin of pos/pricing/points.py.

import { PricingError, allocate, parseCount, parsePrice, sum } from "../money.js";
import { left } from "./lines.js";

/** @typedef {import("../money.js").Currency} Currency */
/** @typedef {{use: string, balance: string, minimum: string, value_of_100: string}} PointsText */
/** @typedef {{use: bigint | null, balance: bigint, minimum: bigint, worth: bigint}} Points use null: all that fit */

/** @param {PointsText | null | undefined} text @returns {Points | null} */
export function parsePoints(text) {
  if (!text) return null;
  const use = text.use === "all" ? null : parseCount(text.use);
  return { use, balance: parseCount(text.balance), minimum: parseCount(text.minimum), worth: parsePrice(text.value_of_100) };
}

/**
 * @param {import("./lines.js").Row[]} rows
 * @param {{currency: Currency, customer: boolean}} frame
 * @param {Points | null} points
 */
export function redeem(rows, { currency, customer }, points) {
  if (!points || points.use === 0n) return null;
  const { use, balance, minimum, worth } = points;
  if (!customer) throw new PricingError("points_need_customer");
  if (balance < minimum) throw new PricingError("points_below_minimum", { minimum: String(minimum), balance: String(balance) });
  if (use !== null && use > balance) throw new PricingError("points_above_balance", { balance: String(balance) });
  const open = rows.filter((row) => !row.line.gratis);
  const weights = open.map(left);
  const room = sum(weights);
  const used = use ?? allThatFit(points, room, currency);
  const value = currency.floor(used * worth, 100n);
  if (value > room) throw new PricingError("points_above_total", { allowed: currency.format(room) });
  allocate(value, weights, currency.step).forEach((share, index) => (open[index].points = share));
  return { used, value, balance: balance - used };
}

/**
 * The largest number of points whose rounded value is at most what is left, or 0 where it would buy nothing.
 * @param {Points} points
 * @param {bigint} room
 * @param {Currency} currency
 */
function allThatFit({ balance, worth }, room, currency) {
  if (!worth) return 0n;
  // floor(n * worth / 100) <= room  <=>  n * worth < 100 * (room + one minor unit)
  const fitting = (100n * (room + currency.step) - 1n) / worth;
  const count = balance < fitting ? balance : fitting;
  return currency.floor(count * worth, 100n) ? count : 0n;
}
