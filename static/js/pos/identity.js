// Who is at the till: the PIN goes to the server; with no network, to a verifier that this device made itself.

import { Refusal, call } from "./api.js";
import { read, write } from "./db.js";
import { till } from "./till.js";

const ROUNDS = 210_000;
const TRIES = 5;
const DAY = 86_400_000;

/** @param {string} pin @returns {Promise<import("./till.js").Person>} */
export async function signIn(pin) {
  try {
    const { employee, codes, valid_days: days } = await call("pin", { pin });
    await remember(pin, employee.id, days);
    return { ...employee, codes };
  } catch (error) {
    if (error instanceof Refusal && error.status === 0) return offline(pin);
    throw error;
  }
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
  await write("pin-tries", 0);
}

/** @param {string} pin */
async function offline(pin) {
  if (!globalThis.crypto?.subtle) throw new Refusal(0);
  const tries = (await read("pin-tries")) ?? 0;
  if (tries >= TRIES) throw new Refusal(429, { code: "too_many_tries", seconds: 0 });
  const staff = till.get().catalog?.employees ?? {};
  for (const [id, entry] of Object.entries((await read("verifiers")) ?? {})) {
    const row = staff[id];
    if (!row || row[4] !== entry.version || entry.until < Date.now()) continue;
    if ((await verifier(pin, entry.salt)) === entry.hash) {
      await write("pin-tries", 0);
      return { id, name: row[0], role: row[1], codes: row[2] };
    }
  }
  await write("pin-tries", tries + 1);
  throw new Refusal(401, { code: "pin_unknown" });
}
