// Refunds (rule 14): cumulative shares of what was paid, less what was given back before; the twin of pos/pricing/refunds.py.

import { Currency, PricingError, allocate, floored, formatQuantity, parseQuantity, roundToStep, sum } from "../money.js";
import { currencyText, once, optional, parseSoldQuantity, parseStep } from "./reading.js";
import { costs, netAndTax, parseShares, rateSumTexts, rateSums } from "./sale.js";

// What may go back beyond what was paid so, where somebody approved it: cash, and what is lent to the sale of an exchange.
const BEYOND = ["cash", "exchange"];

/** @typedef {import("./sale.js").Share} Share */
/**
 * @typedef {object} RefundLineText
 * @property {string} id
 * @property {string} quantity
 * @property {string} payable
 * @property {import("./sale.js").TaxShare[]} taxes
 * @property {string} now
 * @property {{quantity?: string, payable?: string, taxes?: {code: string, amount: string}[]}} [refunded]
 */
/** @typedef {{method: "cash" | "card" | "online" | "exchange", amount: string, refunded?: string, now?: string | null}} RefundTender */
/**
 * @typedef {object} Refund
 * @property {import("../money.js").CurrencyText} currency
 * @property {RefundLineText[]} lines
 * @property {RefundTender[] | null} [tenders]
 * @property {{step: string, paid_out?: string} | null} [cash_rounding]
 * @property {boolean} [approved]
 */
/** @typedef {ReturnType<typeof parseRefund>} ParsedRefund */
/** @typedef {{method: string, amount: bigint, refunded: bigint, now: bigint | null}} Tender */
/** @typedef {{id: string, quantity: bigint, payable: bigint, shares: Share[], net: bigint, tax: bigint, total: bigint}} LinePart */

/**
 * A refund in integers.
 * @param {Refund} text
 */
export function parseRefund(text) {
  const currency = new Currency(text.currency);
  once("line_repeated", "line", text.lines.map((line) => line.id));
  const given = text.cash_rounding;
  const rounding = given ? { step: parseStep(given.step, currency), out: currency.parse(given.paid_out ?? "0") } : null;
  return {
    currency,
    lines: text.lines.map((line) => parseLine(line, currency)),
    tenders: text.tenders ? text.tenders.map((tender) => parseTender(tender, currency)) : null,
    rounding,
    approved: text.approved ?? false,
  };
}

/** @param {RefundLineText} line @param {Currency} currency */
function parseLine(line, currency) {
  const { quantity = "0", payable = "0", taxes = [] } = line.refunded ?? {};
  const given = new Map(taxes.map((tax) => [tax.code, currency.parse(tax.amount)]));
  return {
    id: line.id,
    quantity: parseSoldQuantity(line.quantity, line.id),
    payable: currency.parse(line.payable),
    shares: parseShares(line.taxes, currency),
    now: parseQuantity(line.now),
    before: { quantity: parseQuantity(quantity), payable: currency.parse(payable), taxes: line.taxes.map((tax) => given.get(tax.code) ?? 0n) },
  };
}

/** @param {RefundTender} text @param {Currency} currency @returns {Tender} */
function parseTender({ method, amount, refunded = "0", now }, currency) {
  const wanted = optional(now, (text) => currency.parse(text));
  return { method, amount: currency.parse(amount), refunded: currency.parse(refunded), now: wanted };
}

/** @param {Refund} text */
export function refund(text) {
  const request = parseRefund(text);
  const amounts = refundAmounts(request);
  return refundText(amounts, request.tenders ? payOut(request, request.tenders, amounts.total) : null);
}

/**
 * What is refunded, whatever the tenders.
 * @param {ParsedRefund} request
 */
export function refundAmounts({ lines, currency }) {
  const parts = lines.map((line) => linePart(line, currency));
  const total = (/** @type {"payable" | "net" | "tax" | "total"} */ name) => sum(parts.map((part) => part[name]));
  return { currency, lines: parts, sums: rateSums(parts), payable: total("payable"), net: total("net"), tax: total("tax"), total: total("total") };
}

/** @param {ReturnType<typeof refundAmounts>} amounts @param {ReturnType<typeof payOut> | null} payout */
export function refundText({ currency, lines, sums, payable, net, tax, total }, payout) {
  const text = (/** @type {bigint} */ amount) => currency.format(amount);
  return {
    currency: currencyText(currency),
    lines: lines.map((line) => linePartText(line, text)),
    taxes: rateSumTexts(sums.values(), text),
    payable: text(payable),
    net: text(net),
    tax: text(tax),
    total: text(total),
    payout: payout && {
      amount: text(payout.amount),
      rounding: text(payout.rounding),
      paid: text(payout.paid),
      tenders: payout.tenders.map((tender) => ({ method: tender.method, amount: text(tender.amount), paid: text(tender.paid) })),
    },
  };
}

/** @param {LinePart} part @param {import("./sale.js").Text} text */
export const linePartText = (part, text) => ({ id: part.id, quantity: formatQuantity(part.quantity), ...costs(part.payable, part.shares, text) });

/**
 * What belongs to the first `part` of `whole`, rounded; a further part gets what this grows by.
 * @param {bigint} amount
 * @param {bigint} part
 * @param {bigint} whole
 * @param {Currency} currency
 */
export const shareBefore = (amount, part, whole, currency) => currency.round(amount * part, whole);

/** @param {ReturnType<typeof parseLine>} line @param {Currency} currency @returns {LinePart} */
function linePart({ id, quantity, payable, shares, now, before }, currency) {
  const until = before.quantity + now;
  if (until > quantity) throw new PricingError("refund_above_sold", { line: id, left: formatQuantity(floored(quantity - before.quantity)) });
  const growth = (/** @type {bigint} */ amount, /** @type {bigint} */ given) => floored(shareBefore(amount, until, quantity, currency) - given);
  const part = growth(payable, before.payable);
  const taxes = shares.map(({ rate, amount }, index) => ({ rate, amount: growth(amount, before.taxes[index]) }));
  return { id, quantity: now, payable: part, shares: taxes, ...netAndTax(part, taxes) };
}

/**
 * Give an amount back as the tenders say or in proportion, and round the cumulative cash.
 * @param {ParsedRefund} request
 * @param {Tender[]} tenders
 * @param {bigint} amount
 */
export function payOut({ currency, rounding, approved }, tenders, amount) {
  if (tenders.filter((tender) => tender.method === "cash").length > 1) throw new PricingError("cash_twice");
  const chosen = tenders.some((tender) => tender.now !== null);
  const parts = chosen ? chosenParts(approved, tenders, amount, currency) : inProportion(tenders, amount, currency);
  const given = tenders.map((tender, index) => {
    const part = parts[index];
    const rounded = part && rounding && tender.method === "cash";
    return { method: tender.method, amount: part, paid: rounded ? floored(roundToStep(tender.refunded + part, rounding.step) - rounding.out) : part };
  });
  const paid = sum(given.map((tender) => tender.paid));
  return { amount, rounding: paid - amount, paid, tenders: given };
}

/** @param {boolean} approved @param {Tender[]} tenders @param {bigint} amount @param {Currency} currency */
function chosenParts(approved, tenders, amount, currency) {
  const parts = tenders.map((tender) => tender.now ?? 0n);
  tenders.forEach(({ method, amount: paid, refunded }, index) => {
    if (parts[index] > paid - refunded && !(approved && BEYOND.includes(method))) {
      throw new PricingError("refund_above_tender", { method, left: currency.format(floored(paid - refunded)) });
    }
  });
  const missing = amount - sum(parts);
  if (missing > 0n) throw new PricingError("tenders_below_due", { missing: currency.format(missing) });
  if (missing < 0n) throw new PricingError("tenders_above_due", { excess: currency.format(-missing) });
  return parts;
}

/**
 * Each tender's part of everything given back so far, less what it had before.
 * @param {Tender[]} tenders
 * @param {bigint} amount
 * @param {Currency} currency
 */
function inProportion(tenders, amount, currency) {
  const paid = sum(tenders.map((tender) => tender.amount));
  const before = sum(tenders.map((tender) => tender.refunded));
  if (before + amount > paid) throw new PricingError("refund_above_paid", { left: currency.format(floored(paid - before)) });
  const until = allocate(before + amount, tenders.map((tender) => tender.amount), currency.step);
  const parts = until.map((share, index) => floored(share - tenders[index].refunded));
  // Largest remainder may lower a share when the sum grows; nobody pays back, so the last ones wait for their unit.
  let excess = sum(parts) - amount;
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const cut = excess < parts[index] ? excess : parts[index];
    parts[index] -= cut;
    excess -= cut;
  }
  return parts;
}
