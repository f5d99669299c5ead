// Held carts: what is kept of one, and what comes back by another day's catalogue.

import assert from "node:assert/strict";
import test from "node:test";

import { NO_DEAL } from "../../static/js/pos/deals.js";
import { cartFrom, contentsOf, together } from "../../static/js/pos/held.js";
import { catalogOf } from "./goods.mjs";

const row = (name, price, groups = []) => [`p-${name}`, name, "", name, "", price, "tax", "", "piece", true, 0, "", [], "", groups, false];
const answers = (...prices) => ["Extras", 0, null, prices.map((price, index) => [`x${index}`, `Extra ${index}`, "", price, false, null])];
const catalog = (prices, ...extras) =>
  catalogOf({ cursor: 1, full: true, changes: { item: Object.entries(prices).map(([name, price]) => [name, row(name, price, ["g"])]), modifiers: [["g", answers(...extras)]] } });
const THEN = catalog({ a: "2", b: "9", c: "10" }, "0.5", "1");
const TODAY = { currency: { code: "BAM", digits: 2 }, offerOf: () => ({}) };
const line = (name, more = {}) => ({ id: `l-${name}`, item: THEN.item(name), quantity: "2", ...more });
const approval = { by: "m", name: "M", code: "sale.price", reason: "guest", offline: false, amounts: { price: "1" }, scopes: [{ line: "l-b", price: "1", quantity: "2" }] };

test("a cart comes back as it was: options, prices agreed on, gifts, notes, discounts, and who said yes", () => {
  const lines = [
    line("a", { choices: [{ id: "x0", name: "Extra 0", price: "0.5" }] }),
    line("b", { override: "1", discount: { kind: "percent", value: "5" }, note: "no sugar" }),
    line("c", { gratis: true, quantity: "1" }),
  ];
  const deal = { id: "op", discount: { kind: "amount", value: "1" }, approvals: [approval] };
  const kept = JSON.parse(JSON.stringify(contentsOf({ lines, deal })));
  assert.equal(kept.lines[0].name, "a");
  assert.deepEqual(cartFrom(kept, THEN, TODAY), { lines, deal, changes: [] });
  assert.deepEqual(contentsOf({ lines: [line("a")], deal: NO_DEAL }), { lines: [{ id: "l-a", item: "a", name: "a", price: "2", quantity: "2" }] });
});

test("what costs another price by now is said line by line, with both; what was agreed stays agreed", () => {
  const lines = [line("a", { choices: [{ id: "x0", name: "Extra 0", price: "0.5" }, { id: "x1", name: "Extra 1", price: "1" }] }), line("b", { override: "1" }), line("c")];
  const now = cartFrom(contentsOf({ lines, deal: NO_DEAL }), catalog({ a: "2.2", b: "8" }, "0.6"), TODAY);
  assert.deepEqual(now.changes, [
    { name: "a · Extra 1", before: "1", now: null },
    { name: "a", before: "2.5", now: "2.8" },
    { name: "c", before: "10", now: null },
  ]);
  assert.deepEqual(now.lines.map(({ id, item, override = "" }) => [id, item.price, override]), [["l-a", "2.2", ""], ["l-b", "8", "1"]]);
  assert.deepEqual(now.lines[0].choices, [{ id: "x0", name: "Extra 0", price: "0.6" }]);
});

test("a label of the scale keeps its amount, and its weight follows today's price", () => {
  const kept = contentsOf({ lines: [line("b", { label: "4.50", quantity: "0.5" })], deal: NO_DEAL });
  const { lines, changes } = cartFrom(kept, catalog({ b: "10" }), TODAY);
  assert.deepEqual([lines[0].label, lines[0].quantity, changes], ["4.50", "0.45", []]);
});

test("two carts become one: the same on one line, one free piece of a product, the open one's discount first", () => {
  const open = { lines: [line("a"), line("c", { gratis: true, quantity: "1" })], deal: { ...NO_DEAL, discount: { kind: "percent", value: "5" } } };
  const other = { lines: [{ ...line("a"), id: "m1" }, { ...line("b", { note: "hot" }), id: "m2" }, { ...line("c", { gratis: true, quantity: "1" }), id: "m3" }], deal: { id: "op", discount: { kind: "percent", value: "9" }, approvals: [approval] } };
  const both = together(open, other);
  assert.deepEqual(both.lines.map(({ id, quantity, gratis = false }) => [id, quantity, gratis]), [["l-a", "4", false], ["l-c", "1", true], ["m2", "2", false], ["m3", "1", false]]);
  assert.deepEqual(both.deal, { id: "op", discount: { kind: "percent", value: "5" }, approvals: [approval] });
});

test("what was on promotion is on what holds when the cart is taken back, and another price is said", () => {
  const promotion = { id: "p", percent: "10" };
  const kept = contentsOf({ lines: [line("a", { promotion, added: "2026-11-26T10:00" }), line("b")], deal: NO_DEAL });
  assert.deepEqual(kept.lines.map((held) => held.promotion), ["10", undefined]);
  const over = cartFrom(kept, THEN, TODAY);
  assert.deepEqual([over.changes, over.lines[0].promotion], [[{ name: "a", before: "1.8", now: "2" }], undefined]);
  const offer = { promotion, added: "2026-11-26T18:00" };
  const still = cartFrom(kept, THEN, { ...TODAY, offerOf: (product) => (product === "p-a" ? offer : {}) });
  assert.deepEqual([still.changes, still.lines[0].promotion, still.lines[0].added], [[], promotion, "2026-11-26T18:00"]);
  const both = together({ lines: [line("a", offer)], deal: NO_DEAL }, still);
  assert.deepEqual(both.lines.map(({ id, quantity }) => [id, quantity]), [["l-a", "4"], ["l-b", "2"]]);
});
