// What the till keeps: settings and cache (kv), operations on their way (queue), its own receipts.

import { openDB } from "../../vendor/idb.js";

/** @typedef {{seq: number, number: number}} Counters */
/** @typedef {Record<string, any> & {id: string, seq: number, kind: string}} Operation */
/** @typedef {Record<string, any> & {id: string, label: string, seq: number}} ReceiptRecord */

const KEPT_RECEIPTS = 50;
/** @type {Promise<any> | undefined} */
let opened;

function database() {
  opened ??= openDB("smartpos-till", 1, {
    upgrade(/** @type {any} */ db) {
      db.createObjectStore("kv");
      db.createObjectStore("queue", { keyPath: "seq" });
      db.createObjectStore("parked", { keyPath: "id" });
      db.createObjectStore("receipts", { keyPath: "seq" });
    },
  });
  return opened;
}

/** @param {string} key */
export const read = async (key) => (await database()).get("kv", key);
/** @param {string} key @param {unknown} value */
export const write = async (key, value) => (await database()).put("kv", value, key);
/** @param {string} key */
export const forget = async (key) => (await database()).delete("kv", key);

/**
 * Take the next place (and number), and store the operation with its receipt: one durable transaction, or nothing.
 * @param {boolean} numbered
 * @param {(counters: Counters) => {operation: Operation, receipt?: ReceiptRecord}} make
 */
export async function store(numbered, make) {
  const db = await database();
  const tx = db.transaction(["kv", "queue", "receipts"], "readwrite", { durability: "strict" });
  const before = (await tx.objectStore("kv").get("counters")) ?? { seq: 0, number: 0 };
  const counters = { seq: before.seq + 1, number: before.number + (numbered ? 1 : 0) };
  const { operation, receipt } = make(counters);
  tx.objectStore("kv").put(counters, "counters");
  tx.objectStore("queue").put(operation);
  if (receipt) tx.objectStore("receipts").put(receipt);
  await tx.done;
  return { operation, receipt };
}

/** Never below what the server has seen. @param {Counters} seen */
export async function raiseCounters(seen) {
  const db = await database();
  const tx = db.transaction("kv", "readwrite");
  const own = (await tx.store.get("counters")) ?? { seq: 0, number: 0 };
  tx.store.put({ seq: Math.max(own.seq, seen.seq), number: Math.max(own.number, seen.number) }, "counters");
  await tx.done;
}

/** A new device starts its own series. */
export async function startAnew() {
  const db = await database();
  const tx = db.transaction(["kv", "receipts"], "readwrite");
  await tx.objectStore("kv").clear();
  await tx.objectStore("receipts").clear();
  await tx.done;
}

/** @param {number} [most] @returns {Promise<Operation[]>} */
export const waiting = async (most) => (await database()).getAll("queue", undefined, most);
/** @returns {Promise<number>} */
export const waitingCount = async () => (await database()).count("queue");
/** @returns {Promise<any[]>} */
export const parked = async () => (await database()).getAll("parked");

/**
 * An answer came: the operation leaves the queue, a refused one is parked with its reason.
 * @param {Operation} operation
 * @param {any} answer
 */
export async function settleAnswer(operation, answer) {
  const db = await database();
  const tx = db.transaction(["queue", "parked"], "readwrite");
  if (answer.state === "refused") tx.objectStore("parked").put({ ...operation, answer });
  tx.objectStore("queue").delete(operation.seq);
  await tx.done;
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
