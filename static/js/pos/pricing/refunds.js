// Refunds (rule 14): cumulative shares of what was paid, less what was given back before; the twin of pos/pricing/refunds.py.

import { Currency, PricingError, allocate, formatQuantity, parsePrice, parseQuantity, parseRate, roundToStep, sum } from "../money.js";
import { costs } from "./engine.js";

/**
 * @typedef {object} RefundLine
 * @property {string} id
 * @property {string} quantity
 * @property {string} payable
 * @property {import("./engine.js").TaxShare[]} taxes
 * @property {string} now
 * @property {{quantity?: string, payable?: string, taxes?: {code: string, amount: string}[]}} [refunded]
 */
/** @typedef {{method: "cash" | "card" | "online", amount: string, refunded?: string, now?: string | null}} RefundTender */
/**
 * @typedef {object} Refund
 * @property {import("../money.js").CurrencyText} currency
 * @property {RefundLine[]} lines
 * @property {RefundTender[] | null} [tenders]
 * @property {{step: string, paid_out?: string} | null} [cash_rounding]
 * @property {boolean} [approved]
 */

/** @param {Refund} request */
export function refund(request) {
  const currency = new Currency(request.currency);
  const text = (/** @type {bigint} */ amount) => currency.format(amount);
  const parts = request.lines.map((line) => linePart(line, currency));
  const total = sum(parts.map((part) => part.total));
  const payout = request.tenders ? payOut(request, request.tenders, total, currency) : null;
  return {
    currency: { code: currency.code, digits: currency.digits },
    lines: parts.map((part) => ({ id: part.id, quantity: formatQuantity(part.now), ...costs(part.payable, part.shares, text) })),
    payable: text(sum(parts.map((part) => part.payable))),
    tax: text(sum(parts.map((part) => part.tax))),
    total: text(total),
    payout: payout && {
      amount: text(payout.amount),
      rounding: text(payout.rounding),
      paid: text(payout.paid),
      tenders: payout.tenders.map((tender) => ({ method: tender.method, amount: text(tender.amount), paid: text(tender.paid) })),
    },
  };
}

/** @param {RefundLine} line @param {Currency} currency */
function linePart(line, currency) {
  const quantity = parseQuantity(line.quantity);
  const now = parseQuantity(line.now);
  const before = parseQuantity(line.refunded?.quantity ?? "0");
  if (before + now > quantity) throw new PricingError("refund_above_sold", { line: line.id, left: formatQuantity(quantity - before) });
  const growth = (/** @type {bigint} */ amount, /** @type {bigint} */ given) => {
    const grown = currency.round(amount * (before + now), quantity) - given;
    return grown > 0n ? grown : 0n;
  };
  const payable = growth(currency.parse(line.payable), currency.parse(line.refunded?.payable ?? "0"));
  const given = new Map((line.refunded?.taxes ?? []).map((tax) => [tax.code, currency.parse(tax.amount)]));
  const shares = line.taxes.map((tax) => ({
    rate: { code: tax.code, kind: tax.kind, rate: parseRate(tax.rate), inclusive: tax.inclusive, compound: false, priority: 1 },
    amount: growth(currency.parse(tax.amount), given.get(tax.code) ?? 0n),
  }));
  const tax = sum(shares.map((share) => share.amount));
  const net = payable - sum(shares.filter((share) => share.rate.inclusive).map((share) => share.amount));
  return { id: line.id, now, payable, shares, tax, total: net + tax };
}

/** @param {Refund} request @param {RefundTender[]} texts @param {bigint} amount @param {Currency} currency */
function payOut(request, texts, amount, currency) {
  const tenders = texts.map((text) => ({
    method: text.method,
    amount: currency.parse(text.amount),
    refunded: currency.parse(text.refunded ?? "0"),
    now: (text.now ?? null) === null ? null : currency.parse(/** @type {string} */ (text.now)),
  }));
  if (tenders.filter((tender) => tender.method === "cash").length > 1) throw new PricingError("cash_twice");
  const chosen = tenders.some((tender) => tender.now !== null);
  const parts = chosen ? chosenParts(request, tenders, amount, currency) : inProportion(tenders, amount, currency);
  const rounding = request.cash_rounding ? { step: parsePrice(request.cash_rounding.step), out: currency.parse(request.cash_rounding.paid_out ?? "0") } : null;
  const given = tenders.map((tender, index) => {
    let paid = parts[index];
    if (paid && rounding && tender.method === "cash") {
      paid = roundToStep(tender.refunded + paid, rounding.step) - rounding.out;
      if (paid < 0n) paid = 0n;
    }
    return { method: tender.method, amount: parts[index], paid };
  });
  const paid = sum(given.map((tender) => tender.paid));
  return { amount, rounding: paid - amount, paid, tenders: given };
}

/** @typedef {{method: string, amount: bigint, refunded: bigint, now: bigint | null}} Tender */

/** @param {Refund} request @param {Tender[]} tenders @param {bigint} amount @param {Currency} currency */
function chosenParts(request, tenders, amount, currency) {
  const parts = tenders.map((tender) => tender.now ?? 0n);
  tenders.forEach((tender, index) => {
    const room = tender.amount - tender.refunded;
    if (parts[index] > room && !(request.approved && tender.method === "cash")) {
      throw new PricingError("refund_above_tender", { method: tender.method, left: currency.format(room > 0n ? room : 0n) });
    }
  });
  const missing = amount - sum(parts);
  if (missing > 0n) throw new PricingError("tenders_below_due", { missing: currency.format(missing) });
  if (missing < 0n) throw new PricingError("tenders_above_due", { excess: currency.format(-missing) });
  return parts;
}

/** @param {Tender[]} tenders @param {bigint} amount @param {Currency} currency */
function inProportion(tenders, amount, currency) {
  const paid = sum(tenders.map((tender) => tender.amount));
  const before = sum(tenders.map((tender) => tender.refunded));
  if (before + amount > paid) {
    throw new PricingError("refund_above_paid", { left: currency.format(paid > before ? paid - before : 0n) });
  }
  const until = allocate(before + amount, tenders.map((tender) => tender.amount), currency.step);
  const parts = until.map((share, index) => (share > tenders[index].refunded ? share - tenders[index].refunded : 0n));
  let excess = sum(parts) - amount;
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const cut = excess < parts[index] ? excess : parts[index];
    parts[index] -= cut;
    excess -= cut;
  }
  return parts;
}
