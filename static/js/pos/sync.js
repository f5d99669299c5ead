// Fetching what is new: at start, when the server says so, and every minute beneath.

import { Refusal, call } from "./api.js";
import { Catalog, merge } from "./catalog.js";
import { raiseCounters, read, waitingCount, write } from "./db.js";
import { wake } from "./queue.js";
import { clock, till } from "./till.js";
import { setCurrency, setLanguage } from "./words.js";

const EVERY = 60_000;

/** Put the kept cache up; false where there is none yet. */
export async function fromCache() {
  const [place, cache, shift] = await Promise.all([read("place"), read("cache"), read("shift")]);
  if (!place || !cache) return false;
  show(place, cache, shift ?? null);
  return true;
}

/** @param {any} place @param {import("./catalog.js").Cache} cache @param {any} shift */
function show(place, cache, shift) {
  setCurrency({ code: place.store.currency, digits: place.store.digits });
  till.set({ place, catalog: new Catalog(cache), shift });
}

/** Fetch what changed and keep it. */
export async function refresh() {
  const cache = await read("cache");
  const news = await call(cache ? `snapshot?after=${cache.cursor}` : "snapshot", undefined, 30_000);
  const { business, store, terminal, device } = news;
  const place = { business, store, terminal, device };
  await raiseCounters({ seq: device.last_seq, number: device.last_number });
  const same = cache && !news.full && news.cursor === cache.cursor;
  const merged = same ? cache : merge(cache, news);
  // a shift that this till opened or closed and has not sent yet is truer than what the server knows
  const shift = (await waitingCount()) ? till.get().shift : news.shift;
  await Promise.all([write("place", place), write("cache", merged), write("shift", shift)]);
  if (!same || !till.get().catalog) show(place, merged, shift);
  else till.set({ place, shift });
}

/** Measure the clock: half the round trip back, the quickest trip wins. */
async function ping() {
  const sent = Date.now();
  const { server_time: at, cursor } = await call("ping", undefined, 5000);
  const trip = Date.now() - sent;
  if (trip <= clock.trip) {
    clock.trip = trip;
    clock.offset = Date.parse(at) - (sent + Math.trunc(trip / 2));
  }
  clock.trip += 5;
  if (till.get().link === "offline") till.set({ link: "connected" });
  return cursor;
}

async function look() {
  try {
    if ((await ping()) !== till.get().catalog?.cursor) await refresh();
    wake();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 0) till.set({ link: "offline" });
  }
}

/** Keep looking; a quick look every few seconds while the server is away. */
export function keepLooking() {
  setInterval(() => void look(), EVERY);
  setInterval(() => till.get().link === "offline" && void look(), 5000);
  addEventListener("online", () => void look());
  addEventListener("offline", () => till.set({ link: "offline" }));
  till.watch(["shift"], ({ shift }) => void write("shift", shift));
  void look();
}

/** @param {string} wanted */
export async function chooseLanguage(wanted) {
  setLanguage(wanted);
  await write("language", wanted);
}
