// What a drawer should hold, and how far the count is off (rule 17), the twin of pos/pricing/shift_cash.py.

import { Currency } from "../money.js";
import { currencyText, optional } from "./reading.js";

/**
 * @param {{currency: import("../money.js").CurrencyText, opening: string, taken?: string, change?: string, refunds?: string, cash_in?: string,
 *   cash_out?: string, handovers?: string, cod?: string, counted?: string | null, previous_close?: string | null}} drawer
 */
export function shiftCash(drawer) {
  const currency = new Currency(drawer.currency);
  const amount = (/** @type {string | undefined} */ text) => currency.parse(text ?? "0");
  const opening = amount(drawer.opening);
  const [taken, change, refunds] = [drawer.taken, drawer.change, drawer.refunds].map(amount);
  const [cashIn, cashOut, handovers, cod] = [drawer.cash_in, drawer.cash_out, drawer.handovers, drawer.cod].map(amount);
  const counted = optional(drawer.counted, amount);
  const previous = optional(drawer.previous_close, amount);
  const expected = opening + taken + cashIn + cod - change - refunds - cashOut - handovers;
  return {
    currency: currencyText(currency),
    expected: currency.format(expected),
    difference: counted === null ? null : currency.format(counted - expected),
    opening_difference: previous === null ? null : currency.format(opening - previous),
  };
}
