// The pack of articles against a plain catalogue of the same rows: whatever is asked, the answer is the same.

import assert from "node:assert/strict";
import test from "node:test";

import { Catalog, merge, packed } from "../../static/js/pos/catalog.js";
import { fold } from "../../static/js/pos/folding.js";
import { articleAt, sizeOf, sortKey } from "../../static/js/pos/pack.js";
import { beginning, makeTable, valueOf } from "../../static/js/pos/words-table.js";

let seed = 7;
const random = (/** @type {number} */ below) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % below;
const WORDS = ["Šolja", "šal", "Čaj", "čaša", "Đuveč", "Ćevapi", "crvena", "plava", "velika", "Lux", "2", "Ёлка", "日本"];
const uuid = (/** @type {number} */ n) => `0193${n.toString(16).padStart(4, "0")}-0000-7000-8000-${String(random(1e9)).padStart(12, "0")}`;

/** @param {number} count */
function shop(count) {
  /** @type {[string, any[]][]} */
  const rows = [];
  for (let n = 0; n < count; n += 1) {
    const name = Array.from({ length: 1 + random(3) }, () => WORDS[random(WORDS.length)]).join(" ");
    const variants = random(5) ? 1 : 3;
    const product = uuid(n);
    for (let v = 0; v < variants; v += 1) rows.push([uuid(n), [product, name, variants > 1 ? `v${v}` : "", `S${n}-${v}`, random(3) ? String(3_000_000 + n * 10 + v) : "", "2.5", "tax", `c${random(4)}`, "piece", true, v, "", random(9) ? [] : [`X${n}${v}`], "", [], !random(20)]]);
  }
  return rows;
}

const categories = ["c0", "c1", "c2", "c3"].map((id, place) => [id, [id, "red", place, ""]]);

/** The plain way: every row looked at. @param {[string, any[]][]} rows @param {string} query @param {string} category @param {number} most */
function plainly(rows, query, category, most) {
  const products = new Map();
  for (const [id, body] of rows) products.set(body[0], [...(products.get(body[0]) ?? []), { id, body }].sort((a, b) => a.body[10] - b.body[10]));
  const words = fold(query).split(" ").filter(Boolean);
  const has = (/** @type {any[]} */ body, /** @type {string} */ word) => ` ${fold([body[1], body[2], body[3], body[4], ...body[12]].join(" "))}`.includes(` ${word}`);
  return [...products.values()]
    .filter(([first]) => (category === "*" ? first.body[15] : !category || first.body[7] === category))
    .filter((variants) => !words.length || variants.some(({ body }) => words.every((word) => has(body, word))))
    .sort(([a], [b]) => (sortKey(a.body[1]) < sortKey(b.body[1]) ? -1 : sortKey(a.body[1]) > sortKey(b.body[1]) ? 1 : a.body[0] < b.body[0] ? -1 : 1))
    .slice(0, most)
    .map((variants) => variants.map(({ id }) => id));
}

/** @param {Catalog} catalog @param {[string, any[]][]} rows */
function agree(catalog, rows) {
  assert.equal(catalog.size, rows.length);
  for (const query of ["", "s", "ša", "solja", "c", "cev", "čaj lux", "plava 2", "S1", "3000", "nothing", "v1", "x", "日", "елк"]) {
    for (const category of ["", "*", "c0", "c3", "none"]) assert.deepEqual(catalog.find(query, category, 25).map((all) => all.map(({ id }) => id).sort()), plainly(rows, query, category, 25).map((all) => all.sort()), `${query} ${category}`);
  }
  for (const [id, body] of rows.slice(0, 60)) {
    assert.equal(catalog.item(id)?.name, body[1]);
    assert.equal(catalog.byCode(body[3])?.id, id);
    if (body[4]) assert.equal(catalog.byCode(body[4])?.id, id);
    for (const code of body[12]) assert.equal(catalog.byCode(code)?.id, id);
  }
}

test("a pack finds what looking at every row finds", () => {
  const rows = shop(300);
  const { cache, pack } = packed({ cursor: 1, changes: { item: rows, category: categories } });
  assert.equal(sizeOf(pack), rows.length);
  assert.deepEqual(new Map(Array.from({ length: rows.length }, (_, place) => articleAt(pack, place)).map(({ id, body }) => [id, body])), new Map(rows));
  agree(new Catalog(cache, pack), rows);
});

test("what changed since lies over the pack as if it had always been so", () => {
  const rows = shop(200);
  const { cache, pack } = packed({ cursor: 1, changes: { item: rows, category: categories } });
  const now = new Map(rows);
  /** @type {[string, any][]} */
  const changes = [];
  rows.forEach(([id, body], n) => {
    if (n % 7 === 0) changes.push([id, null]);
    else if (n % 5 === 0) changes.push([id, body.map((value, column) => (column === 1 ? `Nova ${value}` : column === 3 ? `N${n}` : value))]);
  });
  // a whole product is renamed, or none of it
  const renamed = new Map(changes.filter(([, body]) => body).map(([, body]) => [body[0], body[1]]));
  for (const [id, body] of rows) if (renamed.has(body[0]) && !changes.some(([key]) => key === id)) changes.push([id, body.map((value, column) => (column === 1 ? renamed.get(body[0]) : value))]);
  const [, sibling] = rows[1];
  changes.push([uuid(9000), sibling.map((value, column) => (column === 1 ? (renamed.get(sibling[0]) ?? value) : column === 2 ? "new" : column === 3 ? "NEW" : column === 4 ? "" : column === 10 ? 9 : value))]);
  changes.push(...shop(5).map(([id, body], n) => /** @type {[string, any]} */ ([id, body.map((value, column) => (column === 3 ? `NEW-${n}` : column === 4 ? "" : column === 0 ? `n${n}` : value))])));
  for (const [id, body] of changes) body ? now.set(id, body) : now.delete(id);
  const catalog = new Catalog(merge(cache, { cursor: 2, changes: { item: changes } }), pack);
  agree(catalog, [...now]);
  for (const [id, body] of changes) if (!body) assert.equal(catalog.item(id), undefined);
});

test("a code that two articles have belongs to the barcode, then to the first", () => {
  const row = (name, sku, barcode) => ["p" + name, name, "", sku, barcode, "1", "t", "", "piece", true, 0];
  const { cache, pack } = packed({ cursor: 1, changes: { item: [["a", row("A", "77", "")], ["b", row("B", "1", "77")]] } });
  assert.equal(new Catalog(cache, pack).byCode("77")?.id, "b");
});

test("keys are found by themselves and by how they begin", () => {
  const table = makeTable(["b", "ab", "b", "abc", "ž"], [1, 2, 3, 4, 5]);
  assert.equal(valueOf(table, "b"), 1);
  assert.equal(valueOf(table, "a"), undefined);
  const [from, to] = beginning(table, "ab");
  assert.deepEqual([...table.values.slice(from, to)], [2, 4]);
  assert.deepEqual(beginning(makeTable([], []), "x"), [0, 0]);
});
