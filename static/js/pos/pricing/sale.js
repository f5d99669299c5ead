// Tax groups, the lines' shares and the totals of a document (rules 10 and 11), the twin of pos/pricing/sale.py.

import { MAX_AMOUNT, PricingError, allocate, formatPrice, formatQuantity, formatRate, parseRate, roundToStep, sum } from "../money.js";
import { profileKey, taxesOf } from "../taxes.js";
import { left } from "./lines.js";
import { once } from "./reading.js";

/** @typedef {import("../money.js").Currency} Currency */
/** @typedef {import("../taxes.js").Rate} Rate */
/** @typedef {import("./lines.js").Row} Row */
/** @typedef {{rate: Rate, amount: bigint}} Share */
/** @typedef {{code: string, kind: string, rate: string, inclusive: boolean, amount: string}} TaxShare */
/** @typedef {{profile: string, amount: bigint, net: bigint, total: bigint, rates: {rate: Rate, base: bigint, amount: bigint}[]}} Group */
/** @typedef {{rate: Rate, net: bigint, amount: bigint}} RateSum */
/** @typedef {(amount: bigint) => string} Text */

/**
 * Shares of rounded taxes, as a sale's result gives them.
 * @param {TaxShare[]} taxes
 * @param {Currency} currency
 * @returns {Share[]}
 */
export function parseShares(taxes, currency) {
  once("tax_code_repeated", "tax", taxes.map((tax) => tax.code));
  return taxes.map(({ code, kind, rate, inclusive, amount }) => ({
    rate: { code, kind, rate: parseRate(rate), inclusive, compound: false, priority: 1 },
    amount: currency.parse(amount),
  }));
}

/**
 * Each group of equal profiles is taxed once; its taxes are shared out over its lines.
 * @param {Map<string, Rate[]>} profiles
 * @param {bigint[]} payables
 * @param {string[]} keys of profiles, beside the payables
 * @param {Currency} currency
 */
export function taxGroups(profiles, payables, keys, currency) {
  /** @type {Map<string, {key: string, profile: Rate[], members: number[]}>} */
  const grouped = new Map();
  keys.forEach((key, index) => {
    const profile = profiles.get(key) ?? [];
    const same = profileKey(profile);
    const group = grouped.get(same) ?? { key, profile, members: [] };
    group.members.push(index);
    grouped.set(same, group);
  });
  /** @type {Share[][]} */
  const shares = payables.map(() => []);
  /** @type {Group[]} */
  const groups = [];
  for (const { key, profile, members } of grouped.values()) {
    const amounts = members.map((index) => payables[index]);
    const amount = sum(amounts);
    const taxed = taxesOf(profile, amount, currency);
    const rates = profile.map((rate, index) => ({ rate, base: taxed.bases[index], amount: taxed.taxes[index] }));
    groups.push({ profile: key, amount, net: taxed.net, total: taxed.total, rates });
    for (const entry of rates) {
      const parts = allocate(entry.amount, amounts, currency.step);
      members.forEach((member, index) => shares[member].push({ rate: entry.rate, amount: parts[index] }));
    }
  }
  return { groups, shares };
}

/**
 * Net (payable less its inclusive taxes), all taxes, and both together.
 * @param {bigint} payable
 * @param {Share[]} shares
 */
export function netAndTax(payable, shares) {
  const net = payable - sum(shares.filter((share) => share.rate.inclusive).map((share) => share.amount));
  const tax = sum(shares.map((share) => share.amount));
  return { net, tax, total: net + tax };
}

/**
 * @param {Row[]} rows
 * @param {Group[]} groups
 * @param {bigint} service
 * @param {{step: bigint} | null} rounding
 */
export function totalsOf(rows, groups, service, rounding) {
  const total = sum(groups.map((group) => group.total));
  if (total > MAX_AMOUNT) throw new PricingError("amount_too_large");
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
    cash_due: rounding ? roundToStep(total, rounding.step) : total,
  };
}

/**
 * Net and tax of lines per rate identity, in order of appearance.
 * @param {{net: bigint, shares: Share[]}[]} lines
 * @returns {Map<string, RateSum>}
 */
export function rateSums(lines) {
  /** @type {Map<string, RateSum>} */
  const sums = new Map();
  for (const { net, shares } of lines) {
    for (const { rate, amount } of shares) {
      const key = [rate.code, rate.kind, rate.rate, rate.inclusive].join("\u0000");
      const before = sums.get(key) ?? { rate, net: 0n, amount: 0n };
      sums.set(key, { rate: before.rate, net: before.net + net, amount: before.amount + amount });
    }
  }
  return sums;
}

/**
 * @template {Record<string, bigint>} T
 * @param {T} amounts
 * @param {Text} text
 * @returns {{[K in keyof T]: string}}
 */
export const texts = (amounts, text) =>
  /** @type {{[K in keyof T]: string}} */ (Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, text(amount)])));

/** @param {Rate} rate */
const identity = (rate) => ({ code: rate.code, kind: rate.kind, rate: formatRate(rate.rate), inclusive: rate.inclusive });

/** @param {Share[]} shares @param {Text} text @returns {TaxShare[]} */
export const shareTexts = (shares, text) => shares.map(({ rate, amount }) => ({ ...identity(rate), amount: text(amount) }));

/** @param {Iterable<RateSum>} sums @param {Text} text */
export const rateSumTexts = (sums, text) => [...sums].map(({ rate, net, amount }) => ({ ...identity(rate), net: text(net), amount: text(amount) }));

/** @param {{rate: Rate, base: bigint, amount: bigint}[]} rates @param {Text} text */
export const rateTexts = (rates, text) =>
  rates.map(({ rate, base, amount }) => ({ ...identity(rate), compound: rate.compound, base: text(base), amount: text(amount) }));

/**
 * @param {bigint} payable
 * @param {Share[]} shares
 * @param {Text} text
 */
export const costs = (payable, shares, text) => ({ ...texts({ payable, ...netAndTax(payable, shares) }, text), taxes: shareTexts(shares, text) });

/** @param {Row} row @param {Share[]} shares @param {Text} text */
export function lineText(row, shares, text) {
  return {
    id: row.line.id,
    quantity: formatQuantity(row.line.quantity),
    unit: formatPrice(row.unit),
    gross: text(row.gross),
    list_value: text(row.listValue),
    discount: text(row.discount),
    cart_discount: text(row.cartDiscount),
    points: text(row.points),
    gratis: row.line.gratis,
    ...costs(left(row), shares, text),
  };
}

/** @param {Group} group @param {Text} text */
export const groupText = ({ profile, rates, ...amounts }, text) => ({ profile, ...texts(amounts, text), rates: rateTexts(rates, text) });
