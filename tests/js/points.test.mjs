// Points at the till, without a page.

import assert from "node:assert/strict";
import test from "node:test";

import { customersOf, rowOf } from "../../static/js/pos/customers.js";
import { isMember, movedBy, programmeOf, tried, usedOn, worthOf } from "../../static/js/pos/points.js";
import { price } from "../../static/js/pos/pricing/engine.js";

const currency = { code: "BAM", digits: 2 };
const rates = [{ code: "17", kind: "standard", rate: "17", inclusive: true, compound: false, priority: 1 }];
const cart = (amount, more = {}) => ({ currency, customer: true, lines: [{ id: "l", product: "p", quantity: "1", list: amount, profile: "t" }], profiles: { t: rates }, ...more });
const settings = (more = {}) => programmeOf({ "loyalty.enabled": true, "loyalty.points_per_unit": "1", "loyalty.value_of_100": "1", "loyalty.minimum": 100, ...more });
const customer = (enrolled, points) => customersOf({ customers: { a: rowOf({ name: "Amra", phone: "", email: "", card: "", city: "", company: "", tax_number: "", address: "" }, enrolled, points) } })[0];

test("a cache from before the programme has no points", () => {
  const [old] = customersOf({ customers: { a: ["Amra", "", "", "", "", ""] } });
  assert.deepEqual([old.enrolled, old.points], [false, 0]);
  assert.equal(isMember(programmeOf(undefined), customer(true, 5)), false);
  assert.equal(isMember(settings(), old), false);
  assert.equal(isMember(settings(), customer(true, 0)), true);
});

test("77 points at five cents are 3.85", () => {
  const programme = settings({ "loyalty.value_of_100": "5", "loyalty.minimum": 50 });
  assert.equal(worthOf(77, programme, currency), "3.85");
  assert.deepEqual(tried(cart("9.00"), programme, 77, "all"), { used: 77, value: "3.85" });
  assert.equal(price(usedOn(cart("9.00"), programme, 77, "all")).totals.total, "5.15");
});

test("no more points than fit, than there are, and none below the minimum", () => {
  const programme = settings();
  assert.deepEqual(tried(cart("2.00"), programme, 770, "all"), { used: 200, value: "2.00" });
  for (const [balance, use, code] of [[770, "201", "points_above_total"], [150, "151", "points_above_balance"], [99, "50", "points_below_minimum"]]) {
    assert.throws(() => tried(cart("2.00"), programme, balance, use), { code }, code);
  }
  assert.throws(() => tried(cart("2.00"), settings({ "loyalty.value_of_100": "0" }), 770, "all"), { code: "points_none" });
  // Neither tenders nor a limit that somebody already approved stand in the way.
  const limit = { tiers: [{ start: "0", kind: "percent", value: "5" }], with_customer: { kind: "percent", value: "5" }, approved: false };
  const dear = cart("2.00", { tenders: [{ method: "cash", amount: "2.00" }], discount: { kind: "percent", value: "50" }, limit });
  assert.deepEqual(tried(dear, programme, 770, "all"), { used: 100, value: "1.00" });
});

test("the slip says what was used and earned, of members only", () => {
  const programme = settings();
  const sale = price(usedOn(cart("9.00"), programme, 500, "450"));
  assert.deepEqual(movedBy(sale, currency, programme, customer(true, 500)), { value: "4.50", used: 450, earned: 4 });
  assert.equal(movedBy(sale, currency, programme, customer(false, 0)), null);
  assert.equal(movedBy(sale, currency, programme, null), null);
});
