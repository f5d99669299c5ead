// The cached catalogue: merging changes, finding by code and by words.

/** @typedef {{id: string, product: string, name: string, variant: string, sku: string, barcode: string, price: string, profile: string, category: string, unit: string, words: string}} Item */
/** @typedef {{cursor: number, rows: Record<string, Record<string, any>>}} Cache */

const LETTERS = /** @type {Record<string, string>} */ ({ đ: "d", ß: "ss", ø: "o", ł: "l" });

/** Lower case without marks; đ is found as d and as dj. @param {string} text */
export function fold(text) {
  return text
    .toLowerCase()
    .replace(/[đßøł]/g, (letter) => LETTERS[letter])
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/dj/g, "d")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * Put a snapshot or a delta over a cache.
 * @param {Cache | undefined} cache
 * @param {{cursor: number, full: boolean, changes: Record<string, [string, any][]>}} news
 * @returns {Cache}
 */
export function merge(cache, news) {
  const rows = cache && !news.full ? { ...cache.rows } : {};
  for (const [kind, changes] of Object.entries(news.changes)) {
    rows[kind] = { ...rows[kind] };
    for (const [key, body] of changes) {
      if (body === null) delete rows[kind][key];
      else rows[kind][key] = body;
    }
  }
  return { cursor: news.cursor, rows };
}

/** Everything a sale looks up, built once per cache. */
export class Catalog {
  /** @param {Cache} cache */
  constructor(cache) {
    this.cursor = cache.cursor;
    this.profiles = cache.rows.profile ?? {};
    this.employees = cache.rows.employee ?? {};
    this.categories = Object.entries(cache.rows.category ?? {})
      .map(([id, [name, colour, position]]) => ({ id, name, colour, position }))
      .sort((a, b) => a.position - b.position || a.name.localeCompare(b.name, "hr"));
    /** @type {Map<string, Item>} */
    this.items = new Map();
    /** @type {Map<string, Item>} */
    this.codes = new Map();
    /** @type {Map<string, Item[]>} */
    this.products = new Map();
    for (const [id, body] of Object.entries(cache.rows.item ?? {})) this.add(id, body);
    this.sorted = [...this.products.values()].sort((a, b) => a[0].name.localeCompare(b[0].name, "hr"));
    this.colours = new Map(this.categories.map((category) => [category.id, category.colour]));
  }

  /** @param {string} id @param {any[]} body */
  add(id, [product, name, variant, sku, barcode, price, profile, category, unit]) {
    const item = { id, product, name, variant, sku, barcode, price, profile, category, unit, words: ` ${fold(`${name} ${variant} ${sku} ${barcode}`)}` };
    this.items.set(id, item);
    if (barcode) this.codes.set(barcode, item);
    if (sku && !this.codes.has(sku)) this.codes.set(sku, item);
    const siblings = this.products.get(product);
    if (siblings) siblings.push(item);
    else this.products.set(product, [item]);
  }

  /** @param {string} code */
  byCode(code) {
    return this.codes.get(code.trim());
  }

  /**
   * Products of which every word of the query begins a word.
   * @param {string} query
   * @param {string} category "" for all
   * @param {number} most
   */
  find(query, category, most) {
    const words = fold(query).split(" ").filter(Boolean);
    const found = [];
    for (const variants of this.sorted) {
      if (category && variants[0].category !== category) continue;
      if (words.length && !variants.some((item) => words.every((word) => item.words.includes(` ${word}`)))) continue;
      found.push(variants);
      if (found.length === most) break;
    }
    return found;
  }
}
