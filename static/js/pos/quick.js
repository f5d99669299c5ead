// What this till's own receipts of a shift come to. Pure: no page, no network, no clock.

import { formatPrice, padded, parsePrice } from "./money.js";

// As many as the till keeps (db.js): of a shift with more, the first ones are gone.
const KEPT = 50;

/**
 * @param {any[]} receipts newest first
 * @param {string} shift
 * @param {number} digits
 */
export function ofShift(receipts, shift, digits) {
  const mine = receipts.filter((receipt) => receipt.shift === shift);
  const of = (/** @type {string} */ kind) => mine.filter((receipt) => receipt.kind === kind);
  const sum = (/** @type {any[]} */ some) => some.reduce((/** @type {bigint} */ total, receipt) => total + parsePrice(receipt.total), 0n);
  const text = (/** @type {bigint} */ amount) => (amount < 0n ? "-" : "") + padded(formatPrice(amount < 0n ? -amount : amount), digits);
  const [sales, refunds, voids] = ["sale", "refund", "void"].map(of);
  /** @type {Record<string, bigint>} */
  const tenders = {};
  const sign = (/** @type {any} */ receipt) => (receipt.kind === "sale" ? 1n : -1n);
  const rounding = mine.reduce((sum, receipt) => sum + sign(receipt) * parsePrice(receipt.rounding ?? "0", true), 0n);
  for (const receipt of mine) for (const { method, amount } of receipt.tenders) tenders[method] = (tenders[method] ?? 0n) + sign(receipt) * parsePrice(amount);
  const [sold, refunded, voided] = [sales, refunds, voids].map(sum);
  const count = sales.length - voids.length;
  const step = 10n ** BigInt(4 - digits);
  const average = count ? ((2n * (sold - voided)) / (BigInt(count) * step) + 1n) / 2n : 0n;
  return {
    total: text(sold - refunded - voided),
    sales: count,
    refunds: refunds.length,
    refunded: text(-refunded),
    voids: voids.length,
    average: text(average * step),
    tenders: Object.fromEntries(Object.entries(tenders).map(([method, amount]) => [method, text(amount)])),
    rounding: text(rounding),
    whole: mine.length < KEPT,
  };
}
