// Beside the page: fetches a whole snapshot and makes its pack, or a new pack of one that much has changed over.

import { packed } from "./catalog.js";
import { read } from "./db.js";
import { articleAt, makePack, sizeOf } from "./pack.js";

/** @typedef {{fetch: string, headers: Record<string, string>} | {over: Record<string, any[] | null>}} Wish */

/** @typedef {{status?: number, error?: any, news?: any, cache?: import("./catalog.js").Cache, pack?: import("./pack.js").Pack}} Made */

/** @param {Extract<Wish, {fetch: string}>} wish @returns {Promise<Made>} */
async function whole({ fetch: address, headers }) {
  const response = await fetch(address, { headers });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) return { status: response.status, error: answer.error };
  const { changes, ...news } = answer;
  return { status: 200, news, ...packed({ cursor: news.cursor, changes }) };
}

/** @param {Extract<Wish, {over: Record<string, any[] | null>}>} wish @returns {Promise<Made>} */
async function anew({ over }) {
  const pack = await read("pack");
  const items = Object.fromEntries(Array.from({ length: sizeOf(pack) }, (_, place) => articleAt(pack, place)).map(({ id, body }) => [id, body]));
  return { pack: makePack({ ...items, ...over }) };
}

/** The large pieces go over without a copy. @param {import("./pack.js").Pack} pack */
const large = ({ at, byId, byProduct, first, category, favourite, codes, words }) =>
  [at, byId, byProduct, first, category, favourite, ...[codes, words].flatMap((table) => [table.at, table.from, table.values])].map(({ buffer }) => buffer);

self.onmessage = async (/** @type {MessageEvent<Wish>} */ { data }) => {
  try {
    const answer = "fetch" in data ? await whole(data) : await anew(data);
    self.postMessage(answer, { transfer: answer.pack ? large(answer.pack) : [] });
  } catch (error) {
    // no answer of the server, or no memory: the page says what it means
    self.postMessage({ status: 0, problem: String(error) });
  }
};
