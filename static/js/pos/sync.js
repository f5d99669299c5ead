// Fetching what is new: at start, when the server says so, and with every sign of life beneath.

import { listen } from "../lib/events.js";
import { toast } from "../lib/toast.js";
import { Refusal, call } from "./api.js";
import { raiseCounters, read, waitingCount, write, writeAll } from "./db.js";
import { learnDrawer } from "./drawer.js";
import { beat } from "./heartbeat.js";
import { fetchWhole, fromDisk, keptCursor, lay, readArticles } from "./kept.js";
import { fetchOrders } from "./orders.js";
import { wake } from "./queue.js";
import { stillOpen } from "./shift-over.js";
import { answered, clock, networkGone, till } from "./till.js";
import { setCurrency, setLanguage, t } from "./words.js";

const EVERY = 30_000;
// what is told in a burst is fetched once
const GATHER = 300;
const MINUTE = 60_000;
// Less is corrected without a word.
const WRONG_MINUTES = 2;
const JUMP = 1000;

/** Put the kept cache up, at first without its articles; false where there is none yet. */
export async function fromCache() {
  const [place, catalog, shift] = await Promise.all([read("place"), fromDisk(), read("shift")]);
  if (!place || !catalog) return false;
  writeAmounts(place);
  till.set({ place, catalog, shift: shift ?? null });
  return true;
}

/** @type {Promise<void> | undefined} */
let articles;

/** The kept articles too, which are read while somebody enters a PIN. */
export const articlesRead = () => (articles ??= readArticles().then((catalog) => void (catalog && till.set({ catalog }))));

/** @param {any} place */
function writeAmounts({ store, settings = {} }) {
  setCurrency({
    code: store.currency,
    digits: store.digits,
    symbol: settings["currency.symbol"],
    before: settings["currency.position"] === "before",
    decimal: settings["currency.decimal"],
    thousands: settings["currency.thousands"],
  });
}

/** Fetch what changed and keep it. */
export async function refresh() {
  const { news, catalog } = await fetchNews();
  const { business, store, terminal, device, settings } = news;
  const place = { business, store, terminal, device, settings };
  writeAmounts(place);
  await raiseCounters({ seq: device.last_seq, number: device.last_number, papers: device.papers });
  // a shift that this till opened or closed and has not sent yet is truer than what the server knows
  const shift = (await waitingCount()) ? till.get().shift : await stillOpen(news.shift);
  await writeAll({ place, shift });
  await learnDrawer(shift);
  till.set({ place, shift, ...(catalog && { catalog }) });
}

/** What changed; where nothing is kept, or the server says so, everything. @returns {Promise<{news: any, catalog?: import("./catalog.js").Catalog}>} */
async function fetchNews() {
  const cursor = keptCursor();
  if (cursor === null) return fetchWhole();
  const news = await call(`snapshot?after=${cursor}`, undefined, 30_000);
  if (news.full) return fetchWhole();
  return news.cursor === cursor && till.get().catalog ? { news } : { news, catalog: await lay(news) };
}

/**
 * Put a row into the cache that the server will tell of later.
 * @param {string} kind
 * @param {string} key
 * @param {any} body
 */
export async function keep(kind, key, body) {
  till.set({ catalog: await lay({ changes: { [kind]: [[key, body]] } }) });
}

/** A sign of life, which also measures the clock: half the round trip back, the quickest trip wins. */
async function ping() {
  const began = performance.now();
  const { server_time: at, cursor, out = [], shift } = await beat();
  const now = Date.now();
  const trip = performance.now() - began;
  // somebody set this device's clock, or it slept: what was measured before says nothing any more
  if (Math.abs(now - performance.now() - clock.base) > JUMP) clock.trip = Infinity;
  if (trip <= clock.trip) {
    clock.trip = trip;
    clock.offset = Math.round(Date.parse(at) - (now - trip / 2));
    clock.base = now - performance.now();
  }
  clock.trip += 5;
  if (String(out) !== String([...till.get().out])) till.set({ out: new Set(out) });
  warnOfClock();
  till.set({ seen: Date.now() });
  if (till.get().link === "offline") answered(began);
  return { cursor, shift };
}

/** Whether the server knows of another shift than this till, which has nothing left to tell. @param {string | null | undefined} shift */
async function otherShift(shift) {
  return shift !== undefined && shift !== (till.get().shift?.id ?? null) && !(await waitingCount()) && (await read("over")) !== shift;
}

let warned = 0;

/** A wrong clock dates what is sold with no network: said when it is seen, and when it is another one (hard case 9). */
function warnOfClock() {
  const minutes = Math.round(clock.offset / MINUTE);
  if (Math.abs(minutes) < WRONG_MINUTES) warned = 0;
  else if (Math.abs(minutes - warned) >= WRONG_MINUTES) toast(t("clockOff", { minutes: Math.abs((warned = minutes)) }), { closeLabel: t("close") });
}

/** Who is told that this browser is a device no more. */
let revoked = () => {};

/** Ask the server how things stand, fetch what is new, send what waits. */
export async function look() {
  try {
    const { cursor, shift } = await ping();
    if (cursor !== till.get().catalog?.cursor || (await otherShift(shift))) await refresh();
    wake();
    await fetchOrders();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 0) till.set({ link: "offline" });
    if (error.status === 401) revoked();
  }
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;

/** @param {string} name */
function heard(name) {
  if (!["change", "device.revoked", "order.changed", "shift.closed", "reset"].includes(name)) return;
  clearTimeout(soon);
  soon = setTimeout(() => void look(), GATHER);
}

/**
 * Keep looking: at once when the server says that something changed, every half minute beneath, and every few seconds while it is away.
 * @param {() => void} out called when the device was revoked
 */
export function keepLooking(out) {
  revoked = out;
  listen(heard);
  setInterval(() => void look(), EVERY);
  setInterval(() => till.get().link === "offline" && void look(), 5000);
  addEventListener("online", () => void look());
  addEventListener("offline", () => networkGone());
  till.watch(["shift"], ({ shift }) => void write("shift", shift));
  void look();
}

/** @param {string} wanted */
export async function chooseLanguage(wanted) {
  setLanguage(wanted);
  await write("language", wanted);
}
