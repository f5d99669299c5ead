// Who is at the till, and what the log hears of it: a session begins with a PIN or a card and ends with the lock.

import { uuid7 } from "../lib/ids.js";
import { store } from "./db.js";
import { signIn, signInByCard } from "./identity.js";
import { envelope } from "./operations.js";
import { wake } from "./queue.js";
import { till } from "./till.js";

/** @typedef {"hand" | "idle" | "order" | "other"} Reason */

/** @param {string} pin */
export const byPin = async (pin) => begin(await signIn(pin), "pin");
/** @param {string} card */
export const byCard = async (card) => begin(await signInByCard(card), "card");

/**
 * Somebody showed who they are; whoever was there before is gone from now on.
 * @param {import("./till.js").Person & {offline?: boolean}} known
 * @param {"pin" | "card"} method
 */
async function begin({ offline = false, ...person }, method) {
  till.set({ person });
  await note("session.open", { method, offline });
  return person;
}

/** @param {Reason} reason */
export async function end(reason) {
  if (!till.get().person) return;
  const noted = note("session.close", { reason });
  till.set({ person: null });
  await noted;
}

/**
 * The log is no reason to keep somebody from selling: what cannot be stored is let go.
 * @param {string} kind
 * @param {unknown} body
 */
async function note(kind, body) {
  if (!till.get().place) return;
  const act = { ...envelope(kind, 0, body), id: uuid7() };
  await store(false, ({ seq }) => ({ operation: { ...act, seq } })).then(wake, () => {});
}
