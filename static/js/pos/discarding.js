// What waits here thrown away (C-34): only what was saved as a file, only with an admin's PIN, and said to the office.

import { uuid7 } from "../lib/ids.js";
import { exchangeQueue, parked, waiting } from "./db.js";
import { formatPrice, parsePrice, sum } from "./money.js";
import { envelope } from "./operations.js";
import { quietly, wake } from "./queue.js";
import { till } from "./till.js";

/** @typedef {import("./db.js").Operation} Operation */

export const DISCARD = "queue.discard";
// as many as one operation may name (docs/terminal-protocol.md, 5.13)
const MOST = 5000;

/** Everything that lies only here. @returns {Promise<{queue: Operation[], refused: Operation[]}>} */
export async function lyingHere() {
  const [queue, refused] = await Promise.all([waiting(), parked()]);
  return { queue, refused };
}

/** Save it as the server would get it; answers what of it may be thrown away: not what says that something was. */
export async function saveAsFile() {
  const { queue, refused } = await lyingHere();
  const { place } = till.get();
  const file = new Blob([JSON.stringify({ device: place?.device, saved_at: new Date().toISOString(), queue, refused }, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `smartpos-${place?.device.series ?? "till"}-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
  return [...refused, ...queue].filter(({ kind }) => kind !== DISCARD).slice(0, MOST);
}

/** @param {Operation} operation as the office hears of it */
const told = ({ id, kind, body }) => ({ id, kind, ...(body?.number && { series: body.series, number: body.number }), ...(totalOf(body) && { total: totalOf(body) }) });

/** What money came in by, and what it went back by (pos/offline/discarded.py). @type {Record<string, bigint>} */
const SIGNS = { "sale.settle": 1n, "refund.make": -1n, "receipt.void": -1n };

/** @param {any} body @returns {string} */
export const totalOf = (body) => body?.figures?.total ?? (body?.number ? body.total : "") ?? "";

/** What they come to. @param {Operation[]} operations */
export const worth = (operations) => formatPrice(sum(operations.map(({ kind, body }) => (SIGNS[kind] ?? 0n) * parsePrice(totalOf(body) || "0"))));

/**
 * Throw away what was saved, and say so: one durable transaction, while nothing is being sent. What was answered meanwhile is no
 * longer there and is not named.
 * @param {Operation[]} saved
 * @param {import("./deals.js").Approval[]} approvals
 * @param {string} id of the act that somebody said yes to
 * @returns {Promise<number>} how many went
 */
export async function discard(saved, approvals, id = uuid7()) {
  const ids = new Set(saved.map((operation) => operation.id));
  const gone = await quietly(() =>
    exchangeQueue(ids, (seq, operations) => ({
      ...envelope(DISCARD, seq, { operations: operations.map(told) }),
      id,
      shift: null,
      approvals: approvals.map(({ by, code, reason, offline, amounts }) => ({ by, code, reason, offline, amounts })),
    })),
  );
  const { shift } = till.get();
  // the server will never hear of this shift
  if (gone.some(({ kind, body }) => kind === "shift.open" && body.shift === shift?.id)) till.set({ shift: null });
  wake();
  return gone.length;
}
