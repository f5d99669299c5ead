// The till's sign of life: how it stands, and what went wrong since the last time.

import { uuid7 } from "../lib/ids.js";
import { call } from "./api.js";
import { read, waitingCount } from "./db.js";

const MOST = 5;
const KEPT = 20;
const LONGEST = 300;

/** @type {{id: string, at: string, message: string}[]} */
let errors = [];

/** The build of the shell, from the address of this very module. */
export const build = new URL(import.meta.url).pathname.split("/")[2] ?? "";

/** Keep an error for the next sign of life; the oldest give way. @param {unknown} reason */
export function noteError(reason) {
  const text = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  const message = text.replaceAll("\u0000", "").slice(0, LONGEST) || "Error";
  errors = [...errors, { id: uuid7(), at: new Date().toISOString(), message }].slice(-KEPT);
}

/** Hear of everything that nobody caught. */
export function watchErrors() {
  addEventListener("error", (event) => noteError(event.error ?? event.message));
  addEventListener("unhandledrejection", (event) => noteError(event.reason));
}

/** Say it; answers the server's time and cursor, and what on promotion is sold out. @returns {Promise<{server_time: string, cursor: number, out?: string[], shift?: string | null}>} */
export async function beat() {
  const told = errors.slice(0, MOST);
  const persisted = (await navigator.storage?.persisted?.()) ?? null;
  const answer = await call("heartbeat", { build, waiting: await waitingCount(), last_seq: (await read("counters"))?.seq ?? 0, persisted, errors: told }, 5000);
  errors = errors.filter((error) => !told.includes(error));
  return answer;
}
