// Checklists at the till, as the server reckons them too (tests/pos/test_checklists.py).

import assert from "node:assert/strict";
import { test } from "node:test";

import { counts, dueToday, listsOn, periodOf } from "../../static/js/pos/checklists.js";

test("a day belongs to a day, an ISO week and a month", () => {
  const of = (/** @type {string} */ day) => ["daily", "weekly", "monthly"].map((often) => periodOf(often, day));
  assert.deepEqual(of("2027-01-01"), ["2027-01-01", "2026-W53", "2027-01"]);
  assert.deepEqual(of("2026-11-27"), ["2026-11-27", "2026-W48", "2026-11"]);
  assert.equal(periodOf("weekly", "2026-01-01"), "2026-W01");
  assert.equal(periodOf("weekly", "2024-12-30"), "2025-W01");
});

const lists = /** @type {any} */ ({
  w: ["Weekly", "weekly", [["t3", "Windows", true]], false],
  d: ["Daily", "daily", [["t1", "Clean", true], ["t2", "Napkins", false]], true],
});

test("a tick of another period says nothing", () => {
  const [daily, weekly] = listsOn(lists, /** @type {any} */ ({ t1: ["2026-11-26", true, "e", "x"], t3: ["2026-W48", true, "e", "x"] }), "2026-11-27");
  assert.deepEqual([daily.name, weekly.name], ["Daily", "Weekly"]);
  assert.deepEqual(counts([daily]), { done: 0, all: 2 });
  assert.deepEqual(counts([weekly]), { done: 1, all: 1 });
});

test("only mandatory tasks of the day are due", () => {
  const on = (/** @type {any} */ ticks) => dueToday(listsOn(lists, ticks, "2026-11-27")).map(({ text }) => text);
  assert.deepEqual(on({}), ["Clean"]);
  assert.deepEqual(on({ t1: ["2026-11-27", true, "e", "x"] }), []);
  assert.deepEqual(on({ t1: ["2026-11-27", false, "e", "x"] }), ["Clean"]);
});
