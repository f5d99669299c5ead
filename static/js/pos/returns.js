// What may go back of a receipt, and which rights that takes. Pure: no page, no network, no clock.

import { formatQuantity, padded, parsePrice, parseQuantity, formatPrice } from "./money.js";

/** @typedef {import("./deals.js").Need} Need */
/** @typedef {{quantity: string, payable: string, taxes: {code: string, amount: string}[]}} Back what went back of a line so far */
/** @typedef {{method: "cash" | "card" | "online" | "exchange", part: string, amount: string, tendered: string, change: string, refunded?: string, paid_back?: string}} Tender refunded: the exact part, paid_back: what left the drawer of it; of several tenders of a kind the first says it for all */
/** @typedef {Record<string, any> & {id: string, label: string, kind: string, lines: any[], tenders: Tender[]}} Receipt */
/** @typedef {"" | "cash" | "card"} Way empty: back as it came */

export const ALONE = "refund.alone";
export const OTHER_TENDER = "refund.other_tender";
export const WITHOUT_RECEIPT = "refund.without_receipt";
export const VOID = "receipt.void";

/** How much of a line is left to give back. @param {any} line */
export const leftOf = (line) => parseQuantity(line.quantity.replace("-", "")) - parseQuantity(line.refunded.quantity);

/** Nothing is left of it. @param {Receipt} receipt */
export const allBack = (receipt) => receipt.lines.every((line) => leftOf(line) <= 0n);

/** Whether anything of it went back before. @param {Receipt} receipt */
export const touched = (receipt) => receipt.lines.some((line) => parseQuantity(line.refunded.quantity) > 0n);

/**
 * A receipt with what this till itself gave back of it and the server does not know yet.
 * @param {Receipt} receipt
 * @param {Receipt[]} own
 * @param {number} digits
 * @returns {Receipt}
 */
export function withBack(receipt, own, digits) {
  const known = new Set((receipt.reversals ?? []).map((/** @type {{id: string}} */ one) => one.id));
  const more = own.filter((record) => record.kind !== "sale" && record.original === receipt.id && !known.has(record.id));
  if (!more.length) return receipt;
  const text = (/** @type {bigint} */ amount) => padded(formatPrice(amount), digits);
  const lines = receipt.lines.map((line) => more.flatMap((record) => record.lines.filter((back) => back.id === line.id)).reduce((sum, back) => ({ ...sum, refunded: plus(sum.refunded, back, text) }), line));
  const tenders = receipt.tenders.map((tender, index) => {
    if (receipt.tenders.findIndex(({ method }) => method === tender.method) !== index) return tender;
    const back = more.flatMap((record) => record.tenders.filter(({ method }) => method === tender.method));
    const summed = (/** @type {"part" | "amount"} */ name, /** @type {string | undefined} */ before) => text(back.reduce((sum, one) => sum + parsePrice(one[name]), parsePrice(before ?? "0")));
    return { ...tender, refunded: summed("part", tender.refunded), paid_back: summed("amount", tender.paid_back) };
  });
  const gone = more.find((record) => record.kind === "void");
  return { ...receipt, lines, tenders, voided: receipt.voided ?? (gone ? { label: gone.label, reason: gone.reason } : null) };
}

/**
 * @param {Back} before
 * @param {{quantity: string, payable: string, taxes: {code: string, amount: string}[]}} back
 * @param {(amount: bigint) => string} text
 * @returns {Back}
 */
function plus(before, back, text) {
  const amount = (/** @type {string} */ code) => before.taxes.find((tax) => tax.code === code)?.amount ?? "0";
  const codes = [...new Set([...before.taxes, ...back.taxes].map(({ code }) => code))];
  const now = new Map(back.taxes.map((tax) => [tax.code, tax.amount]));
  return {
    quantity: formatQuantity(parseQuantity(before.quantity) + parseQuantity(back.quantity)),
    payable: text(parsePrice(before.payable) + parsePrice(back.payable)),
    taxes: codes.map((code) => ({ code, amount: text(parsePrice(amount(code)) + parsePrice(now.get(code) ?? "0")) })),
  };
}

/**
 * Why a receipt cannot be refunded; null where it can.
 * @param {Receipt} receipt
 * @returns {"noRefundKind" | "noRefundVoided" | "refundedAll" | null}
 */
export function noRefund(receipt) {
  if (receipt.kind !== "sale") return "noRefundKind";
  if (receipt.voided) return "noRefundVoided";
  return allBack(receipt) ? "refundedAll" : null;
}

/**
 * Why a receipt cannot be voided; null where it can (POS-48: only in the shift of the sale, and only while nothing went back).
 * @param {Receipt} receipt
 * @param {string | undefined} shift the one that runs here
 * @param {boolean} [away] whether there is no network: what was paid online goes back through its gateway
 * @returns {"noVoidKind" | "noRefundVoided" | "noVoidShift" | "noVoidTouched" | "noVoidExchange" | "onlineBackOffline" | null}
 */
export function noVoid(receipt, shift, away = false) {
  if (receipt.kind !== "sale") return "noVoidKind";
  if (receipt.voided) return "noRefundVoided";
  if (receipt.original) return "noVoidExchange";
  if (touched(receipt)) return "noVoidTouched";
  if (!shift || receipt.shift !== shift) return "noVoidShift";
  return away && leftOn(receipt, "online") > 0n ? "onlineBackOffline" : null;
}

/** What an exchange paid goes back as cash does. @param {Tender} tender */
const means = ({ method }) => (method === "exchange" ? "cash" : method);

/** Several cards are one means of payment. @param {Receipt} receipt */
function byMethod({ tenders }) {
  const sum = (/** @type {Tender[]} */ some, /** @type {"part" | "refunded"} */ name) => formatPrice(some.reduce((total, tender) => total + parsePrice(tender[name] ?? "0"), 0n));
  return [...new Set(tenders.map(means))].map((method) => {
    const same = tenders.filter((tender) => means(tender) === method);
    return { method, amount: sum(same, "part"), refunded: sum(same, "refunded") };
  });
}

/**
 * How cash goes back: in the shop's coins, reckoned over everything that went back of the receipt in cash.
 * @param {Receipt} receipt
 * @param {{step: string} | null} rounding
 */
export const roundingBack = (receipt, rounding) => rounding && { step: rounding.step, paid_out: receipt.tenders.find(({ method }) => method === "cash")?.paid_back ?? "0" };

/**
 * The tenders of a refund as the engine takes them: by themselves in proportion to what was paid, or all on one.
 * @param {Receipt} receipt
 * @param {Way} way
 * @param {string} total what goes back now
 */
export function tendersOf(receipt, way, total) {
  const paid = byMethod(receipt);
  if (!way) return paid;
  const all = paid.some(({ method }) => method === way) ? paid : [...paid, { method: way, amount: "0", refunded: "0" }];
  return all.map((tender) => ({ ...tender, now: tender.method === way ? total : "0" }));
}

/** How much may still go back on a tender. @param {Receipt} receipt @param {string} method */
export const leftOn = (receipt, method) => receipt.tenders.filter((tender) => means(tender) === method).reduce((sum, { part, refunded }) => sum + parsePrice(part) - parsePrice(refunded ?? "0"), 0n);

/**
 * Every right that a refund takes, and what a manager should know of it.
 * @param {Receipt} receipt
 * @param {Way} way
 * @param {string} total
 * @returns {Need[]}
 */
export function refundNeeds(receipt, way, total) {
  const amounts = { label: receipt.label, total };
  const needs = [{ code: ALONE, amounts, scope: {} }];
  if (way && leftOn(receipt, way) < parsePrice(total)) needs.push({ code: OTHER_TENDER, amounts, scope: {} });
  return needs;
}

/** What is paid for the whole of a receipt, rounding included. @param {Receipt} receipt @param {number} digits */
export const paidFor = (receipt, digits) => padded(formatPrice(receipt.tenders.reduce((sum, { amount }) => sum + parsePrice(amount), 0n)), digits);
