// The catalogue that this till keeps: in memory as long as the page lives, beneath it in IndexedDB.

import { scriptUrl } from "../lib/trusted.js";
import { Refusal, headers } from "./api.js";
import { Catalog, merge } from "./catalog.js";
import { clear, forget, read, writeAll } from "./db.js";
import { makePack } from "./pack.js";
import { t } from "./words.js";

/** @typedef {{cache: import("./catalog.js").Cache, pack: import("./pack.js").Pack}} Kept */

// From here on what changed over the pack is made part of it, beside the page.
const MUCH = 1000;
const PATIENCE = 120_000;

/** Stands where articles lie on the disk that nobody has read yet. */
const UNREAD = makePack({});

/** @type {Kept | null} */
let kept = null;
let renewing = false;
/** One change after the other. @type {Promise<unknown>} */
let last = Promise.resolve();

/** @template T @param {() => Promise<T>} act @returns {Promise<T>} */
function inTurn(act) {
  const mine = last.then(act);
  last = mine.catch(() => {});
  return mine;
}

const shown = (/** @type {Kept} */ { cache, pack }) => new Catalog(cache, pack);

/** How far what is kept goes; null where there is nothing yet. */
export const keptCursor = () => kept?.cache.cursor ?? null;

/** What the last page kept, but for the articles, which take the longest; null where there is nothing. */
export async function fromDisk() {
  const cache = await read("cache");
  if (!cache) return null;
  kept = { cache, pack: UNREAD };
  return shown({ cache: { ...cache, rows: { ...cache.rows, item: {} } }, pack: UNREAD });
}

/** The articles too; null where they are here already. @returns {Promise<Catalog | null>} */
export const readArticles = () => inTurn(async () => ((await whole()) && kept ? shown(kept) : null));

/** Nothing is laid over articles that were not read. */
async function whole() {
  if (kept?.pack !== UNREAD) return false;
  const pack = await read("pack");
  kept = pack ? { ...kept, pack } : fromBefore(kept.cache);
  return true;
}

/** An older till kept its articles by row: after an update it may have to open with no network. @param {import("./catalog.js").Cache} cache @returns {Kept} */
const fromBefore = ({ cursor, rows }) => ({ cache: { cursor, rows: { ...rows, item: {} } }, pack: makePack(rows.item ?? {}) });

/** Let go of what the server can tell again; what waits, numbers and who is known stay. */
export async function dropCache() {
  kept = null;
  await Promise.all([forget("cache"), forget("pack"), globalThis.caches?.delete("pictures")]);
}

/** A new device: nothing of what this browser knew. */
export async function startAnew() {
  kept = null;
  await Promise.all([clear(t("setAside")), globalThis.caches?.delete("pictures")]);
}

/**
 * Everything anew: fetched and packed beside the page.
 * @returns {Promise<{news: any, catalog: Catalog}>}
 */
export const fetchWhole = () =>
  inTurn(async () => {
    const { status, error, news, cache, pack } = await beside({ fetch: "/pos/snapshot", headers: headers() });
    if (status !== 200) throw new Refusal(status, error);
    kept = { cache, pack };
    await writeAll(kept);
    return { news, catalog: shown(kept) };
  });

/**
 * A delta over it, and rows that the server will tell of later.
 * @param {{cursor?: number, changes: Record<string, [string, any][]>}} news
 * @returns {Promise<Catalog>}
 */
export const lay = (news) =>
  inTurn(async () => {
    await whole();
    if (!kept) throw new TypeError("there is nothing to lay a change over");
    const cache = merge(kept.cache, { cursor: news.cursor ?? kept.cache.cursor, changes: news.changes });
    kept = { ...kept, cache };
    await writeAll({ cache });
    if (Object.keys(cache.rows.item ?? {}).length >= MUCH) void renew();
    return shown(kept);
  });

/** Make a new pack of the pack and what lies over it; what came meanwhile stays on top. */
async function renew() {
  if (renewing || !kept) return;
  renewing = true;
  const from = kept.pack;
  const over = kept.cache.rows.item;
  const { pack } = await beside({ over });
  renewing = false;
  if (!pack) return;
  await inTurn(async () => {
    // fetched whole meanwhile, or another shop's by now
    if (kept?.pack !== from) return;
    const { rows, cursor } = kept.cache;
    const item = Object.fromEntries(Object.entries(rows.item).filter(([id, body]) => over[id] !== body));
    kept = { pack, cache: { cursor, rows: { ...rows, item } } };
    await writeAll(kept);
  });
}

/** @param {import("./pack-worker.js").Wish} wish @returns {Promise<any>} */
function beside(wish) {
  const worker = new Worker(scriptUrl(new URL("pack-worker.js", import.meta.url).href), { type: "module" });
  return new Promise((resolve) => {
    const done = (/** @type {any} */ answer) => {
      clearTimeout(timer);
      worker.terminate();
      resolve(answer);
    };
    const timer = setTimeout(() => done({ status: 0 }), PATIENCE);
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = () => done({ status: 0 });
    worker.postMessage(wish);
  });
}
