// A shift that ended without this till: closed by itself a minute before the day's end, also with no network, or in the office.

import { businessDate } from "./day.js";
import { read, write } from "./db.js";
import { clock, till } from "./till.js";

const EVERY = 15_000;
const MINUTE = 60_000;

/** @typedef {"auto" | "office"} Over */

/** Shifts that this till closed itself: their end is no news. @type {Set<string>} */
const own = new Set();

/** @param {string} shift */
export const closedHere = (shift) => own.add(shift);

/** Whether its day is over, or ends within a minute; the server closes by the same rule. @param {{business_date?: string}} shift */
function isOver(shift) {
  const { store } = till.get().place;
  const soon = new Date(Date.now() + clock.offset + MINUTE);
  return Boolean(shift.business_date) && businessDate(soon, store.time_zone, store.cutoff_minutes) > String(shift.business_date);
}

/** What the server says is open, unless this till knows that its day is over. @template {{id: string} | null} T @param {T} shift */
export async function stillOpen(shift) {
  return shift && (await read("over")) === shift.id ? null : shift;
}

/**
 * Tell when the running shift ends without this till; the cart stays.
 * @param {(why: Over) => void} ended
 */
export function watchShift(ended) {
  let before = till.get().shift;
  const look = () => {
    const { shift, place } = till.get();
    if (!shift || !place || !isOver(shift)) return;
    void write("over", shift.id);
    till.set({ shift: null });
  };
  till.watch(["shift"], ({ shift, place }) => {
    const gone = before && shift?.id !== before.id && !own.has(before.id) ? before : null;
    before = shift;
    if (gone && place) ended(isOver(gone) ? "auto" : "office");
  });
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  look();
}
