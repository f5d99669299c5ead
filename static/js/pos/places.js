// Another terminal for this browser: only with a network, only when everything has been sent (docs/terminal-protocol.md, 3).

import { uuid7 } from "../lib/ids.js";
import { Refusal, call } from "./api.js";
import { forget, read, waitingCount, write } from "./db.js";
import { startAnew } from "./kept.js";
import { refresh } from "./sync.js";
import { till } from "./till.js";

const PATIENCE = 30;

/** @typedef {{id: string, name: string, here: boolean, state: "here" | "free" | "mine" | "occupied" | "held", by: string}} Place */
/** @typedef {{id: string, name: string, terminals: Place[]}} StorePlaces */

/**
 * Where this person may work; nothing where there is no choice, no network, or something is still to be sent.
 * @param {import("./till.js").Person} person
 * @returns {Promise<StorePlaces[]>}
 */
export async function placesOf(person) {
  if (!person.pass || !person.places || !(await allSent())) return [];
  try {
    return (await call("places", { pass: person.pass }, 5000)).stores;
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** Whether everything has been sent, after a moment at most: signing in itself is something to send. */
async function allSent() {
  for (let tries = 0; tries < PATIENCE; tries += 1) {
    if (!(await waitingCount())) return true;
    if (till.get().link === "offline") return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** Take this browser to a terminal. @param {string} terminal @param {string} pass */
export async function goTo(terminal, pass) {
  await allSent();
  const { seq } = (await read("counters")) ?? { seq: 0 };
  // kept until the answer is here: asked again, the server answers alike, also when the first answer was lost
  await write("moving", { terminal, pass, last_seq: seq, request: uuid7() });
  try {
    await finishMove();
  } catch (error) {
    if (error instanceof Refusal && error.status !== 0) await forget("moving");
    throw error;
  }
}

/** Ask for a move that was begun; false where none was. */
export async function finishMove() {
  const moving = await read("moving");
  if (!moving) return false;
  const { device } = await call("place", moving);
  if (till.get().place?.device.id !== device.id) {
    // another store: a new device with a series, a catalogue and people of its own
    const language = await read("language");
    await startAnew();
    if (language) await write("language", language);
  }
  await forget("moving");
  await refresh();
  return true;
}
