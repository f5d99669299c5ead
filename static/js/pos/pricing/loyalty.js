// Loyalty points after a sale and after a refund (rule 16), the twin of pos/pricing/loyalty.py.

import { Currency, PricingError, UNIT, floored, parseCount, parsePrice } from "../money.js";

/** @typedef {import("../money.js").CurrencyText} CurrencyText */

/** Whole points that an amount earns, rounded down. @param {bigint} amount @param {bigint} perUnit */
const pointsFor = (amount, perUnit) => (amount * perUnit) / (UNIT * UNIT);

/** @param {Record<string, bigint>} counts */
const countTexts = (counts) => Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count)]));

/**
 * Points for a total before cash rounding and without tips; a debt is paid first.
 * @param {{currency: CurrencyText, total: string, points_per_unit: string, balance: string, debt?: string}} asked
 */
export function earn(asked) {
  const total = new Currency(asked.currency).parse(asked.total);
  const points = pointsFor(total, parsePrice(asked.points_per_unit));
  const balance = parseCount(asked.balance);
  const debt = parseCount(asked.debt ?? "0");
  const paid = points < debt ? points : debt;
  return countTexts({ points, debt_paid: paid, balance: balance + points - paid, debt: debt - paid });
}

/**
 * Give back redeemed points in proportion, the last refund the rest; then take back those no longer earned.
 * @param {{currency: CurrencyText, paid: string, refunded: string, complete: boolean, points_per_unit: string, earned: string,
 *   redeemed: string, balance: string, taken_before?: string, given_before?: string, debt?: string}} asked
 */
export function takeBack(asked) {
  const currency = new Currency(asked.currency);
  const paid = currency.parse(asked.paid);
  const refunded = currency.parse(asked.refunded);
  const perUnit = parsePrice(asked.points_per_unit);
  const earned = parseCount(asked.earned);
  const redeemed = parseCount(asked.redeemed);
  const takenBefore = parseCount(asked.taken_before ?? "0");
  const givenBefore = parseCount(asked.given_before ?? "0");
  const balance = parseCount(asked.balance);
  const debt = parseCount(asked.debt ?? "0");
  if (refunded > paid) throw new PricingError("refund_above_paid");
  const givenUntil = asked.complete ? redeemed : paid ? (redeemed * refunded) / paid : 0n;
  const given = floored(givenUntil - givenBefore);
  const between = balance + given;
  const taken = floored(earned - pointsFor(paid - refunded, perUnit) - takenBefore);
  const uncovered = floored(taken - between);
  return countTexts({ given_back: given, balance_between: between, taken, uncovered, balance: between - taken + uncovered, debt: debt + uncovered });
}
