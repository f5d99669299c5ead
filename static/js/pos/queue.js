// Sending what is stored: in order, once, until each id has its answer. One tab at a time holds the lock.

import { Refusal, call } from "./api.js";
import { settleAnswers, waiting, waitingCount } from "./db.js";
import { answered, till } from "./till.js";

const BATCH = 50;
const LONGEST = 300_000;
let pause = 1000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let running = false;
/** @type {Set<(answer: any) => void>} */
const listeners = new Set();

/** Hear every answer; returns the way out. @param {(answer: any) => void} listener */
export function onAnswer(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Send now, or as soon as what runs is done. */
export function wake() {
  clearTimeout(timer);
  timer = setTimeout(run, 0);
}

/**
 * Do something while nothing is being sent, and nothing begins to be.
 * @template T
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
export async function quietly(act) {
  while (running) await new Promise((resolve) => setTimeout(resolve, 50));
  running = true;
  try {
    return await act();
  } finally {
    running = false;
    till.set({ waiting: await waitingCount() });
  }
}

async function run() {
  if (running) return;
  running = true;
  try {
    const asked = await drain();
    pause = 1000;
    // with nothing to send nobody was asked, so nothing is known of the network
    if (asked) answered(asked);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    till.set({ link: "offline" });
    // up to a quarter of chance, so that the tills of a shop do not all come back in the same second
    const chance = crypto.getRandomValues(new Uint8Array(1))[0] / 1024;
    timer = setTimeout(run, pause * (1 + chance));
    pause = Math.min(pause * 2, LONGEST);
  } finally {
    running = false;
    till.set({ waiting: await waitingCount() });
  }
}

/** Send everything; answers when the last of it was, by `performance.now()`, or 0 where there was nothing. */
async function drain() {
  let asked = 0;
  for (let batch = await waiting(BATCH); batch.length; batch = await waiting(BATCH)) {
    till.set({ waiting: await waitingCount(), link: till.get().link === "offline" ? "offline" : "sending" });
    const began = performance.now();
    const { answers } = await call("operations", { operations: batch }, 30_000);
    const byId = new Map(answers.map((/** @type {any} */ answer) => [answer.id, answer]));
    const missing = batch.findIndex(({ id }) => !byId.has(id));
    const known = missing < 0 ? batch : batch.slice(0, missing);
    await settleAnswers(known.map((operation) => [operation, byId.get(operation.id)]));
    for (const { id } of known) for (const listener of listeners) listener(byId.get(id));
    if (missing >= 0) throw new Refusal(0);
    asked = began;
  }
  return asked;
}
