// The taxes of one amount (pricing rule 10), the twin of smartpos/taxes/engine.py.

import { PricingError, WHOLE, parseRate, sum } from "./money.js";

/** @typedef {{code: string, kind: string, rate: string, inclusive: boolean, compound?: boolean, priority?: number}} RateText */
/** @typedef {{code: string, kind: string, rate: bigint, inclusive: boolean, compound: boolean, priority: number}} Rate */
/** @typedef {{net: bigint, bases: bigint[], taxes: bigint[], total: bigint}} Taxed */

/**
 * Rates in the order in which they apply: by priority, equal ones as listed.
 * @param {RateText[]} texts
 * @returns {Rate[]}
 */
export function profileOf(texts) {
  const rates = texts.map(({ code, kind, rate, inclusive, compound = false, priority = 1 }) => ({
    code,
    kind,
    rate: parseRate(rate),
    inclusive,
    compound,
    priority,
  }));
  rates.sort((a, b) => a.priority - b.priority);
  const seen = new Set();
  for (const rate of rates) {
    if (seen.has(rate.code)) throw new PricingError("tax_code_repeated", { tax: rate.code });
    if (rate.rate && ["zero", "exempt"].includes(rate.kind)) throw new PricingError("tax_rate_not_zero", { tax: rate.code });
    seen.add(rate.code);
  }
  return rates;
}

/**
 * The percentage on a day: the first, or that of the last change which is in force. Days are ISO dates.
 * @param {string} first
 * @param {[from: string, percent: string][]} changes in the order of their days
 * @param {string} day
 */
export const percentOn = (first, changes, day) => changes.findLast(([from]) => from <= day)?.[1] ?? first;

/** @param {Rate[]} profile what makes two profiles the same */
export const profileKey = (profile) =>
  profile.map((r) => [r.code, r.kind, r.rate, r.inclusive, r.compound, r.priority].join("\u0000")).join("\u0001");

/**
 * @param {Rate[]} profile
 * @param {bigint} amount
 * @param {import("./money.js").Currency} currency
 * @returns {Taxed}
 */
export function taxesOf(profile, amount, currency) {
  const { shares, run } = inclusiveParts(profile);
  const taxes = shares.map((share) => currency.round(amount * share, run));
  const net = amount - sum(taxes);
  const bases = profile.map(() => 0n);
  let running = net;
  profile.forEach((rate, index) => {
    if (!rate.inclusive) return;
    bases[index] = rate.compound ? running : net;
    running += taxes[index];
  });
  profile.forEach((rate, index) => {
    if (rate.inclusive) return;
    bases[index] = rate.compound ? running : net;
    taxes[index] = currency.round(bases[index] * rate.rate, WHOLE);
    running += taxes[index];
  });
  return { net, bases, taxes, total: running };
}

/**
 * The exact fraction of the amount that each inclusive rate takes: share / run.
 * @param {Rate[]} profile
 */
function inclusiveParts(profile) {
  let scale = WHOLE;
  let run = WHOLE;
  /** @type {bigint[]} */
  let shares = [];
  for (const rate of profile) {
    let share = 0n;
    if (rate.inclusive && rate.compound) {
      scale *= WHOLE;
      shares = shares.map((other) => other * WHOLE);
      share = rate.rate * run;
      run = run * WHOLE + share;
    } else if (rate.inclusive) {
      share = rate.rate * (scale / WHOLE);
      run += share;
    }
    shares.push(share);
  }
  return { shares, run };
}
