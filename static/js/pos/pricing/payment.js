// Paying an amount: mixed tenders, change, tips and cash rounding (rules 12 and 13).

import { PricingError, roundToStep, sum } from "../money.js";

/** @typedef {{method: "cash" | "card" | "online", amount: string, tendered?: string | null, tip?: string | null}} TenderText */
/** @typedef {{step: bigint, exact: boolean}} Rounding */
/** @typedef {{method: string, part: bigint, amount: bigint, tendered: bigint, change: bigint, tip: bigint}} Paid */

/**
 * The cash to take for an exact part.
 * @param {bigint} part
 * @param {Rounding | null} rounding
 */
export const cashDue = (part, rounding) => (rounding ? roundToStep(part, rounding.step) : part);

/**
 * @param {bigint} due
 * @param {TenderText[]} texts
 * @param {Rounding | null} rounding
 * @param {import("../money.js").Currency} currency
 */
export function settle(due, texts, rounding, currency) {
  const tenders = texts.map((text) => ({
    method: text.method,
    amount: currency.parse(text.amount),
    tendered: (text.tendered ?? null) === null ? null : currency.parse(/** @type {string} */ (text.tendered)),
    tip: (text.tip ?? null) === null ? 0n : currency.parse(/** @type {string} */ (text.tip)),
  }));
  /** @type {(typeof tenders)[number] | null} */
  let cash = null;
  for (const tender of tenders) {
    if (tender.method === "cash") {
      if (cash) throw new PricingError("cash_twice");
      cash = tender;
    } else if (tender.tendered !== null) throw new PricingError("tendered_not_cash", { method: tender.method });
    else if (!tender.amount) throw new PricingError("tender_zero", { method: tender.method });
  }
  const others = sum(tenders.filter((tender) => tender !== cash).map((tender) => tender.amount));
  if (others > due) {
    throw new PricingError("tender_above_due", { due: currency.format(due), excess: currency.format(others - due) });
  }
  const part = due - others;
  checkCash(cash ? cash.amount : null, part, rounding, currency);
  const taken = cash ? cash.amount : part;
  /** @type {Paid[]} */
  const paid = tenders.map((tender) => {
    const needed = tender.amount + tender.tip;
    const tendered = tender.tendered ?? needed;
    if (tendered < needed) throw new PricingError("tendered_below_amount", { missing: currency.format(needed - tendered) });
    const exact = tender === cash ? part : tender.amount;
    return { method: tender.method, part: exact, amount: tender.amount, tendered, change: tendered - needed, tip: tender.tip };
  });
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

/**
 * @param {bigint | null} cash
 * @param {bigint} part
 * @param {Rounding | null} rounding
 * @param {import("../money.js").Currency} currency
 */
function checkCash(cash, part, rounding, currency) {
  if (cash === null) {
    if (part) throw new PricingError("tenders_below_due", { missing: currency.format(part) });
    return;
  }
  const due = cashDue(part, rounding);
  if (cash === due || (rounding?.exact && cash === part)) return;
  if (cash < due) throw new PricingError("tenders_below_due", { missing: currency.format(due - cash) });
  throw new PricingError("tenders_above_due", { excess: currency.format(cash - due) });
}
