// Splitting a bill equally or by items (rule 15), the twin of pos/pricing/splits.py.

import { Currency, PricingError, allocate, equalSplit, formatQuantity, parseQuantity, sum } from "../money.js";
import { currencyText, once, parseSoldQuantity } from "./reading.js";
import { linePartText, shareBefore } from "./refunds.js";
import { costs, netAndTax, parseShares, rateSumTexts, rateSums, shareTexts, texts } from "./sale.js";

/** @typedef {import("../money.js").CurrencyText} CurrencyText */
/** @typedef {import("./sale.js").Share} Share */
/** @typedef {import("./sale.js").TaxShare} TaxShare */
/** @typedef {{line: string, quantity: bigint, guests: string[]}} Portion */
/** @typedef {{id: string, quantity: bigint, payable: bigint, shares: Share[]}} BillLine */
/** @typedef {{line: BillLine, quantity: bigint, payable: bigint, taxes: bigint[]}} Assigned how far a line is given away */
/** @typedef {{line: string, portion: number, payable: bigint, shares: Share[], net: bigint, tax: bigint, total: bigint}} PartLine */

const LEAST_GUESTS = 2;
const MOST_GUESTS = 50;

/**
 * Equal parts, odd minor units to the first guests; the bill's rounded taxes are allocated over the parts.
 * @param {{currency: CurrencyText, total: string, taxes: TaxShare[], guests: number}} asked
 */
export function splitEqual(asked) {
  const currency = new Currency(asked.currency);
  const bill = currency.parse(asked.total);
  const taxes = parseShares(asked.taxes, currency);
  if (asked.guests < LEAST_GUESTS || asked.guests > MOST_GUESTS) {
    throw new PricingError("guests_out_of_range", { least: String(LEAST_GUESTS), most: String(MOST_GUESTS) });
  }
  if (!bill && taxes.some((share) => share.amount)) throw new PricingError("taxes_above_total");
  const totals = equalSplit(bill, asked.guests, currency.step);
  const columns = taxes.map((share) => allocate(share.amount, totals, currency.step));
  const text = (/** @type {bigint} */ amount) => currency.format(amount);
  const parts = totals.map((total, index) => {
    const shares = taxes.map(({ rate }, column) => ({ rate, amount: columns[column][index] }));
    const tax = sum(shares.map((share) => share.amount));
    return { ...texts({ total, net: total - tax, tax }, text), taxes: shareTexts(shares, text) };
  });
  return { currency: currencyText(currency), parts };
}

/**
 * Each portion's amounts grow along its line as a refund's do; a shared portion is split equally.
 * @param {{currency: CurrencyText, lines: {id: string, quantity: string, payable: string, taxes: TaxShare[]}[], guests: string[],
 *   portions: {line: string, quantity: string, guests: string[]}[]}} asked
 */
export function splitItems(asked) {
  const currency = new Currency(asked.currency);
  once("line_repeated", "line", asked.lines.map((line) => line.id));
  once("guest_repeated", "guest", asked.guests);
  const lines = asked.lines.map((line) => parseBillLine(line, currency));
  const portions = asked.portions.map((portion) => ({ ...portion, quantity: parseQuantity(portion.quantity) }));
  /** @type {Map<string, Assigned>} */
  const assigned = new Map(lines.map((line) => [line.id, { line, quantity: 0n, payable: 0n, taxes: line.shares.map(() => 0n) }]));
  /** @type {Map<string, PartLine[]>} */
  const held = new Map(asked.guests.map((guest) => [guest, []]));
  portions.forEach((portion, index) => share(portion, index, assigned, held, currency));
  const text = (/** @type {bigint} */ amount) => currency.format(amount);
  return {
    currency: currencyText(currency),
    parts: [...held].map(([guest, own]) => partText(guest, own, text)),
    unassigned: [...assigned.values()].filter((state) => state.quantity < state.line.quantity).map((state) => linePartText(rest(state, currency), text)),
  };
}

/**
 * @param {{id: string, quantity: string, payable: string, taxes: TaxShare[]}} line
 * @param {Currency} currency
 * @returns {BillLine}
 */
function parseBillLine({ id, quantity, payable, taxes }, currency) {
  return { id, quantity: parseSoldQuantity(quantity, id), payable: currency.parse(payable), shares: parseShares(taxes, currency) };
}

/**
 * A portion in equal parts to its guests.
 * @param {Portion} portion
 * @param {number} index
 * @param {Map<string, Assigned>} assigned
 * @param {Map<string, PartLine[]>} held
 * @param {Currency} currency
 */
function share(portion, index, assigned, held, currency) {
  const state = assigned.get(portion.line);
  if (!state) throw new PricingError("unknown_line", { line: portion.line });
  checkGuests(portion, held);
  const { payable, shares } = take(state, portion.quantity, currency);
  const count = portion.guests.length;
  const payables = equalSplit(payable, count, currency.step);
  const columns = shares.map(({ amount }) => equalSplit(amount, count, currency.step));
  portion.guests.forEach((guest, position) => {
    const mine = shares.map(({ rate }, column) => ({ rate, amount: columns[column][position] }));
    const part = { line: portion.line, portion: index, payable: payables[position], shares: mine, ...netAndTax(payables[position], mine) };
    held.get(guest)?.push(part);
  });
}

/** @param {Portion} portion @param {Map<string, PartLine[]>} known */
function checkGuests({ line, guests }, known) {
  if (!guests.length) throw new PricingError("portion_without_guest", { line });
  guests.forEach((guest, position) => {
    if (!known.has(guest)) throw new PricingError("unknown_guest", { guest });
    if (guests.indexOf(guest) < position) throw new PricingError("guest_repeated", { guest });
  });
}

/**
 * The next quantity of a line: its payable and tax shares.
 * @param {Assigned} state
 * @param {bigint} quantity
 * @param {Currency} currency
 */
function take(state, quantity, currency) {
  const { line } = state;
  const until = state.quantity + quantity;
  if (until > line.quantity) throw new PricingError("split_above_line", { line: line.id, left: formatQuantity(line.quantity - state.quantity) });
  const payable = shareBefore(line.payable, until, line.quantity, currency) - state.payable;
  const shares = line.shares.map(({ rate, amount }, index) => {
    const part = shareBefore(amount, until, line.quantity, currency) - state.taxes[index];
    state.taxes[index] += part;
    return { rate, amount: part };
  });
  state.quantity = until;
  state.payable += payable;
  return { payable, shares };
}

/** What no portion covers yet. @param {Assigned} state @param {Currency} currency */
function rest(state, currency) {
  const quantity = state.line.quantity - state.quantity;
  const { payable, shares } = take(state, quantity, currency);
  return { id: state.line.id, quantity, payable, shares, ...netAndTax(payable, shares) };
}

/** @param {string} guest @param {PartLine[]} lines @param {import("./sale.js").Text} text */
function partText(guest, lines, text) {
  const total = (/** @type {"payable" | "net" | "tax" | "total"} */ name) => sum(lines.map((line) => line[name]));
  return {
    guest,
    lines: lines.map((line) => ({ line: line.line, portion: line.portion, ...costs(line.payable, line.shares, text) })),
    taxes: rateSumTexts(rateSums(lines).values(), text),
    ...texts({ payable: total("payable"), net: total("net"), tax: total("tax"), total: total("total") }, text),
  };
}

/**
 * What a part's own fiscal receipt taxes more (or less, then negative) than the part was allocated, per code.
 * @param {{currency: CurrencyText, allocated: {code: string, amount: string}[], anew: {code: string, amount: string}[]}} asked
 */
export function taxDifference(asked) {
  const currency = new Currency(asked.currency);
  const [allocated, anew] = [asked.allocated, asked.anew].map((taxes) => {
    once("tax_code_repeated", "tax", taxes.map((tax) => tax.code));
    return new Map(taxes.map((tax) => [tax.code, currency.parse(tax.amount)]));
  });
  const difference = [...new Set([...allocated.keys(), ...anew.keys()])].map((code) => ({
    code,
    amount: currency.format((anew.get(code) ?? 0n) - (allocated.get(code) ?? 0n)),
  }));
  return { currency: currencyText(currency), difference };
}
