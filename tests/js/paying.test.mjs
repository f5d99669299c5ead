// How a sale is paid: parts that add up, cash that is rounded, coins that do not exist (POS-27, POS-29, POS-61).

import assert from "node:assert/strict";
import test from "node:test";

import { cashFor, roundingOf, suggested, tendersOf } from "../../static/js/pos/paying.js";
import { price } from "../../static/js/pos/pricing/engine.js";

const STEP = roundingOf("0.05", false, 2);
const EXACT = roundingOf("0.05", true, 2);
const NOTHING = { received: null, cash: null, cards: [null] };
const typed = (more) => ({ ...NOTHING, ...more });
const terms = (due, rounding = null) => ({ due, digits: 2, rounding });

/** What the engine makes of it: the payment, or the code of its refusal. */
function paid(way, given, { due, rounding, digits }) {
  try {
    const tenders = tendersOf(way, typed(given), { due, rounding, digits });
    const profiles = { tax: [{ code: "E", kind: "standard", rate: "17", inclusive: true }] };
    const lines = [{ id: "a", product: "p", quantity: "1", list: due, profile: "tax" }];
    const { payment } = price({ currency: { code: "BAM", digits }, customer: false, lines, profiles, cash_rounding: rounding, tenders });
    return { rounding: payment.rounding, change: payment.change, tenders: payment.tenders.map(({ method, amount }) => `${method} ${amount}`) };
  } catch (error) {
    return { code: error.code, ...error.params };
  }
}

test("cash: exact when nothing is typed, change, and too little", () => {
  assert.deepEqual(paid("cash", {}, terms("13.00")), { rounding: "0.00", change: "0.00", tenders: ["cash 13.00"] });
  assert.equal(paid("cash", { received: "20" }, terms("13.00")).change, "7.00");
  assert.deepEqual(paid("cash", { received: "10" }, terms("13.00")), { code: "tendered_below_amount", missing: "3.00" });
});

test("a card pays what is due, and nothing is due without a tender", () => {
  assert.deepEqual(paid("card", {}, terms("12.91", STEP)), { rounding: "0.00", change: "0.00", tenders: ["card 12.91"] });
  assert.deepEqual(tendersOf("cash", NOTHING, terms("0.00")), []);
});

test("a card never pays more than is due (hard case 22)", () => {
  assert.deepEqual(paid("mixed", { cards: ["15.59"] }, terms("12.91", STEP)), { code: "tender_above_due", due: "12.91", excess: "2.68" });
});

test("174.99 with 75 on the card: 100.00 in cash and 0.01 of rounding, whichever comes first (hard case 22)", () => {
  const due = terms("174.99", STEP);
  const result = { rounding: "0.01", change: "0.00", tenders: ["card 75.00", "cash 100.00"] };
  assert.deepEqual(paid("mixed", { cards: ["75"] }, due), result);
  assert.deepEqual(paid("mixed", { cards: ["75"], received: "100" }, due), result);
  assert.deepEqual(paid("mixed", { cash: "100", cards: ["75"] }, due), result);
  assert.equal(suggested(typed({ cards: ["75"] }), due, "cash"), "100.00");
  assert.equal(suggested(typed({ cash: "100" }), due, 0), "74.99");
});

test("exact coins: 2.31 is taken as it is, or refused with the amount that is due (hard case 22)", () => {
  assert.deepEqual(paid("cash", {}, terms("2.31", STEP)), { rounding: "-0.01", change: "0.00", tenders: ["cash 2.30"] });
  assert.deepEqual(paid("cash", { received: "2.31" }, terms("2.31", STEP)), { code: "coins_unknown", due: "2.30" });
  assert.deepEqual(paid("cash", { received: "2.31" }, terms("2.31", EXACT)), { rounding: "0.00", change: "0.00", tenders: ["cash 2.31"] });
  assert.deepEqual(paid("cash", { received: "2.33" }, terms("2.33", EXACT)), { rounding: "0.00", change: "0.00", tenders: ["cash 2.33"] });
  assert.deepEqual(paid("cash", { received: "5" }, terms("2.31", EXACT)), { rounding: "-0.01", change: "2.70", tenders: ["cash 2.30"] });
  assert.equal(paid("cash", { received: "2.32" }, terms("2.31", EXACT)).code, "coins_unknown");
});

test("mixed parts must add up; what is missing or too much is said", () => {
  assert.deepEqual(paid("mixed", { cards: ["3"], cash: "9" }, terms("13.00")), { code: "tenders_below_due", missing: "1.00" });
  assert.deepEqual(paid("mixed", { cards: ["3"], cash: "11" }, terms("13.00")), { code: "tenders_above_due", excess: "1.00" });
  assert.deepEqual(paid("mixed", { cards: ["3"], received: "20" }, terms("13.00")), { rounding: "0.00", change: "10.00", tenders: ["card 3.00", "cash 10.00"] });
  assert.deepEqual(paid("mixed", { cards: ["3", "10"] }, terms("13.00")).tenders, ["card 3.00", "card 10.00"]);
  assert.equal(suggested(typed({ cards: ["3", null], cash: "4" }), terms("13.00"), 1), "6.00");
  assert.equal(suggested(typed({ cards: ["13"] }), terms("13.00"), "cash"), "");
});

test("a step that the currency cannot say is no step", () => {
  assert.equal(roundingOf("0", false, 2), null);
  assert.equal(roundingOf("0.05", false, 0), null);
  assert.deepEqual(roundingOf("5", true, 0), { step: "5", exact_coins: true });
  assert.equal(cashFor("12.91", terms("12.91", STEP)), "12.90");
});
