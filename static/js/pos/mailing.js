// Receipts by mail: the wish is an operation like any other, so it is kept with no network and sent with the sale.

import { store } from "./db.js";
import { envelope } from "./operations.js";
import { wake } from "./queue.js";

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

/** An address that mail can go to, or null. @param {string} typed */
export function addressOf(typed) {
  const address = typed.trim();
  return address.length <= 254 && ADDRESS.test(address) ? address : null;
}

/**
 * Goes with a sale, in the transaction that stores it.
 * @param {string} to
 * @returns {import("./operations.js").Further}
 */
export const mailing = (to) => (take, receipt) => ({ ...envelope("receipt.mail", take.next(), { receipt: receipt.id, to }), needs: [receipt.id] });

/**
 * Mail a receipt from before.
 * @param {string} receipt id
 * @param {string} to
 */
export async function mailLater(receipt, to) {
  await store(false, ({ seq }) => ({ operation: envelope("receipt.mail", seq, { receipt, to }) }));
  wake();
}
