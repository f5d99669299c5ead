// What the drawer should hold, as this till knows it: kept with every operation, so that it is there with no network.

import { read, write } from "./db.js";
import { formatPrice, padded } from "./money.js";
import { currency, till } from "./till.js";

/** An amount that may be negative, in the digits of the currency. @param {bigint} amount */
export const amountText = (amount) => (amount < 0n ? "-" : "") + padded(formatPrice(amount < 0n ? -amount : amount), currency().digits);

/** Expected cash of the running shift; null where this till was not there from its beginning and nobody told it. @returns {Promise<string | null>} */
export async function expectedCash() {
  const drawer = await read("drawer");
  return drawer && drawer.shift === till.get().shift?.id ? drawer.expected : null;
}

/** What the server says, where this till does not know better. @param {{id: string, expected?: string} | null} shift */
export async function learnDrawer(shift) {
  if (!shift?.expected) return;
  const drawer = await read("drawer");
  if (drawer?.shift !== shift.id) await write("drawer", { shift: shift.id, expected: shift.expected });
}
