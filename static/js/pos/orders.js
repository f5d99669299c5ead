// Held carts: put there, listed, taken back. One's own lie in this browser and need no network; another till's cart is taken by a
// claim that the server answers (docs/orders.md).

import { uuid7 } from "../lib/ids.js";
import { Refusal, call } from "./api.js";
import { countOf } from "./cart.js";
import { customersOf } from "./customers.js";
import { heldRecord, heldRecords, keepHeld, store, waitingCount } from "./db.js";
import { cartFrom, contentsOf, together } from "./held.js";
import { heardLinks, showUnsent } from "./links.js";
import { offerFor } from "./offers.js";
import { openCart, pricedCart } from "./open-cart.js";
import { envelope } from "./operations.js";
import { onAnswer, wake } from "./queue.js";
import { currency, till } from "./till.js";

/** @typedef {{id: string, version: number}} Taken an order that the open cart was made of */
/**
 * @typedef {object} HeldRecord a cart that this device has
 * @property {string} id
 * @property {number} version
 * @property {string} note
 * @property {string | null} customer
 * @property {string} name of the customer
 * @property {string} by
 * @property {string} at
 * @property {string} total
 * @property {number} pieces
 * @property {import("./held.js").Contents} contents
 * @property {boolean} [abroad] another device put it there
 * @property {boolean} [training] practice: it stays in this browser
 * @property {{to: string, operation: string, reason?: string}} [link] it waits for its payment link to be made; with a reason: none was
 */
/** @typedef {Omit<HeldRecord, "contents" | "customer" | "abroad" | "training" | "link"> & {mine: boolean, free: boolean, terminal: string}} Held a row of the list */
/** @typedef {{order: string, reason: string, terminal: string}} Lost somebody else was quicker */

const OWN_WAIT = 2500;
const OTHERS_WAIT = 8000;

/** What the server said last of the store's carts. @type {any[]} */
let rows = [];
/** Counts what this till did: an answer that was on its way meanwhile says nothing of it. */
let moves = 0;
/** @type {Map<string, (result: any) => void>} */
const waiters = new Map();
/** Claims of carts that lie here already. @type {Set<string>} */
const own = new Set();

/**
 * Watch the open cart and the server's answers.
 * @param {{lost: (lost: Lost) => void, again: () => void}} tell of a cart in hand that is somebody else's; of one that was kept as a new one
 */
export function startOrders(tell) {
  till.watch(["lines"], ({ lines, orders }) => void (!lines.length && orders.length && till.set({ orders: [] })));
  till.watch(["orders", "training"], () => void show());
  onAnswer((answer) => void (answer.result?.order && heard(answer, tell)));
  void show();
  void fetchOrders();
}

/** Put the open cart there, with a note, and be free for the next one. @param {string} note */
export async function hold(note) {
  const { orders, customer, person } = till.get();
  const sale = pricedCart();
  if (!sale) return;
  const [first = { id: uuid7(), version: 0 }, ...more] = orders;
  const cart = openCart();
  const record = {
    ...{ id: first.id, version: first.version + 1, note, customer: customer?.id ?? null, name: customer?.name ?? "", by: person?.name ?? "" },
    ...{ at: new Date().toISOString(), total: sale.totals.total, pieces: countOf(cart.lines), contents: contentsOf(cart) },
  };
  await put(record, true);
  await drop(more);
  till.set({ lines: [], customer: null, orders: [], query: "" });
}

/** @param {HeldRecord} record @param {boolean} [over] whether the open cart is this one */
async function put(record, over = false) {
  moves += 1;
  if (till.get().training) return keepHeld({ ...record, training: true });
  const { id, version, note, customer, total, pieces, contents } = record;
  await store(false, ({ seq }) => ({ operation: envelope("order.put", seq, { order: id, version, kind: "held", note, customer, total, pieces, contents }), order: record, over }));
  wake();
}

/** Nobody wants these any more. @param {Taken[]} orders */
export async function drop(orders) {
  moves += 1;
  if (till.get().training) for (const { id } of orders) await keepHeld(null, id);
  else for (const { id, version } of orders) await store(false, ({ seq }) => ({ operation: envelope("order.drop", seq, { order: id, version }), without: [id] }));
  if (orders.length) wake();
  await show();
}

/**
 * Take a cart: one's own at once where there is no network, everything else when the server has said yes.
 * @param {Held} held
 * @returns {Promise<{record: HeldRecord} | {lost: Lost} | {late: true}>}
 */
export async function take(held) {
  const record = await heldRecord(held.id);
  if (record?.training || record?.link) return { record };
  const version = record?.version ?? held.version;
  moves += 1;
  const { operation } = await store(false, ({ seq }) => ({
    operation: envelope("order.claim", seq, { order: held.id, version }),
    ...(record && { order: { ...record, version: version + 1 } }),
  }));
  if (record) own.add(operation.id);
  const offline = till.get().link === "offline";
  const result = record && offline ? (wake(), null) : await answered(operation.id, record ? OWN_WAIT : OTHERS_WAIT);
  if (result?.taken === false) return { lost: result };
  const there = await heldRecord(held.id);
  return there ? { record: there } : { late: true };
}

/** @param {string} id of a claim @param {number} wait */
function answered(id, wait) {
  return new Promise((resolve) => {
    waiters.set(id, resolve);
    setTimeout(() => (waiters.delete(id), resolve(null)), wait);
    wake();
  });
}

/**
 * Open a taken cart, alone or together with what is open; answers the prices that changed meanwhile.
 * @param {HeldRecord} record
 * @param {boolean} merge
 */
export function open(record, merge) {
  const { catalog, orders, customer } = till.get();
  if (!catalog) return [];
  const { changes, ...found } = cartFrom(record.contents, catalog, { currency: currency(), offerOf: offerFor });
  // an operation's id is one device's: what was approved for it elsewhere goes on under a new one
  if (record.abroad && found.deal.id) found.deal = { ...found.deal, id: uuid7() };
  const { lines, deal } = merge ? together(openCart(), found) : found;
  const buyer = customersOf(catalog).find(({ id }) => id === record.customer) ?? null;
  // the cart of a link that was not made is no order of the server's
  const own = record.link ? [] : [{ id: record.id, version: record.version }];
  till.set({ lines, deal, customer: (merge && customer) || buyer, selected: "", orders: [...(merge ? orders : []), ...own] });
  if (record.link) void keepHeld(null, record.id).then(showUnsent);
  else if (!lines.length) void drop([record]);
  return changes;
}

/** @param {any} answer @param {{lost: (lost: Lost) => void, again: () => void}} tell */
async function heard({ id, result }, tell) {
  const record = await heldRecord(result.order);
  const inHand = till.get().orders.some((order) => order.id === result.order);
  if (result.taken && !record && !own.has(id)) await keepHeld(recordOf(result));
  if (result.taken === false && record) {
    await keepHeld(null, result.order);
    if (inHand) tell.lost(result);
  }
  if (result.kept === false && record) {
    await keepHeld(null, result.order);
    await put({ ...record, id: uuid7(), version: 1 });
    tell.again();
  }
  own.delete(id);
  waiters.get(id)?.(result);
  waiters.delete(id);
  await show();
}

/** @param {any} result of a claim of another device's cart @returns {HeldRecord} */
function recordOf({ order: id, version, note, customer, contents }) {
  const { by = "", at = new Date().toISOString(), total = "0", pieces = 0, customer: name = "" } = rows.find((row) => row.id === id) ?? {};
  return { id, version, note, customer, name, by, at, total, pieces, contents, abroad: true };
}

/** Ask the server which carts are held in the store; what another till took lies here no longer. */
export async function fetchOrders() {
  const [before, quiet] = [moves, (await waitingCount()) === 0];
  try {
    const answer = await call("orders", undefined, OTHERS_WAIT);
    rows = answer.orders;
    await heardLinks(answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return;
  }
  if (quiet && moves === before && (await waitingCount()) === 0) {
    const there = new Set(rows.filter((row) => row.here).map((row) => row.id));
    for (const { id, training, link } of await heldRecords()) if (!training && !link && !there.has(id)) await keepHeld(null, id);
  }
  await show();
}

/** The list as it is now: one's own first, oldest first; what the open cart was made of is not on it. */
async function show() {
  const { orders, training } = till.get();
  const inHand = new Set(orders.map(({ id }) => id));
  const mine = (await heldRecords()).filter((record) => Boolean(record.training) === training && !record.link);
  const known = new Set(mine.map(({ id }) => id));
  const others = (training ? [] : rows).filter(({ id }) => !known.has(id)).map((row) => ({ ...row, name: row.customer, mine: row.here, free: row.here || row.lost || row.state === "open" }));
  const all = [...mine.map((record) => ({ ...record, mine: true, free: true, terminal: "" })), ...others];
  till.set({ held: all.filter(({ id }) => !inHand.has(id)).sort((a, b) => Number(b.mine) - Number(a.mine) || (a.at < b.at ? -1 : 1)) });
}
