// What the till keeps: settings and cache (kv), operations on their way (queue), its own receipts, the carts it holds (orders).

import { openDB } from "../../vendor/idb.js";
import { drawerAfter } from "./drawer-sum.js";
import { formatPrice } from "./money.js";

/** @typedef {{seq: number, number: number, papers?: Record<string, number>}} Counters papers: further numbers, by what and year («invoice-2026») */
/**
 * The places and numbers that one transaction gives out.
 * @typedef {object} Take
 * @property {number} seq of the operation
 * @property {number} number of the receipt
 * @property {() => number} next the place of one more operation
 * @property {() => number} nextNumber the number of one more receipt
 * @property {(name: string) => number} paper the next number of that name
 */
/** @typedef {Record<string, any> & {id: string, seq: number, kind: string}} Operation */
/** @typedef {Record<string, any> & {id: string, label: string, seq: number}} ReceiptRecord */

const KEPT_RECEIPTS = 50;
/** Where the cart lies that is open now. */
export const OPEN_CART = "open-cart";
const STORES = { kv: {}, queue: { keyPath: "seq" }, parked: { keyPath: "id" }, receipts: { keyPath: "seq" }, orders: { keyPath: "id" } };
/** @type {Promise<any> | undefined} */
let opened;

function database() {
  opened ??= openDB("smartpos-till", 2, {
    upgrade(/** @type {any} */ db) {
      for (const [name, options] of Object.entries(STORES)) if (!db.objectStoreNames.contains(name)) db.createObjectStore(name, options);
    },
  });
  return opened;
}

/** @param {string} key */
export const read = async (key) => (await database()).get("kv", key);
/** @param {string} key @param {unknown} value */
export const write = async (key, value) => (await database()).put("kv", value, key);
/** Several at once, or none. @param {Record<string, unknown>} values */
export async function writeAll(values) {
  const tx = (await database()).transaction("kv", "readwrite");
  for (const [key, value] of Object.entries(values)) tx.store.put(value, key);
  await tx.done;
}
/** @param {string} key */
export const forget = async (key) => (await database()).delete("kv", key);

/**
 * Take the next place (and number), and store the operation with its receipt, its held cart and whatever goes with it: one durable
 * transaction, or nothing.
 * @param {boolean} numbered
 * @param {(take: Take) => {operation: Operation, receipt?: ReceiptRecord, earlier?: ReceiptRecord, further?: Operation[], order?: import("./orders.js").HeldRecord, without?: string[], over?: boolean}} make
 *   `earlier`: the receipt of one of the further operations; `without`: held carts that are no more; `over`: so is the open one
 */
export async function store(numbered, make) {
  const db = await database();
  const tx = db.transaction(["kv", "queue", "receipts", "orders"], "readwrite", { durability: "strict" });
  const before = (await tx.objectStore("kv").get("counters")) ?? { seq: 0, number: 0 };
  const kept = await tx.objectStore("kv").get("drawer");
  /** @type {Counters & {papers: Record<string, number>}} */
  const counters = { seq: before.seq + 1, number: before.number + (numbered ? 1 : 0), papers: { ...before.papers } };
  const paper = (/** @type {string} */ name) => (counters.papers[name] = (counters.papers[name] ?? 0) + 1);
  /** @type {Promise<unknown>[]} */
  const writes = [tx.done];
  try {
    const { operation, receipt, earlier, further = [], order, without = [], over = false } = make({ seq: counters.seq, number: counters.number, next: () => (counters.seq += 1), nextNumber: () => (counters.number += 1), paper });
    writes.push(tx.objectStore("kv").put(counters, "counters"));
    for (const each of [operation, ...further]) writes.push(tx.objectStore("queue").put(each));
    const first = further.find(({ id }) => id === earlier?.id);
    const between = first ? drawerAfter(kept, first, earlier, signed) : null;
    const drawer = drawerAfter(between ?? kept, operation, receipt, signed) ?? between;
    if (drawer) writes.push(tx.objectStore("kv").put(drawer, "drawer"));
    for (const each of [earlier, receipt]) if (each) writes.push(tx.objectStore("receipts").put(each));
    if (order) writes.push(tx.objectStore("orders").put(order));
    for (const id of without) writes.push(tx.objectStore("orders").delete(id));
    if (over) writes.push(tx.objectStore("kv").delete(OPEN_CART));
    await Promise.all(writes);
    return { operation, receipt, earlier };
  } catch (error) {
    // what was put before the failure would be kept otherwise: a number that nothing has
    rollBack(tx, writes);
    throw error;
  }
}

/** @param {bigint} amount */
const signed = (amount) => (amount < 0n ? `-${formatPrice(-amount)}` : formatPrice(amount));

/** @param {any} tx @param {Promise<unknown>[]} writes */
function rollBack(tx, writes) {
  for (const write of writes) write.catch(() => {});
  try {
    tx.abort();
  } catch {
    // it has ended by itself
  }
}

/** Never below what the server has seen. @param {Counters} seen */
export async function raiseCounters(seen) {
  const db = await database();
  const tx = db.transaction("kv", "readwrite");
  const own = (await tx.store.get("counters")) ?? { seq: 0, number: 0 };
  const papers = { ...own.papers };
  for (const [name, number] of Object.entries(seen.papers ?? {})) papers[name] = Math.max(papers[name] ?? 0, number);
  tx.store.put({ seq: Math.max(own.seq, seen.seq), number: Math.max(own.number, seen.number), papers }, "counters");
  await tx.done;
}

/**
 * A new device starts its own series. What the former one did not send cannot be sent in the new one's name: it is set aside, and
 * shown and saved only where this browser stands in the same business.
 * @param {string} why
 */
export async function clear(why) {
  const db = await database();
  const tx = db.transaction(["kv", "queue", "parked", "receipts", "orders"], "readwrite");
  const [place, queue, refused] = await Promise.all([tx.objectStore("kv").get("place"), tx.objectStore("queue").getAll(), tx.objectStore("parked").getAll()]);
  const business = place?.business.id ?? "";
  for (const operation of queue) tx.objectStore("parked").put({ ...operation, business, answer: { state: "refused", error: { code: "device_changed", message: why } } });
  for (const operation of refused) tx.objectStore("parked").put({ business, ...operation });
  for (const name of ["kv", "queue", "receipts", "orders"]) tx.objectStore(name).clear();
  await tx.done;
}

/** @param {number} [most] @returns {Promise<Operation[]>} */
export const waiting = async (most) => (await database()).getAll("queue", undefined, most);
/** @returns {Promise<number>} */
export const waitingCount = async () => (await database()).count("queue");
/** What was refused or set aside, as far as it is this business's. @returns {Promise<any[]>} */
export async function parked() {
  const db = await database();
  const [place, all] = await Promise.all([db.get("kv", "place"), db.getAll("parked")]);
  return all.filter((/** @type {any} */ { business }) => business === undefined || business === place?.business.id);
}

/**
 * Answers came, and are kept in one transaction: their operations leave the queue, a refused one is parked with its reason. The cart of a
 * payment link that was made is gone; of one that was not it stays, and says why.
 * @param {[Operation, any][]} answered
 */
export async function settleAnswers(answered) {
  const db = await database();
  const tx = db.transaction(["queue", "parked", "orders"], "readwrite");
  for (const [operation, answer] of answered) {
    if (answer.state === "refused") tx.objectStore("parked").put({ ...operation, answer });
    if (operation.kind === "link.make") {
      const { order } = operation.body;
      const cart = await tx.objectStore("orders").get(order);
      if (answer.result?.made) tx.objectStore("orders").delete(order);
      else if (cart) tx.objectStore("orders").put({ ...cart, link: { ...cart.link, reason: answer.result?.reason ?? answer.state } });
    }
    tx.objectStore("queue").delete(operation.seq);
  }
  await tx.done;
}

/**
 * Put one operation in the place of those that are thrown away; their receipts go with them. Nothing happens where none is left.
 * @param {Set<string>} ids
 * @param {(seq: number, gone: Operation[]) => Operation} make
 * @returns {Promise<Operation[]>} what went
 */
export async function exchangeQueue(ids, make) {
  const tx = (await database()).transaction(["kv", "queue", "parked", "receipts"], "readwrite", { durability: "strict" });
  const [queue, refused] = await Promise.all([tx.objectStore("queue").getAll(), tx.objectStore("parked").getAll()]);
  const of = (/** @type {Operation[]} */ all) => all.filter(({ id }) => ids.has(id));
  const gone = [...of(refused), ...of(queue)];
  if (gone.length) {
    const counters = await tx.objectStore("kv").get("counters");
    tx.objectStore("kv").put({ ...counters, seq: counters.seq + 1 }, "counters");
    for (const { id } of of(refused)) tx.objectStore("parked").delete(id);
    for (const { seq } of of(queue)) tx.objectStore("queue").delete(seq);
    for (const { id, seq } of gone) if ((await tx.objectStore("receipts").get(seq))?.id === id) tx.objectStore("receipts").delete(seq);
    tx.objectStore("queue").put(make(counters.seq + 1, gone));
  }
  await tx.done;
  return gone;
}

/** The till's own receipts, newest first; older ones than the last fifty are let go. @returns {Promise<ReceiptRecord[]>} */
export async function receipts() {
  const db = await database();
  const all = await db.getAll("receipts");
  const old = all.slice(0, Math.max(0, all.length - KEPT_RECEIPTS));
  if (old.length) {
    const tx = db.transaction("receipts", "readwrite");
    for (const record of old) tx.store.delete(record.seq);
    await tx.done;
  }
  return all.slice(-KEPT_RECEIPTS).reverse();
}

/**
 * Write something beside a receipt that this till keeps.
 * @param {string} id
 * @param {Record<string, unknown>} more
 */
export async function noteOnReceipt(id, more) {
  const tx = (await database()).transaction("receipts", "readwrite");
  const known = (await tx.store.getAll()).find((/** @type {ReceiptRecord} */ record) => record.id === id);
  if (known) tx.store.put({ ...known, ...more });
  await tx.done;
}

/** The carts this device holds. @returns {Promise<import("./orders.js").HeldRecord[]>} */
export const heldRecords = async () => (await database()).getAll("orders");
/** @param {string} id @returns {Promise<import("./orders.js").HeldRecord | undefined>} */
export const heldRecord = async (id) => (await database()).get("orders", id);

/**
 * Keep a cart that came from elsewhere, or let one go.
 * @param {import("./orders.js").HeldRecord | null} record
 * @param {string} [id] of the one that is no more
 */
export async function keepHeld(record, id = "") {
  const db = await database();
  if (record) await db.put("orders", record);
  else await db.delete("orders", id);
}
