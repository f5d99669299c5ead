// Hours of work and the cash in a drawer, as the server reckons them too (tests/pos/offline/test_shift_hours.py, test_cash.py).

import assert from "node:assert/strict";
import { test } from "node:test";

import { drawerAfter, movedCash } from "../../static/js/pos/drawer-sum.js";
import { earlyMinutes, lateMinutes } from "../../static/js/pos/hours.js";
import { formatPrice } from "../../static/js/pos/money.js";

const hours = (start, end, cutoff = 0) => ({ start, end, late: 15, early: 10, cutoff });
const text = (amount) => (amount < 0n ? `-${formatPrice(-amount)}` : formatPrice(amount));

test("exactly at the limit is in time", () => {
  const day = hours("10:00", "18:00");
  assert.deepEqual(["09:30", "10:15", "10:16", "21:00"].map((clock) => lateMinutes(day, clock)), [0, 0, 16, 660]);
  assert.deepEqual(["17:50", "17:49", "10:30", "19:00"].map((clock) => earlyMinutes(day, clock)), [0, 11, 450, 0]);
  assert.equal(lateMinutes(hours("", ""), "23:00"), 0);
});

test("work goes on over midnight, and over a later cut-off", () => {
  for (const cutoff of [0, 240]) {
    const night = hours("22:00", "06:00", cutoff);
    assert.deepEqual(["21:30", "22:10", "01:00"].map((clock) => lateMinutes(night, clock)), [0, 0, 180]);
    assert.deepEqual(["23:00", "05:00", "06:30"].map((clock) => earlyMinutes(night, clock)), [420, 60, 0]);
  }
});

test("what an operation does to the drawer", () => {
  const sale = { kind: "sale", tenders: [{ method: "cash", amount: "749", tendered: "1000", change: "251" }, { method: "card", amount: "5", tendered: "5" }] };
  assert.equal(text(movedCash({ kind: "sale.settle", body: {} }, sale)), "749");
  assert.equal(text(movedCash({ kind: "refund.make", body: {} }, { kind: "refund", tenders: [{ method: "cash", amount: "3.33" }] })), "-3.33");
  assert.equal(movedCash({ kind: "training.sale", body: {} }, { ...sale, training: true }), 0n);
  assert.equal(text(movedCash({ kind: "cash.move", body: { direction: "out", amount: "10" } })), "-10");
  assert.equal(text(movedCash({ kind: "cash.handover", body: { amount: "30.50" } })), "-30.5");
});

test("a drawer follows its own shift alone", () => {
  const opened = drawerAfter(undefined, { kind: "shift.open", body: { shift: "s1", opening_float: "500.00" } }, undefined, text);
  assert.deepEqual(opened, { shift: "s1", expected: "500" });
  const move = (shift) => ({ kind: "cash.move", shift, body: { direction: "out", amount: "600" } });
  assert.deepEqual(drawerAfter(opened, move("s1"), undefined, text), { shift: "s1", expected: "-100" });
  assert.equal(drawerAfter(opened, move("s2"), undefined, text), null);
  assert.equal(drawerAfter(undefined, move("s1"), undefined, text), null);
});
