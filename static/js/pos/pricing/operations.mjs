// The engine's operations by name, the twin of pos/pricing/protocol.py: what the cli and outsiders call.

import { Currency, PricingError, allocate, formatQuantity, parsePrice, parseQuantity } from "../money.js";
import { profileOf, taxesOf } from "../taxes.js";
import { price } from "./engine.js";
import { exchange } from "./exchange.js";
import { fitDiscounts } from "./fitting.js";
import { gratisSplit, labelQuantity } from "./lines.js";
import { earn, takeBack } from "./loyalty.js";
import { settleDue } from "./payment.js";
import { currencyText } from "./reading.js";
import { refund } from "./refunds.js";
import { rateTexts } from "./sale.js";
import { shiftCash } from "./shift-cash.js";
import { splitEqual, splitItems, taxDifference } from "./splits.js";

/** @typedef {import("../money.js").CurrencyText} CurrencyText */

/** @param {{currency: CurrencyText, amount: string, profile: import("../taxes.js").RateText[]}} asked */
function taxOf(asked) {
  const currency = new Currency(asked.currency);
  const amount = currency.parse(asked.amount);
  const profile = profileOf(asked.profile);
  const taxed = taxesOf(profile, amount, currency);
  const text = (/** @type {bigint} */ value) => currency.format(value);
  const rates = profile.map((rate, index) => ({ rate, base: taxed.bases[index], amount: taxed.taxes[index] }));
  return {
    currency: currencyText(currency),
    amount: text(amount),
    net: text(taxed.net),
    tax: text(taxed.total - taxed.net),
    total: text(taxed.total),
    rates: rateTexts(rates, text),
  };
}

/** @param {{currency: CurrencyText, amount: string, weights: string[]}} asked */
function allocated(asked) {
  const currency = new Currency(asked.currency);
  const amount = currency.parse(asked.amount);
  const weights = asked.weights.map((weight) => parsePrice(weight));
  if (amount && !weights.some(Boolean)) throw new PricingError("nothing_to_allocate_over");
  return { currency: currencyText(currency), parts: allocate(amount, weights, currency.step).map((part) => currency.format(part)) };
}

/** @param {{currency: CurrencyText, label: string, unit: string}} asked */
function labelled(asked) {
  const label = new Currency(asked.currency).parse(asked.label);
  return { quantity: formatQuantity(labelQuantity(label, parsePrice(asked.unit))) };
}

/** @param {{quantity: string}} asked */
function gratis(asked) {
  const { paid, gratis: free } = gratisSplit(parseQuantity(asked.quantity));
  return { paid: formatQuantity(paid), gratis: formatQuantity(free) };
}

/** The field of a request and what answers it. @type {Record<string, [field: string, run: (payload: any) => unknown]>} */
export const OPERATIONS = {
  price: ["cart", price],
  fit_discounts: ["cart", fitDiscounts],
  tax: ["tax", taxOf],
  settle: ["settle", settleDue],
  refund: ["refund", refund],
  exchange: ["exchange", exchange],
  split_equal: ["split_equal", splitEqual],
  split_items: ["split_items", splitItems],
  tax_difference: ["tax_difference", taxDifference],
  earn: ["earn", earn],
  take_back: ["take_back", takeBack],
  shift_cash: ["shift_cash", shiftCash],
  allocate: ["allocate", allocated],
  label_quantity: ["label_quantity", labelled],
  gratis_split: ["gratis_split", gratis],
};
