// The cart and the catalogue, without a page.

import assert from "node:assert/strict";
import test from "node:test";

import { addItem, countOf, quickCash, stepped, withQuantity } from "../../static/js/pos/cart.js";
import { Catalog, fold, merge } from "../../static/js/pos/catalog.js";

const row = (name, sku, barcode, price = "2.5") => ["p-" + sku, name, "", sku, barcode, price, "tax", "", "piece", true, 0];
const news = { cursor: 1, full: true, changes: { item: [["a", row("Ćevapi veliki", "1", "111")], ["b", row("Đuveč", "2", "")]] } };

test("a second tap raises the line, and nought removes it", () => {
  const catalog = new Catalog(merge(undefined, news));
  const item = catalog.byCode("111");
  let lines = addItem(addItem([], item, "l1"), item, "l2");
  assert.equal(lines.length, 1);
  assert.equal(lines[0].quantity, "2");
  assert.equal(countOf(lines), 2);
  lines = withQuantity(lines, "l1", stepped({ ...lines[0], quantity: "1" }, -1));
  assert.deepEqual(lines, []);
});

test("words are found without their marks, đ also as dj", () => {
  const catalog = new Catalog(merge(undefined, news));
  assert.equal(catalog.find("cevapi vel", "", 10).length, 1);
  assert.equal(catalog.find("djuvec", "", 10).length, 1);
  assert.equal(catalog.find("xyz", "", 10).length, 0);
  assert.equal(fold("ŠĐČĆŽ"), "sdccz");
});

test("snapshot and changes make the new snapshot", () => {
  const cache = merge(merge(undefined, news), { cursor: 2, full: false, changes: { item: [["a", null], ["b", row("Đuveč", "2", "", "3")]] } });
  assert.deepEqual(Object.keys(cache.rows.item), ["b"]);
  assert.equal(cache.rows.item.b[5], "3");
  assert.equal(cache.cursor, 2);
});

test("quick amounts are exact and the next notes", () => {
  assert.deepEqual(quickCash("18.99", 189_900n), ["18.99", "20", "50", "100", "200"]);
});
