// What is agreed about a cart: lines, limits, rights, and how far a manager's yes goes.

import assert from "node:assert/strict";
import test from "node:test";

import { addItem, goodsOf } from "../../static/js/pos/cart.js";
import { ABOVE_LIMIT, DISCOUNT, GRATIS, NO_DEAL, PRICE, agreed, carried, cartOf, costOf, fitted, givenAway, limitOf, missing, needed, questions } from "../../static/js/pos/deals.js";

const item = (id, price = "10", product = `p-${id}`) => ({ id, product, name: id, variant: "", sku: id, barcode: "", price, profile: "t", category: "", unit: "piece", decimals: 0, position: 0, picture: "", groups: [], favourite: false, words: "" });
const line = (id, more = {}) => ({ id, item: item(id), quantity: "1", ...more });
const TIERS = [{ start: "0", kind: "percent", value: "5" }, { start: "50", kind: "percent", value: "10" }];
const frame = (...codes) => ({
  profiles: { t: ["Standard", [["17", "standard", "17", true, false, 1]]] },
  currency: { code: "BAM", digits: 2 },
  day: "2026-11-26",
  limit: limitOf(TIERS, "25", 2),
  may: (code) => codes.includes(code),
});
const percent = (value) => ({ kind: "percent", value });
const amount = (value) => ({ kind: "amount", value });
const yes = (needs, more = {}) => questions(needs).map(({ code, amounts, scopes }) => ({ by: "m", name: "M", code, reason: "guest", offline: false, amounts, scopes, ...more }));
const codes = (needs) => needs.map(({ code }) => code);

test("a line that something was agreed about takes no further piece", () => {
  const lines = addItem([line("a", { note: "no onions" })], item("a"), "b");
  assert.deepEqual(lines.map(({ id, quantity }) => [id, quantity]), [["a", "1"], ["b", "1"]]);
  assert.equal(goodsOf(lines)[0].note, "no onions");
  assert.ok(!("note" in goodsOf(lines)[1]));
});

test("what is agreed is put on the line and taken off again", () => {
  const with_all = agreed([line("a")], "a", { override: "8", discount: percent("10"), note: "x" });
  assert.equal(costOf({ lines: with_all, deal: NO_DEAL }, frame()).totals.total, "7.20");
  assert.deepEqual(agreed(with_all, "a", { override: "", discount: undefined, note: "" }), [line("a")]);
});

test("gratis takes one unit out of a line, once for a product with all its variants", () => {
  const three = [line("a", { quantity: "3", discount: percent("5"), note: "hot" })];
  const given = givenAway(three, "a", "g");
  assert.deepEqual(given.map(({ id, quantity, gratis = false, discount = null }) => [id, quantity, gratis, discount]), [["a", "2", false, percent("5")], ["g", "1", true, null]]);
  assert.equal(costOf({ lines: given, deal: NO_DEAL }, frame()).totals.total, "19.00");
  assert.equal(givenAway([...given, { ...line("b"), item: item("b", "3", "p-a") }], "b", "h"), null);
  assert.deepEqual(givenAway([line("a")], "a", "g").map(({ id, gratis }) => [id, gratis]), [["a", true]]);
  assert.deepEqual(givenAway([{ ...line("a"), item: { ...item("a"), decimals: 3 }, quantity: "0.35" }], "a", "g").map(({ quantity, gratis }) => [quantity, gratis]), [["0.35", true]]);
});

test("each thing agreed takes its right, and above the limit another one", () => {
  const lines = [line("a", { override: "8" }), line("b", { gratis: true }), line("c")];
  const cart = { lines, deal: { ...NO_DEAL, discount: percent("10") } };
  const needs = needed(cart, costOf(cart, frame()));
  assert.deepEqual(codes(needs), [DISCOUNT, ABOVE_LIMIT, PRICE, GRATIS]);
  assert.deepEqual(needs[1].amounts, { discount: "1.80", allowed: "0.90" });
  assert.deepEqual(needs[2].amounts, { article: "a", quantity: "1", list_price: "10", price: "8" });
  assert.deepEqual(codes(missing(cart, costOf(cart, frame()), frame(DISCOUNT, GRATIS).may)), [ABOVE_LIMIT, PRICE]);
  const within = { lines, deal: { ...NO_DEAL, discount: percent("5") } };
  assert.ok(!codes(needed(within, costOf(within, frame()))).includes(ABOVE_LIMIT));
});

test("line and cart discounts count together against the limit", () => {
  const cart = { lines: [line("a", { discount: percent("5") }), line("b")], deal: { ...NO_DEAL, discount: percent("2") } };
  assert.ok(!codes(needed(cart, costOf(cart, frame()))).includes(ABOVE_LIMIT));
  const more = { ...cart, deal: { ...cart.deal, discount: percent("3") } };
  assert.ok(codes(needed(more, costOf(more, frame()))).includes(ABOVE_LIMIT));
});

test("a yes to a discount holds for so much and no more", () => {
  const cart = { lines: [line("a")], deal: { ...NO_DEAL, discount: percent("50") } };
  const may = frame(DISCOUNT).may;
  const deal = { ...cart.deal, id: "o", approvals: yes(missing(cart, costOf(cart, frame()), may)) };
  const asked = (lines, discount) => codes(missing({ lines, deal: { ...deal, discount } }, costOf({ lines, deal: { ...deal, discount } }, frame()), may));
  assert.deepEqual(asked(cart.lines, percent("50")), []);
  assert.deepEqual(asked(cart.lines, amount("4")), []);
  assert.deepEqual(asked(cart.lines, percent("60")), [ABOVE_LIMIT]);
  assert.deepEqual(asked([line("a"), line("b")], percent("50")), [ABOVE_LIMIT]);
});

test("a yes to a price holds for that line, that price and no more of it", () => {
  const at = (price, quantity, id = "a") => ({ lines: [line(id, { override: price, quantity })], deal: NO_DEAL });
  const approvals = yes(needed(at("8", "2"), costOf(at("8", "2"), frame())));
  const asked = (cart) => codes(missing({ ...cart, deal: { ...NO_DEAL, approvals } }, costOf(cart, frame()), () => false));
  assert.deepEqual(asked(at("8", "2")), []);
  assert.deepEqual(asked(at("8", "1")), []);
  for (const other of [at("7", "2"), at("8", "3"), at("8", "2", "b")]) assert.deepEqual(asked(other), [PRICE]);
});

test("when the contents change, what is too much is lowered or goes, unless somebody may", () => {
  const deal = { ...NO_DEAL, discount: percent("10") };
  const many = { lines: [line("a", { quantity: "6" })], deal };
  assert.deepEqual(fitted(many, frame(DISCOUNT)).lowered, []);
  const few = { lines: [line("a", { quantity: "2" })], deal };
  const lowered = fitted(few, frame(DISCOUNT));
  assert.deepEqual(lowered.lowered, [{ line: null, discount: percent("5") }]);
  assert.deepEqual(lowered.deal.discount, percent("5"));
  assert.deepEqual(fitted(few, frame(DISCOUNT, ABOVE_LIMIT)).lowered, []);
  const fixed = { lines: [line("a", { discount: amount("15") })], deal: NO_DEAL };
  assert.deepEqual(fitted(fixed, frame(ABOVE_LIMIT)).lines[0].discount, amount("10.00"));
  assert.deepEqual(fitted({ lines: [line("a", { gratis: true })], deal }, frame()).deal.discount, null);
  assert.equal(fitted({ lines: [], deal }, frame()).deal, NO_DEAL);
});

test("an approved discount stays while the cart shrinks, and is lowered when it would grow", () => {
  const cart = { lines: [line("a", { quantity: "2" })], deal: { ...NO_DEAL, id: "o", discount: percent("20") } };
  const deal = { ...cart.deal, approvals: yes(missing(cart, costOf(cart, frame()), frame(DISCOUNT).may)) };
  assert.deepEqual(fitted({ lines: [line("a")], deal }, frame(DISCOUNT)).lowered, []);
  assert.deepEqual(fitted({ lines: [line("a", { quantity: "3" })], deal }, frame(DISCOUNT)).deal.discount, percent("5"));
});

test("who is buying decides which limit holds, and their leaving lowers what is too much", () => {
  const cart = { lines: [line("a")], deal: { ...NO_DEAL, discount: percent("20") } };
  const known = { ...frame(DISCOUNT), customer: true };
  assert.deepEqual(fitted(cart, known).lowered, []);
  assert.deepEqual(codes(missing({ ...cart, deal: { ...NO_DEAL, discount: percent("26") } }, costOf({ ...cart, deal: { ...NO_DEAL, discount: percent("26") } }, known), known.may)), [ABOVE_LIMIT]);
  assert.deepEqual(fitted(cart, frame(DISCOUNT)).deal.discount, percent("5"));
});

test("an operation carries what is still needed, at most twenty, every right at least once", () => {
  const lines = Array.from({ length: 25 }, (_, index) => line(`l${index}`, { override: "8" }));
  const cart = { lines, deal: { ...NO_DEAL, discount: percent("5") } };
  const each = needed(cart, costOf(cart, frame())).flatMap((need) => yes([need]));
  const sent = carried({ ...cart, deal: { ...cart.deal, approvals: [...each, ...yes([{ code: GRATIS, amounts: {}, scope: {} }])] } }, costOf(cart, frame()));
  assert.equal(sent.length, 20);
  assert.deepEqual(new Set(sent.map(({ code }) => code)), new Set([DISCOUNT, PRICE]));
  assert.deepEqual(Object.keys(sent[0]).sort(), ["amounts", "by", "code", "offline", "reason"]);
});

test("many articles are one question for a right, short enough for the log", () => {
  const lines = Array.from({ length: 25 }, (_, index) => line(`article number ${index}`, { override: "8" }));
  const [asked, ...none] = questions(needed({ lines, deal: NO_DEAL }, costOf({ lines, deal: NO_DEAL }, frame())));
  assert.deepEqual(none, []);
  assert.ok(asked.amounts.article.startsWith("article number 0; article number 1"));
  assert.ok(Object.values(asked.amounts).every((value) => value.length <= 200));
  assert.equal(asked.scopes.length, 25);
});

test("a cart without discounts carries no limit, one with them the shop's", () => {
  assert.ok(!("limit" in cartOf({ lines: [line("a")], deal: NO_DEAL }, frame(), false)));
  const { limit } = cartOf({ lines: [line("a", { discount: percent("5") })], deal: NO_DEAL }, frame(), false);
  assert.deepEqual([limit.tiers.length, limit.with_customer, limit.approved], [2, percent("25"), false]);
  assert.deepEqual(limitOf([{ start: "0.3", kind: "amount", value: "0.5" }], "25", 0).tiers, [{ start: "1", kind: "amount", value: "1" }]);
});
