// The store's day: what a sale is dated by, and what is valid of prices and taxes that change from a day on.

import { clock, till } from "./till.js";

/** Making one takes a millisecond, using it none. @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/** @param {string} zone */
function clockOf(zone) {
  const kept = clocks.get(zone) ?? new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  clocks.set(zone, kept);
  return kept;
}

/** The last minute that was asked for in each zone: a tap asks several times. @type {Map<string, {minute: number, shown: string}>} */
const lately = new Map();

/**
 * What a clock on the store's wall shows: «2026-11-26T08:00». Such texts compare as the moments do.
 * @param {Date} date
 * @param {string} zone
 */
export function wallTime(date, zone) {
  const minute = Math.floor(date.getTime() / 60_000);
  const known = lately.get(zone);
  if (known?.minute === minute) return known.shown;
  const parts = clockOf(zone).formatToParts(date);
  const get = (/** @type {string} */ type) => parts.find((part) => part.type === type)?.value;
  const shown = `${get("year")}-${get("month")}-${get("day")}T${get("hour")}:${get("minute")}`;
  lately.set(zone, { minute, shown });
  return shown;
}

/**
 * The store's local date, counted from its cut-off.
 * @param {Date} date
 * @param {string} zone
 * @param {number} cutoff minutes after midnight
 */
export function businessDate(date, zone, cutoff) {
  const wall = wallTime(date, zone);
  const day = new Date(`${wall.slice(0, 10)}T00:00Z`);
  if (Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14)) < cutoff) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

/** The same here and now, by the clock as the server corrected it. */
export const wallNow = (now = new Date()) => wallTime(new Date(now.getTime() + clock.offset), till.get().place.store.time_zone);

/** The business date here and now, by the clock as the server corrected it. */
export function today(now = new Date()) {
  const { store } = till.get().place;
  return businessDate(new Date(now.getTime() + clock.offset), store.time_zone, store.cutoff_minutes);
}
