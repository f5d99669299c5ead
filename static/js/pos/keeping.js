// The open cart outlives its page: kept as it changes, put up again where the page was loaded anew, the browser was closed or the
// power went. What pays or holds it lets it go in the same transaction (db.js), so nothing that was sold comes back.

import { customersOf } from "./customers.js";
import { OPEN_CART, forget, read, write } from "./db.js";
import { noteError } from "./heartbeat.js";
import { cartFrom, contentsOf } from "./held.js";
import { offerFor } from "./offers.js";
import { openCart } from "./open-cart.js";
import { currency, till } from "./till.js";

const SOON = 250;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** At once, as before the till loads itself anew. */
export function keep() {
  clearTimeout(timer);
  timer = undefined;
  const { lines, customer, orders, exchange, training, preview } = till.get();
  if (preview) return Promise.resolve();
  const empty = !lines.length && !customer && !exchange;
  const kept = { contents: contentsOf(openCart()), customer: customer?.id ?? null, orders, exchange, training };
  return (empty ? forget(OPEN_CART) : write(OPEN_CART, kept)).catch(noteError);
}

/**
 * Put the kept cart up; answers the prices that changed meanwhile. What was open for real is still sold for real where practice has
 * begun since, if there is a shift for it; what was practised is worth nothing where it has ended.
 * @returns {Promise<import("./held.js").Change[]>}
 */
async function putUp() {
  const kept = await read(OPEN_CART);
  const { catalog, lines, training, preview, shift } = till.get();
  if (!kept || !catalog || lines.length || preview || (kept.training && !training) || (training && !kept.training && !shift)) return [];
  const { changes, ...cart } = cartFrom(kept.contents, catalog, { currency: currency(), offerOf: offerFor });
  const customer = customersOf(catalog).find(({ id }) => id === kept.customer) ?? null;
  till.set({ ...cart, customer, orders: kept.orders, exchange: kept.exchange, training: kept.training, selected: "" });
  return changes;
}

/** Once, when the selling screen is there. */
export async function startKeeping() {
  const changes = await putUp();
  till.watch(["lines", "deal", "customer", "orders", "exchange"], () => {
    clearTimeout(timer);
    timer = setTimeout(() => void keep(), SOON);
  });
  addEventListener("pagehide", () => timer !== undefined && void keep());
  return changes;
}
