// The cart and the catalogue, without a page.

import assert from "node:assert/strict";
import test from "node:test";

import { addItem, countOf, engineCart, quickCash, stepped, withQuantity } from "../../static/js/pos/cart.js";
import { Catalog, merge, packed } from "../../static/js/pos/catalog.js";
import { fold } from "../../static/js/pos/folding.js";
import { catalogOf } from "./goods.mjs";

const row = (name, sku, barcode, price = "2.5") => ["p-" + sku, name, "", sku, barcode, price, "tax", "", "piece", true, 0];
const news = { cursor: 1, full: true, changes: { item: [["a", row("Ćevapi veliki", "1", "111")], ["b", row("Đuveč", "2", "")]] } };

test("a second tap raises the line, and nought removes it", () => {
  const catalog = catalogOf(news);
  const item = catalog.byCode("111");
  let lines = addItem(addItem([], item, "l1"), item, "l2");
  assert.equal(lines.length, 1);
  assert.equal(lines[0].quantity, "2");
  assert.equal(countOf(lines), 2);
  lines = withQuantity(lines, "l1", stepped({ ...lines[0], quantity: "1" }, -1));
  assert.deepEqual(lines, []);
});

test("words are found without their marks, đ also as dj", () => {
  const catalog = catalogOf(news);
  assert.equal(catalog.find("cevapi vel", "", 10).length, 1);
  assert.equal(catalog.find("djuvec", "", 10).length, 1);
  assert.equal(catalog.find("xyz", "", 10).length, 0);
  assert.equal(fold("ŠĐČĆŽ"), "sdccz");
});

test("snapshot and changes make the new snapshot", () => {
  const first = packed(news);
  const cache = merge(first.cache, { cursor: 2, changes: { item: [["a", null], ["b", row("Đuveč", "2", "", "3")], ["c", row("Čvarci", "9", "999")]] } });
  const catalog = new Catalog(cache, first.pack);
  assert.equal(catalog.cursor, 2);
  assert.equal(catalog.size, 2);
  assert.equal(catalog.item("a"), undefined);
  assert.equal(catalog.byCode("111"), undefined);
  assert.equal(catalog.item("b").price, "3");
  assert.equal(catalog.byCode("999").id, "c");
  assert.deepEqual(catalog.find("", "", 9).map(([{ id }]) => id), ["c", "b"]);
  assert.deepEqual(catalog.find("c", "", 9).map(([{ id }]) => id), ["c"]);
});

test("quick amounts are exact and the next notes", () => {
  assert.deepEqual(quickCash("18.99", 189_900n), ["18.99", "20", "50", "100", "200"]);
});

test("a rate that changes is taken as of the store's day", () => {
  const catalog = catalogOf(news);
  const lines = addItem([], catalog.byCode("111"), "l1");
  const profiles = { tax: ["Standard", [["17", "standard", "17", true, false, 1, [["2027-01-01", "19"], ["2027-07-01", "20.5"]]], ["9", "reduced", "9", true, false, 2]]] };
  const percents = (/** @type {string} */ day) => engineCart(lines, profiles, { code: "BAM", digits: 2 }, day).profiles.tax.map((rate) => rate.rate);
  assert.deepEqual(percents("2026-12-31"), ["17", "9"]);
  assert.deepEqual(percents("2027-01-01"), ["19", "9"]);
  assert.deepEqual(percents("2030-01-01"), ["20.5", "9"]);
});
