// Who is at the till: the PIN goes to the server; with no network, to a verifier that this device made itself.

import { Refusal, call } from "./api.js";
import { read, write } from "./db.js";
import { till } from "./till.js";

const ROUNDS = 210_000;
// With no network this device counts by itself: the fifth failure costs half a minute, each further one twice as much.
const FREE_TRIES = 4;
const FIRST_LOCK = 30_000;
const LONGEST_LOCK = 3_600_000;
const DAY = 86_400_000;
// Only they approve (smartpos/access/services/approvals.py).
const MANAGERS = ["owner", "admin", "manager"];

/** @param {string} pin @returns {Promise<import("./till.js").Person & {offline?: boolean}>} */
export async function signIn(pin) {
  try {
    const { employee, codes, valid_days: days, pass, places } = await call("pin", { pin });
    await remember(pin, employee.id, days);
    return { ...employee, codes, pass, places };
  } catch (error) {
    if (error instanceof Refusal && error.status === 0) return offline(pin);
    throw error;
  }
}

/** A card needs the server: a device alone cannot tell a card from its copy. @param {string} card @returns {Promise<import("./till.js").Person>} */
export async function signInByCard(card) {
  const { employee, codes, pass, places } = await call("card", { card });
  return { ...employee, codes, pass, places };
}

/** A key that no script can read out. */
async function deviceKey() {
  const kept = await read("pin-key");
  if (kept) return kept;
  const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  await write("pin-key", key);
  return key;
}

/** @param {string} pin @param {BufferSource} salt */
async function verifier(pin, salt) {
  const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, base, 256);
  return new Uint8Array(await crypto.subtle.sign("HMAC", await deviceKey(), bits)).join(",");
}

/** @param {string} pin @param {string} employee @param {number} days */
async function remember(pin, employee, days) {
  if (!globalThis.crypto?.subtle) return;
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const known = (await read("verifiers")) ?? {};
  const version = till.get().catalog?.employees[employee]?.[4] ?? "";
  known[employee] = { salt, hash: await verifier(pin, salt), until: Date.now() + days * DAY, version };
  await write("verifiers", known);
  await write("pin-failures", { count: 0, until: 0 });
}

/** @param {string} pin @returns {Promise<import("./till.js").Person & {offline: boolean}>} */
async function offline(pin) {
  const { id, row } = await recognised(pin, "pin-failures", () => true);
  return { id, name: row[0], role: row[1], codes: row[2], offline: true };
}

/**
 * With no network: the manager who entered this PIN here before and has all these rights. Guessing is counted by itself, so that
 * somebody's own PIN between two guesses forgives nothing.
 * @param {string} pin
 * @param {string[]} codes
 * @param {string} [only] the one person who is asked
 */
export async function approver(pin, codes, only) {
  const store = till.get().place?.store.id;
  const may = (/** @type {any[]} */ [, role, rights, stores], /** @type {string} */ id) => (!only || id === only) && MANAGERS.includes(role) && codes.every((code) => rights.includes(code)) && (!stores || stores.includes(store));
  const { id, row } = await recognised(pin, "approve-failures", may);
  return { id, name: /** @type {string} */ (row[0]) };
}

/**
 * Whose PIN this is, of those whom this device knows and who may come through this door.
 * @param {string} pin
 * @param {string} door the name of its counter of failures
 * @param {(row: any[], id: string) => boolean} may
 * @returns {Promise<{id: string, row: any[]}>}
 */
async function recognised(pin, door, may) {
  if (!globalThis.crypto?.subtle) throw new Refusal(0);
  const failures = (await read(door)) ?? { count: 0, until: 0 };
  const wait = failures.until - Date.now();
  if (wait > 0) throw new Refusal(429, { code: "too_many_tries", seconds: Math.ceil(wait / 1000) });
  const staff = till.get().catalog?.employees ?? {};
  for (const [id, entry] of Object.entries((await read("verifiers")) ?? {})) {
    const row = staff[id];
    if (!row || row[4] !== entry.version || entry.until < Date.now() || !may(row, id)) continue;
    if ((await verifier(pin, entry.salt)) === entry.hash) {
      await write(door, { count: 0, until: 0 });
      return { id, row };
    }
  }
  const count = failures.count + 1;
  const lock = count > FREE_TRIES ? Math.min(FIRST_LOCK * 2 ** (count - FREE_TRIES - 1), LONGEST_LOCK) : 0;
  await write(door, { count, until: lock ? Date.now() + lock : 0 });
  throw new Refusal(401, { code: "pin_not_here" });
}
