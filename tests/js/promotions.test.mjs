// Promotions at the till: what holds when, the best of several, what a line keeps, what is suggested; without a page.

import assert from "node:assert/strict";
import test from "node:test";

import { addItem, engineCart, goodsOf } from "../../static/js/pos/cart.js";
import { wallTime } from "../../static/js/pos/day.js";
import { NO_DEAL, costOf, fitted, listPrice, usualPrice } from "../../static/js/pos/deals.js";
import { bestAt, reduced, runningAt, suggestions } from "../../static/js/pos/promotions.js";
import { catalogOf } from "./goods.mjs";

const BAM = { code: "BAM", digits: 2 };
const row = (name, price = "10") => [`p-${name}`, name, "", name, "", price, "t", "", "piece", true, 0];
const rows = {
  small: ["Small", "10", "2026-11-20T08:00", "2026-11-30T20:00", ["p-a", "p-b"]],
  large: ["Large", "25", "2026-11-25T00:00", "2026-11-26T12:00", ["p-a"]],
};
const catalog = catalogOf({ cursor: 1, full: true, changes: { item: ["a", "b", "c"].map((id) => [id, row(id)]), promotion: Object.entries(rows) } });
const item = (id) => catalog.item(id);
const frame = (customer) => ({ profiles: { t: ["Standard", [["17", "standard", "17", true, false, 1]]] }, currency: BAM, day: "2026-11-26", limit: { tiers: [], with_customer: null }, customer, may: () => true });
const percent = (value) => ({ kind: "percent", value });

test("the store's clock decides, from the first minute to the last", () => {
  const held = (wall) => bestAt(catalog.promotions.get("p-b"), wall)?.id;
  assert.deepEqual(["2026-11-20T07:59", "2026-11-20T08:00", "2026-11-30T20:00", "2026-11-30T20:01"].map(held), [undefined, "small", "small", undefined]);
  assert.equal(wallTime(new Date("2026-07-01T22:30:00Z"), "Europe/Sarajevo"), "2026-07-02T00:30");
  assert.equal(wallTime(new Date("2026-01-01T04:59:00Z"), "America/New_York"), "2025-12-31T23:59");
});

test("of several the one that takes most off counts while it lasts", () => {
  assert.equal(bestAt(catalog.promotions.get("p-a"), "2026-11-26T12:00").id, "large");
  assert.equal(bestAt(catalog.promotions.get("p-a"), "2026-11-26T12:01").id, "small");
  assert.deepEqual([...runningAt(catalog.promotions, "2026-11-26T08:00")].map(([product, { id }]) => [product, id]).sort(), [["p-a", "large"], ["p-b", "small"]]);
  assert.equal(bestAt(catalog.promotions.get("p-c"), "2026-11-26T08:00"), undefined);
});

test("the price on the shelf is the engine's, before what was chosen", () => {
  assert.equal(reduced("0.99", "10", BAM), "0.89");
  assert.equal(reduced("10", "33.3333", BAM), "6.67");
  assert.equal(reduced("105", "10", { code: "JPY", digits: 0 }), "95");
  const line = { id: "l", item: item("a"), quantity: "1", choices: [{ id: "x", name: "x", price: "0.50" }], promotion: { id: "large", percent: "25" } };
  assert.deepEqual([listPrice(line), usualPrice(line, BAM)], ["10.5", "8"]);
  assert.equal(costOf({ lines: [line], deal: NO_DEAL }, frame(false)).totals.total, "8.00");
});

test("a line keeps what it was added with, and another promotion is another line", () => {
  const large = { promotion: { id: "large", percent: "25" }, added: "2026-11-26T11:59" };
  const small = { promotion: { id: "small", percent: "10" }, added: "2026-11-26T12:01" };
  const lines = addItem(addItem(addItem([], item("a"), "1", large), item("a"), "2", large), item("a"), "3", small);
  assert.deepEqual(lines.map(({ quantity, promotion }) => [quantity, promotion.percent]), [["2", "25"], ["1", "10"]]);
  assert.deepEqual(engineCart(lines, frame(false).profiles, BAM, "2026-11-26").lines.map(({ promotion }) => promotion), ["25", "10"]);
  assert.deepEqual(goodsOf(lines).map(({ promotion, added }) => [promotion, added]), [["large", "2026-11-26T11:59"], ["small", "2026-11-26T12:01"]]);
  assert.ok(!("promotion" in goodsOf(addItem([], item("c"), "4"))[0]));
});

test("without a customer discounts leave alone what is on promotion, and go when there is nothing else", () => {
  const on = { id: "1", item: item("a"), quantity: "1", promotion: { id: "large", percent: "25" } };
  const other = { id: "2", item: item("c"), quantity: "1" };
  const deal = { ...NO_DEAL, discount: percent("10") };
  assert.equal(costOf({ lines: [on, other], deal }, frame(false)).totals.discounts, "1.00");
  assert.equal(costOf({ lines: [on, other], deal }, frame(true)).totals.discounts, "1.75");
  assert.deepEqual(fitted({ lines: [on], deal }, frame(false)).lowered, [{ line: null, discount: null }]);
  assert.throws(() => costOf({ lines: [{ ...on, discount: percent("5") }], deal: NO_DEAL }, frame(false)), { code: "promotion_needs_customer" });
  const left = fitted({ lines: [{ ...on, discount: percent("5") }, other], deal: NO_DEAL }, frame(false));
  assert.deepEqual([left.lowered.length, left.lines[0].discount], [1, undefined]);
});

test("what is in the cart or sold out is not suggested; what takes most off stands first", () => {
  const running = runningAt(catalog.promotions, "2026-11-26T08:00");
  const names = (lines, out = []) => suggestions(catalog, running, lines, new Set(out), 9).map(({ variants }) => variants[0].id);
  const inCart = [{ id: "1", item: item("b"), quantity: "1" }];
  assert.deepEqual(names([]), ["a", "b"]);
  assert.deepEqual(names(inCart), ["a"]);
  assert.deepEqual(names([], ["a"]), ["b"]);
  assert.equal(suggestions(catalog, running, [], new Set(), 1).length, 1);
});
