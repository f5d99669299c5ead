// The cached catalogue: the pack of articles with what changed since, categories, options; finding by code and by words.

import { spellings } from "./barcodes.js";
import { fold } from "./folding.js";
import { articleAt, findPlaces, makePack, order, placeByCode, placeOf, placeOfProduct, sizeOf, sortKey, variantsFrom, wordsIn } from "./pack.js";
import { promotionsByProduct } from "./promotions.js";

/**
 * @typedef {object} Item
 * @property {string} id
 * @property {string} product
 * @property {string} name
 * @property {string} variant
 * @property {string} sku
 * @property {string} barcode
 * @property {string} price
 * @property {string} profile
 * @property {string} category
 * @property {string} unit the word beside quantities; "piece": none
 * @property {number} decimals of quantities
 * @property {number} position among the product's variants
 * @property {string} picture "" for none
 * @property {string[]} groups ids of modifier groups
 * @property {boolean} favourite
 */
/** @typedef {{id: string, name: string, colour: string, position: number, parent: string, family: Set<string>}} Category */
/** @typedef {{id: string, name: string, kitchen: string, price: string, chosen: boolean, nested: string}} Answer */
/** @typedef {{id: string, name: string, minimum: number, maximum: number | null, answers: Answer[]}} Group */
/** @typedef {import("./pack.js").Pack} Pack */
/**
 * @typedef {object} Cache
 * @property {number} cursor
 * @property {Record<string, Record<string, any>>} rows by kind and key; `item` holds what differs from the pack, null for what is gone
 */
/** @typedef {{variants: Item[], key: string, words: string[][]}} Product a product that is not as the pack has it */

export const FAVOURITES = "*";
const MOST_MADE = 5000;
const MOST_ANSWERS = 300;

/**
 * Put a delta over a cache. What is gone leaves nothing, but of articles a note that the pack's is not there any more.
 * @param {Cache} cache
 * @param {{cursor: number, changes: Record<string, [string, any][]>}} news
 * @returns {Cache}
 */
export function merge(cache, news) {
  const rows = { ...cache.rows };
  for (const [kind, changes] of Object.entries(news.changes)) {
    rows[kind] = { ...rows[kind] };
    for (const [key, body] of changes) {
      if (body === null && kind !== "item") delete rows[kind][key];
      else rows[kind][key] = body;
    }
  }
  return { cursor: news.cursor, rows };
}

/**
 * A whole snapshot as it is kept: the articles as a pack, everything else by kind and key.
 * @param {{cursor: number, changes: Record<string, [string, any][]>}} news
 * @returns {{cache: Cache, pack: Pack}}
 */
export function packed({ cursor, changes }) {
  const { item = [], ...others } = changes;
  return { cache: merge({ cursor, rows: {} }, { cursor, changes: others }), pack: makePack(Object.fromEntries(item)) };
}

/** Everything a sale looks up, made for each cache over the same pack. */
export class Catalog {
  /** @param {Cache} cache @param {Pack} pack */
  constructor(cache, pack) {
    this.cursor = cache.cursor;
    this.pack = pack;
    this.profiles = cache.rows.profile ?? {};
    this.employees = cache.rows.employee ?? {};
    /** Owners of goods and couriers. @type {Record<string, [kind: string, name: string]>} */
    this.parties = cache.rows.party ?? {};
    this.customers = cache.rows.customer ?? {};
    /** @type {import("./checklists.js").Lists} */
    this.checklists = cache.rows.checklist ?? {};
    /** @type {import("./checklists.js").Ticks} */
    this.ticks = cache.rows.tick ?? {};
    this.units = cache.rows.unit ?? {};
    this.groups = new Map(Object.entries(cache.rows.modifiers ?? {}).map(([id, row]) => [id, groupOf(id, row)]));
    this.promotions = promotionsByProduct(cache.rows.promotion ?? {});
    this.categories = categoriesOf(cache.rows.category ?? {});
    this.families = new Map(this.categories.map((category) => [category.id, category.family]));
    this.colours = new Map(this.categories.map((category) => [category.id, category.colour]));
    /** Articles made so far, by place. @type {Map<number, Item>} */
    this.made = new Map();
    /** What was looked for, and found: the same letters come again and again. @type {Map<string, Item[][]>} */
    this.answers = new Map();
    const changes = cache.rows.item ?? {};
    /** Places of products that are not as the pack has them. */
    this.away = new Set(firstPlaces(pack, changes));
    /** @type {Map<string, Item>} */
    this.changed = new Map();
    /** @type {Map<string, Item>} */
    this.codes = new Map();
    this.products = this.changedProducts(changes);
    this.size = this.countItems();
    this.favourites = pack.favourite.some((flag, place) => flag && !this.away.has(pack.first[place])) || this.products.some(({ variants }) => variants[0].favourite);
  }

  /** @param {Record<string, any[] | null>} changes @returns {Product[]} */
  changedProducts(changes) {
    /** @type {Map<string, any[]>} */
    const bodies = new Map();
    for (const first of this.away) {
      for (const place of variantsFrom(this.pack, first)) {
        const { id, body } = articleAt(this.pack, place);
        if (!(id in changes)) bodies.set(id, body);
      }
    }
    for (const [id, body] of Object.entries(changes)) if (body) bodies.set(id, body);
    /** @type {Map<string, Product>} */
    const products = new Map();
    for (const [id, body] of bodies) {
      const item = this.itemOf(id, body);
      this.changed.set(id, item);
      for (const code of [item.sku, item.barcode, ...(body[12] ?? [])]) if (code) this.codes.set(code, item);
      const product = products.get(item.product) ?? { variants: [], key: sortKey(item.name), words: [] };
      products.set(item.product, product);
      product.variants.push(item);
      product.words.push(wordsIn(body));
    }
    for (const { variants } of products.values()) variants.sort((one, other) => one.position - other.position);
    return [...products.values()];
  }

  countItems() {
    let gone = 0;
    for (const first of this.away) gone += variantsFrom(this.pack, first).length;
    return sizeOf(this.pack) - gone + this.changed.size;
  }

  /** @param {string} id @param {any[]} body @returns {Item} */
  itemOf(id, [product, name, variant, sku, barcode, price, profile, category, word, _tracked, position = 0, unitId = "", _further, picture = "", groups = [], favourite = false]) {
    const [unit, decimals] = this.units[unitId] ?? [word, word === "piece" ? 0 : 3];
    return { id, product, name, variant, sku, barcode, price, profile, category, unit, decimals, position, picture, groups, favourite };
  }

  /** @param {number} place */
  at(place) {
    const kept = this.made.get(place);
    if (kept) return kept;
    if (this.made.size >= MOST_MADE) this.made.clear();
    const { id, body } = articleAt(this.pack, place);
    const item = this.itemOf(id, body);
    this.made.set(place, item);
    return item;
  }

  /** An article by its id. @param {string} id */
  item(id) {
    const changed = this.changed.get(id);
    if (changed) return changed;
    const place = placeOf(this.pack, id);
    return place === undefined || this.away.has(this.pack.first[place]) ? undefined : this.at(place);
  }

  /** The variants of a product, in order; none where it is not here. @param {string} product @returns {Item[]} */
  variantsOf(product) {
    const changed = this.products.find(({ variants }) => variants[0].product === product);
    if (changed) return changed.variants;
    const first = placeOfProduct(this.pack, product);
    return first === undefined || first === null || this.away.has(first) ? [] : variantsFrom(this.pack, first).map((place) => this.at(place));
  }

  /** @param {string} code */
  byCode(code) {
    for (const spelling of spellings(code.trim())) {
      const changed = this.codes.get(spelling);
      if (changed) return changed;
      const place = placeByCode(this.pack, spelling);
      if (place !== undefined && !this.away.has(this.pack.first[place])) return this.at(place);
    }
    return undefined;
  }

  /**
   * Products of which every word of the query begins a word, by name.
   * @param {string} query
   * @param {string} category "" for all, "*" for favourites; a category shows its subcategories' products too
   * @param {number} most
   */
  find(query, category, most) {
    const asked = JSON.stringify([fold(query), category, most]);
    const answered = this.answers.get(asked);
    if (answered) return answered;
    if (this.answers.size >= MOST_ANSWERS) this.answers.clear();
    const answer = this.look(query, category, most);
    this.answers.set(asked, answer);
    return answer;
  }

  /** @param {string} query @param {string} category @param {number} most */
  look(query, category, most) {
    const words = fold(query).split(" ").filter(Boolean);
    const family = this.families.get(category);
    const { names, favourite, category: numbers } = this.pack;
    const wanted = new Set(names.flatMap((name, number) => (family?.has(name) ? [number] : [])));
    const fits = (/** @type {number} */ place) => (category === FAVOURITES ? Boolean(favourite[place]) : !category || wanted.has(numbers[place]));
    const places = findPlaces(this.pack, words, (place) => fits(place) && !this.away.has(place), most);
    const found = places.map((place) => variantsFrom(this.pack, place).map((variant) => this.at(variant)));
    const changed = this.products.filter(
      ({ variants: [first], words: own }) =>
        (category === FAVOURITES ? first.favourite : !category || family?.has(first.category)) && (!words.length || own.some((has) => words.every((word) => has.some((one) => one.startsWith(word))))),
    );
    if (!changed.length) return found;
    const all = [...found.map((variants) => ({ variants, key: sortKey(variants[0].name) })), ...changed];
    return all.sort((one, other) => order(one.key, other.key) || order(one.variants[0].product, other.variants[0].product)).slice(0, most).map(({ variants }) => variants);
  }
}

/** Where the products of changed articles begin in the pack. @param {Pack} pack @param {Record<string, any[] | null>} changes */
function* firstPlaces(pack, changes) {
  for (const [id, body] of Object.entries(changes)) {
    const place = placeOf(pack, id);
    if (place !== undefined) yield pack.first[place];
    // also a new variant of a product that the pack has
    const first = body && placeOfProduct(pack, body[0]);
    if (first !== null && first !== undefined) yield first;
  }
}

/** @param {string} id @param {any[]} row @returns {Group} */
const groupOf = (id, [name, minimum, maximum, answers]) => ({
  id,
  name,
  minimum,
  maximum,
  answers: answers.map((/** @type {any[]} */ [answer, text, kitchen, price, chosen, nested]) => ({ id: answer, name: text, kitchen, price, chosen, nested })),
});

/**
 * Categories in their order, each with itself and everything below.
 * @param {Record<string, any[]>} rows
 * @returns {Category[]}
 */
function categoriesOf(rows) {
  const found = Object.entries(rows).map(([id, [name, colour, position, parent = ""]]) => ({ id, name, colour, position, parent, family: new Set([id]) }));
  const byId = new Map(found.map((category) => [category.id, category]));
  for (const category of found) {
    for (let above = byId.get(category.parent), steps = 0; above && steps < found.length; above = byId.get(above.parent), steps += 1) above.family.add(category.id);
  }
  return found.sort((a, b) => a.position - b.position || a.name.localeCompare(b.name, "hr"));
}
