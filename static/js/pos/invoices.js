// Invoices and credit notes of this device: their numbers, and the operations that issue them (docs/payments.md).

import { noteOnReceipt, store } from "./db.js";
import { envelope } from "./operations.js";
import { wake } from "./queue.js";
import { till } from "./till.js";

/** @typedef {{company: string, tax_number: string, address: string}} Buyer */
/** @typedef {Buyer & {label: string, kind: "invoice" | "credit"}} Paper what the till shows of a document */
/** @typedef {import("./db.js").Take} Take */
/** @typedef {import("./db.js").ReceiptRecord} ReceiptRecord */

const PREFIXES = { invoice: "INV", credit: "CN" };

/** Whether whoever is at the till may issue invoices; of practice there are none. */
export const mayInvoice = () => !till.get().training && Boolean(till.get().person?.codes.includes("sale.invoice"));

/**
 * The operation that issues the document of a receipt, with the next number of its kind and year; the receipt says which.
 * @param {Take} take
 * @param {number} seq
 * @param {ReceiptRecord} receipt
 * @param {Buyer} buyer
 */
function issued(take, seq, receipt, buyer) {
  /** @type {"invoice" | "credit"} */
  const kind = receipt.kind === "sale" ? "invoice" : "credit";
  const { series } = till.get().place.device;
  const operation = envelope("invoice.issue", seq, null);
  const year = Number(operation.business_date.slice(0, 4));
  const number = take.paper(`${kind}-${year}`);
  operation.body = { receipt: receipt.id, series, year, number, ...(kind === "invoice" && { buyer }) };
  receipt.invoice = { label: `${PREFIXES[kind]}-${series}-${year}-${number}`, kind, ...buyer };
  return operation;
}

/**
 * Goes with a sale (and with the refund of one that has an invoice), in the transaction that stores it.
 * @param {Buyer} buyer
 * @returns {import("./operations.js").Further}
 */
export const issuing = (buyer) => (take, receipt) => ({ ...issued(take, take.next(), receipt, buyer), needs: [receipt.id] });

/**
 * Make an invoice of a receipt from before.
 * @param {ReceiptRecord} receipt
 * @param {Buyer} buyer
 */
export async function invoiceLater(receipt, buyer) {
  const named = { ...receipt };
  await store(false, (take) => ({ operation: issued(take, take.seq, named, buyer) }));
  await noteOnReceipt(receipt.id, { invoice: named.invoice });
  wake();
  return named;
}
