// Money that is somebody else's, as operations (docs/terminal-protocol.md, 5.16): goods sold for their owners, parcels paid for.

import { uuid7 } from "../lib/ids.js";
import { Refusal, call } from "./api.js";
import { store } from "./db.js";
import { fold } from "./folding.js";
import { envelope } from "./operations.js";
import { wake } from "./queue.js";
import { till } from "./till.js";

/** @typedef {{id: string, name: string}} Party */

export const PAY_OWNER = "consignment.pay";
const PATIENCE = 4000;

/** Who is known, by name. @param {"owner" | "courier"} kind @returns {Party[]} */
export function partiesOf(kind) {
  const rows = Object.entries(till.get().catalog?.parties ?? {});
  return rows.filter(([, row]) => row[0] === kind).map(([id, row]) => ({ id, name: row[1] })).sort((a, b) => a.name.localeCompare(b.name, "hr"));
}

/** Somebody known by this name, or somebody new. @param {"owner" | "courier"} kind @param {string} name @returns {Party} */
export function partyNamed(kind, name) {
  const words = name.trim().replace(/\s+/g, " ");
  return partiesOf(kind).find((party) => fold(party.name) === fold(words)) ?? { id: uuid7(), name: words };
}

/** What the server says is owed, by party; null where it does not answer. @returns {Promise<Map<string, string> | null>} */
export async function owed() {
  try {
    const { owed: rows } = await call(`owed?actor=${till.get().person?.id ?? ""}`, undefined, PATIENCE);
    return new Map(rows.map((/** @type {{id: string, owed: string}} */ row) => [row.id, row.owed]));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/**
 * @param {"consignment.sell" | "consignment.pay" | "parcels.receive"} kind
 * @param {Record<string, any>} body
 * @param {string} [id] what a manager said yes to
 * @param {import("./deals.js").Approval[]} [approvals]
 */
export async function book(kind, body, id = uuid7(), approvals = []) {
  const given = approvals.map(({ by, code, reason, offline, amounts }) => ({ by, code, reason, offline, amounts }));
  await store(false, ({ seq }) => ({ operation: { ...envelope(kind, seq, body), id, approvals: given } }));
  wake();
}
