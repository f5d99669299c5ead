// What an operation does to the cash in the drawer. Pure: no page, no network, no clock.

import { parsePrice } from "./money.js";

/**
 * Signed, in ten-thousandths; nought for whatever moves no coins.
 * @param {Record<string, any>} operation
 * @param {Record<string, any>} [receipt] what the till keeps of a sale, refund or void
 */
export function movedCash({ kind, body }, receipt) {
  if (kind === "cash.move") return (body.direction === "in" ? 1n : -1n) * parsePrice(body.amount);
  if (kind === "cash.handover" || kind === "consignment.pay") return -parsePrice(body.amount);
  if (kind === "consignment.sell") return body.method === "cash" ? parsePrice(body.amount) : 0n;
  if (kind === "parcels.receive") return parsePrice(body.cod);
  if (!receipt || receipt.training) return 0n;
  const cash = receipt.tenders.filter((/** @type {any} */ tender) => tender.method === "cash");
  const sum = cash.reduce((/** @type {bigint} */ total, /** @type {any} */ { tendered, change, amount }) => total + parsePrice(tendered ?? amount) - parsePrice(change || "0"), 0n);
  return receipt.kind === "sale" ? sum : -sum;
}

/**
 * The drawer after an operation; null where nobody knows what is in it.
 * @param {{shift: string, expected: string} | undefined} drawer
 * @param {Record<string, any>} operation
 * @param {Record<string, any>} [receipt]
 * @param {(amount: bigint) => string} [text]
 */
export function drawerAfter(drawer, operation, receipt, text = String) {
  if (operation.kind === "shift.open") return { shift: operation.body.shift, expected: text(parsePrice(operation.body.opening_float)) };
  if (!drawer || drawer.shift !== operation.shift) return null;
  const moved = movedCash(operation, receipt);
  return moved ? { ...drawer, expected: text(parsePrice(drawer.expected, true) + moved) } : null;
}
