// The golden vectors (tests/golden/pricing.json) through the till's engine: the same answers as the server's, refusals included.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { Currency, allocate, equalSplit, parsePrice, roundHalfUp } from "../../static/js/pos/money.js";
import { answer } from "../../static/js/pos/pricing/answer.mjs";
import { price } from "../../static/js/pos/pricing/engine.js";

const cases = JSON.parse(readFileSync(new URL("../golden/pricing.json", import.meta.url), "utf8"));

for (const { name, request, answer: expected } of cases) {
  test(name, () => assert.deepEqual(JSON.parse(JSON.stringify(answer(JSON.stringify(request)))), expected));
}

test("what is no JSON is malformed", () => {
  for (const text of ["", "{", "NaN", "[1", "'op'"]) assert.equal(answer(text).error.code, "malformed");
});

test("numbers round half-up on the absolute value", () => {
  assert.equal(roundHalfUp(2345n, 10n), 235n);
  assert.equal(roundHalfUp(-2345n, 10n), -235n);
  assert.equal(new Currency({ code: "BAM", digits: 2 }).format(-50_000n), "-5.00");
  assert.throws(() => new Currency({ code: "BAM", digits: 2 }).format(1n), RangeError);
  assert.throws(() => parsePrice(/** @type {any} */ (1)), { code: "bad_number" });
});

test("parts add up exactly", () => {
  assert.deepEqual(equalSplit(100_000n, 3, 100n), [33_400n, 33_300n, 33_300n]);
  assert.deepEqual(allocate(70_000n, [70n, 25n, 15n], 100n), [44_600n, 15_900n, 9_500n]);
});

test("a cart is not changed by pricing it", () => {
  const cart = cases.find((one) => one.name === "the same, cash entered first") && cases.find((one) => one.request?.op === "price").request.cart;
  const before = JSON.stringify(cart);
  price(cart);
  assert.equal(JSON.stringify(cart), before);
});
