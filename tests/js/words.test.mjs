// Amounts at the till as the shop writes them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { money, setCurrency } from "../../static/js/pos/words.js";

const BAM = { code: "BAM", digits: 2 };

/** @param {object} format @param {string} amount */
function written(format, amount, bare = false) {
  setCurrency({ ...BAM, ...format });
  return money(amount, bare);
}

test("without a setting as the language writes it", () => {
  assert.equal(written({}, "1234.5"), "1,234.50\u00a0KM");
  assert.equal(written({ decimal: "", thousands: "", symbol: "" }, "-3"), "\u22123.00\u00a0KM");
});

test("separators and the place of the symbol as set", () => {
  assert.equal(written({ decimal: ",", thousands: "." }, "1234567.89"), "1.234.567,89\u00a0KM");
  assert.equal(written({ decimal: ",", thousands: "space" }, "1234.5", true), "1\u00a0234,50");
  assert.equal(written({ symbol: "$", before: true }, "-10"), "\u2212$10.00");
  assert.equal(written({ symbol: "KM", before: true }, "10"), "KM\u00a010.00");
});

test("separators that cannot be told apart are not used", () => {
  assert.equal(written({ decimal: ".", thousands: "." }, "1234.5", true), "1,234.50");
  assert.equal(written({ decimal: ",", thousands: "" }, "1234.5", true), "1,234.50");
});
