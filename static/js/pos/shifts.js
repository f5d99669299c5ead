// Shifts and cash as operations (docs/terminal-protocol.md, 5.1, 5.2, 5.14), and the hours that they are held against.

import { uuid7 } from "../lib/ids.js";
import { Refusal, call } from "./api.js";
import { today, wallNow } from "./day.js";
import { store } from "./db.js";
import { envelope } from "./operations.js";
import { wake } from "./queue.js";
import { closedHere } from "./shift-over.js";
import { setting, till } from "./till.js";

/** @typedef {{id: string, amount: string, category: string, reason: string, drawer: boolean}} ExpenseNote */

/** @returns {import("./hours.js").Hours} */
export const workHours = () => ({ start: setting("shift.work_start", ""), end: setting("shift.work_end", ""), late: setting("shift.late_minutes", 15), early: setting("shift.early_minutes", 10), cutoff: till.get().place.store.cutoff_minutes });

/** What the store's clock shows: «10:20». */
export const clockNow = () => wallNow().slice(11);

/** The terminal at which this person has another shift open; "" where there is none, or nobody can say. */
export async function openElsewhere() {
  try {
    return String((await call(`shift?actor=${till.get().person?.id ?? ""}`, undefined, 3000)).elsewhere ?? "");
  } catch (error) {
    if (error instanceof Refusal) return "";
    throw error;
  }
}

/** @param {string} openingFloat @param {{reason?: string, late_reason?: string}} [why] */
export async function openShift(openingFloat, why = {}) {
  const { person } = till.get();
  const shift = { id: uuid7(), opening_float: openingFloat, opened_by: person?.name, employee: person?.id, business_date: today() };
  await store(false, ({ seq }) => ({ operation: { ...envelope("shift.open", seq, { shift: shift.id, opening_float: openingFloat, ...why }), shift: null } }));
  till.set({ shift });
  wake();
  return shift;
}

/**
 * @param {string} counted
 * @param {{reason?: string, early_reason?: string, sheet?: {value: string, count: number}[], expenses?: ExpenseNote[], unfinished?: {kind: string, count: number}[]}} [more]
 */
export async function closeShift(counted, more = {}) {
  const { shift } = till.get();
  const { operation } = await store(false, ({ seq }) => ({ operation: envelope("shift.close", seq, { shift: shift?.id, counted, ...more }) }));
  closedHere(shift?.id ?? "");
  till.set({ shift: null });
  wake();
  return operation.id;
}

/** @param {{direction: "in" | "out", amount: string, reason: string, category?: string}} body */
export async function moveCash(body) {
  await store(false, ({ seq }) => ({ operation: envelope("cash.move", seq, body) }));
  wake();
}

/**
 * @param {{receiver: string, amount: string, courier?: import("./entrusted.js").Party}} body
 * @param {string} id of the operation, which the receiver's PIN said yes to
 * @param {import("./deals.js").Approval[]} approvals
 */
export async function handOver(body, id, approvals) {
  const given = approvals.map(({ by, code, reason, offline, amounts }) => ({ by, code, reason, offline, amounts }));
  await store(false, ({ seq }) => ({ operation: { ...envelope("cash.handover", seq, body), id, approvals: given } }));
  wake();
}
