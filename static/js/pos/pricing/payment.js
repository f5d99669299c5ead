// Paying an amount: mixed tenders, change, tips and cash rounding (rules 12 and 13), the twin of pos/pricing/payment.py.

import { Currency, PricingError, floored, roundToStep, sum } from "../money.js";
import { currencyText, optional, parseStep } from "./reading.js";
import { texts } from "./sale.js";

/** @typedef {{method: "cash" | "card" | "online" | "exchange", amount: string, tendered?: string | null, tip?: string | null}} TenderText */
/** @typedef {{step: string, exact_coins?: boolean}} RoundingText */
/** @typedef {{method: string, amount: bigint, tendered: bigint | null, tip: bigint}} Tender */
/** @typedef {{step: bigint, exact: boolean}} Rounding */
/** @typedef {{part: bigint, paid: bigint}} CashBefore cash of earlier payments of the same bill: the exact parts, and what was taken */

/** @type {CashBefore} */
const NOTHING_BEFORE = { part: 0n, paid: 0n };

/**
 * @param {RoundingText | null | undefined} text
 * @param {Currency} currency
 * @returns {Rounding | null}
 */
export const parseRounding = (text, currency) => (text ? { step: parseStep(text.step, currency), exact: text.exact_coins ?? false } : null);

/**
 * @param {TenderText[]} tenders
 * @param {Currency} currency
 * @returns {Tender[]}
 */
export function parseTenders(tenders, currency) {
  const read = (/** @type {string} */ text) => currency.parse(text);
  return tenders.map(({ method, amount, tendered, tip }) => ({
    method,
    amount: read(amount),
    tendered: optional(tendered, read),
    tip: optional(tip, read) ?? 0n,
  }));
}

/**
 * The cash to take for an exact part: rounded together with the bill's earlier cash, less what that paid.
 * @param {bigint} part
 * @param {Rounding | null} rounding
 * @param {CashBefore} before
 */
export const cashDue = (part, rounding, before = NOTHING_BEFORE) =>
  rounding ? floored(roundToStep(before.part + part, rounding.step) - before.paid) : part;

/**
 * How the tenders pay what is due.
 * @param {bigint} due
 * @param {Tender[]} tenders
 * @param {Rounding | null} rounding
 * @param {Currency} currency
 * @param {CashBefore} before
 */
export function settle(due, tenders, rounding, currency, before = NOTHING_BEFORE) {
  const cash = cashOf(tenders);
  const others = sum(tenders.filter((tender) => tender !== cash).map((tender) => tender.amount));
  if (others > due) {
    throw new PricingError("tender_above_due", { due: currency.format(due), excess: currency.format(others - due) });
  }
  const part = due - others;
  checkCash(cash ? cash.amount : null, part, rounding, currency, before);
  const taken = cash ? cash.amount : part;
  const paid = tenders.map((tender) => paidBy(tender, tender === cash ? part : tender.amount, currency));
  return {
    due,
    cash_part: part,
    rounding: taken - part,
    paid: others + taken,
    change: sum(paid.map((tender) => tender.change)),
    tips: sum(paid.map((tender) => tender.tip)),
    tenders: paid,
  };
}

/** @param {Tender[]} tenders */
function cashOf(tenders) {
  /** @type {Tender | null} */
  let cash = null;
  for (const tender of tenders) {
    if (tender.method === "cash") {
      if (cash) throw new PricingError("cash_twice");
      cash = tender;
    } else if (tender.tendered !== null) throw new PricingError("tendered_not_cash", { method: tender.method });
    else if (!tender.amount) throw new PricingError("tender_zero", { method: tender.method });
  }
  return cash;
}

/**
 * @param {bigint | null} cash
 * @param {bigint} part
 * @param {Rounding | null} rounding
 * @param {Currency} currency
 * @param {CashBefore} before
 */
function checkCash(cash, part, rounding, currency, before) {
  if (cash === null) {
    if (part) throw new PricingError("tenders_below_due", { missing: currency.format(part) });
    return;
  }
  const due = cashDue(part, rounding, before);
  if (cash === due || (rounding?.exact && cash === part)) return;
  if (cash < due) throw new PricingError("tenders_below_due", { missing: currency.format(due - cash) });
  throw new PricingError("tenders_above_due", { excess: currency.format(cash - due) });
}

/** @param {Tender} tender @param {bigint} part @param {Currency} currency */
function paidBy({ method, amount, tendered, tip }, part, currency) {
  const needed = amount + tip;
  const handed = tendered ?? needed;
  if (handed < needed) throw new PricingError("tendered_below_amount", { missing: currency.format(needed - handed) });
  return { method, part, amount, tendered: handed, change: handed - needed, tip };
}

/** @param {ReturnType<typeof settle>} payment @param {(amount: bigint) => string} text */
export const paymentText = ({ tenders, ...amounts }, text) => ({
  ...texts(amounts, text),
  tenders: tenders.map(({ method, ...rest }) => ({ method, ...texts(rest, text) })),
});

/**
 * A payment of an amount that is already known.
 * @param {{currency: import("../money.js").CurrencyText, due: string, tenders: TenderText[], cash_rounding?: RoundingText | null,
 *   before?: {cash: string, cash_paid: string} | null}} asked
 */
export function settleDue(asked) {
  const currency = new Currency(asked.currency);
  const due = currency.parse(asked.due);
  const tenders = parseTenders(asked.tenders, currency);
  const rounding = parseRounding(asked.cash_rounding, currency);
  const before = asked.before ? { part: currency.parse(asked.before.cash), paid: currency.parse(asked.before.cash_paid) } : NOTHING_BEFORE;
  const payment = settle(due, tenders, rounding, currency, before);
  return { currency: currencyText(currency), payment: paymentText(payment, (amount) => currency.format(amount)) };
}
