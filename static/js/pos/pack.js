// The articles of a shop in few large pieces: read from the cache at once, an article made only when somebody looks at it. Pure.

import { fold } from "./folding.js";
import { beginning, firstNot, makeTable, offsets, valueOf } from "./words-table.js";

/**
 * @typedef {object} Pack articles by product name, the variants of a product side by side
 * @property {string} rows `[product, id, …]` of each article as JSON, joined by line breaks; ids of few things as numbers
 * @property {Uint32Array} at where each begins, and the end
 * @property {Uint32Array} byId their places in order of ids
 * @property {Uint32Array} byProduct first places of products in order of the products' ids
 * @property {Uint32Array} first the place of the product's first article
 * @property {Uint16Array} category number of the first article's category
 * @property {Uint8Array} favourite
 * @property {string[]} names of what rows and categories name by number
 * @property {import("./words-table.js").Table} codes
 * @property {import("./words-table.js").Table} words
 */

// What rows name by number: tax profile, category, unit.
const NUMBERED = [6, 7, 11];
const CODES = { sku: 3, barcode: 4, further: 12 };

/**
 * @param {Record<string, any[] | null>} items bodies by id (docs/terminal-protocol.md, 4)
 * @returns {Pack}
 */
export function makePack(items) {
  const all = ordered(items);
  /** @type {Map<string, number>} */
  const numbers = new Map();
  const number = (/** @type {string} */ name) => numbers.get(name) ?? (numbers.set(name, numbers.size), numbers.size - 1);
  const first = new Uint32Array(all.length);
  const category = new Uint16Array(all.length);
  const favourite = new Uint8Array(all.length);
  const texts = all.map(({ id, body }, place) => {
    first[place] = place && all[place - 1].body[0] === body[0] ? first[place - 1] : place;
    const short = body.map((value, column) => (NUMBERED.includes(column) ? number(value ?? "") : value));
    category[place] = place === first[place] ? number(body[7] ?? "") : category[first[place]];
    favourite[place] = place === first[place] ? Number(Boolean(body[15])) : favourite[first[place]];
    return narrow(JSON.stringify([short[0], id, ...short.slice(1)]));
  });
  const byId = Uint32Array.from(all.keys()).sort((one, other) => order(all[one].id, all[other].id));
  const byProduct = Uint32Array.from(new Set(first)).sort((one, other) => order(all[one].body[0], all[other].body[0]));
  return { rows: texts.join("\n"), at: offsets(texts), byId, byProduct, first, category, favourite, names: [...numbers.keys()], codes: codesOf(all), words: wordsOf(all) };
}

/** @param {Record<string, any[] | null>} items */
function ordered(items) {
  const all = [];
  for (const [id, body] of Object.entries(items)) if (body) all.push({ id, body, key: sortKey(body[1]) });
  return all.sort((one, other) => order(one.key, other.key) || order(one.body[0], other.body[0]) || (one.body[10] ?? 0) - (other.body[10] ?? 0));
}

/** By their letters' numbers. @param {string} one @param {string} other */
export const order = (one, other) => (one < other ? -1 : Number(one > other));

const AFTER = /** @type {Record<string, string>} */ ({ č: "c~", ć: "c~~", đ: "d~", š: "s~", ž: "z~" });

/** Puts č after c and before d, as the alphabet does, with a plain comparison. @param {string} name */
export function sortKey(name) {
  return name
    .toLowerCase()
    .replace(/[čćđšž]/g, (letter) => AFTER[letter])
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
}

/** One byte a letter: a text with a single ž would take two for each. @param {string} text */
const narrow = (text) => text.replace(/[^\u0000-\u00ff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Barcodes come before article numbers. @param {{body: any[]}[]} all */
function codesOf(all) {
  /** @type {string[]} */
  const keys = [];
  /** @type {number[]} */
  const places = [];
  const add = (/** @type {string} */ code, /** @type {number} */ place) => code && (keys.push(code), places.push(place));
  all.forEach(({ body }, place) => [body[CODES.barcode], ...(body[CODES.further] ?? [])].forEach((code) => add(code, place)));
  all.forEach(({ body }, place) => add(body[CODES.sku], place));
  return makeTable(keys, places);
}

/** @param {{body: any[]}[]} all */
function wordsOf(all) {
  /** @type {string[]} */
  const keys = [];
  /** @type {number[]} */
  const places = [];
  all.forEach(({ body }, place) => {
    for (const word of new Set(wordsIn(body))) {
      keys.push(word);
      places.push(place);
    }
  });
  return makeTable(keys, places);
}

/** What an article is found by. @param {any[]} body */
export const wordsIn = ([, name, variant, sku, barcode, ...more]) => fold(`${name} ${variant} ${sku} ${barcode} ${(more[7] ?? []).join(" ")}`).split(" ").filter(Boolean);

/** @param {Pack} pack */
export const sizeOf = (pack) => pack.at.length - 1;

/** The article at a place: its id and its body as the protocol writes it. @param {Pack} pack @param {number} place @returns {{id: string, body: any[]}} */
export function articleAt(pack, place) {
  const [product, id, ...rest] = JSON.parse(pack.rows.slice(pack.at[place], pack.at[place + 1] - 1));
  const body = [product, ...rest];
  for (const column of NUMBERED) if (column < body.length) body[column] = pack.names[body[column]];
  return { id, body };
}

/** @param {Pack} pack @param {string} id @returns {number | undefined} */
export function placeOf(pack, id) {
  const count = sizeOf(pack);
  const index = firstNot(count, (at) => idAt(pack, pack.byId[at]) < id);
  return index < count && idAt(pack, pack.byId[index]) === id ? pack.byId[index] : undefined;
}

/** Where a product begins. @param {Pack} pack @param {string} product @returns {number | undefined} */
export function placeOfProduct(pack, product) {
  const { rows, at, byProduct } = pack;
  const idOf = (/** @type {number} */ index) => rows.slice(at[byProduct[index]] + 2, rows.indexOf('"', at[byProduct[index]] + 2));
  const index = firstNot(byProduct.length, (place) => idOf(place) < product);
  return index < byProduct.length && idOf(index) === product ? byProduct[index] : undefined;
}

/** The second text of a row, without reading the rest of it. @param {Pack} pack @param {number} place */
function idAt({ rows, at }, place) {
  const begins = rows.indexOf('","', at[place]) + 3;
  return rows.slice(begins, rows.indexOf('"', begins));
}

/** The article that has a code. @param {Pack} pack @param {string} code */
export const placeByCode = (pack, code) => valueOf(pack.codes, code);

/** The places of a product from its first one. @param {Pack} pack @param {number} first */
export function variantsFrom(pack, first) {
  const places = [];
  for (let place = first; place < sizeOf(pack) && pack.first[place] === first; place += 1) places.push(place);
  return places;
}

/**
 * First places of the products that have an article of which every word begins a word, in their order.
 * @param {Pack} pack
 * @param {string[]} words
 * @param {(place: number) => boolean} shown by a product's first article
 * @param {number} most
 */
export function findPlaces(pack, words, shown, most) {
  const { first, words: table } = pack;
  const ranges = words.map((word) => beginning(table, word));
  if (ranges.some(([from, to]) => from === to)) return [];
  /** @type {number[]} */
  const found = [];
  const take = (/** @type {number} */ place) => first[place] !== found.at(-1) && shown(first[place]) && found.push(first[place]);
  const [[from, to] = [0, first.length]] = ranges;
  // few places are put in order sooner than all articles are looked through
  if (ranges.length === 1 && to - from < first.length / 16) {
    for (const place of table.values.slice(from, to).sort()) if (found.length < most) take(place);
    return found;
  }
  const met = ranges.length ? marks(pack, ranges) : null;
  for (let place = 0; place < first.length && found.length < most; place += 1) if (!met || met[place] === words.length) take(place);
  return found;
}

/** How many of the words each article has, as long as it has every one before. @param {Pack} pack @param {[from: number, to: number][]} ranges */
function marks({ first, words: { values } }, ranges) {
  const met = new Uint8Array(first.length);
  ranges.forEach(([from, to], index) => {
    for (let at = from; at < to; at += 1) if (met[values[at]] === index) met[values[at]] = index + 1;
  });
  return met;
}
