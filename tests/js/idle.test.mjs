// A till that nobody touches is locked, once, and not before its time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Idle } from "../../static/js/pos/idle.js";

test("it locks after the minutes that are set, and never with nought", () => {
  let locks = 0;
  const idle = new Idle(() => locks++);
  idle.touched = Date.now() - 14 * 60_000;
  idle.look(15);
  assert.equal(locks, 0);
  idle.touched = Date.now() - 15 * 60_000;
  idle.look(0);
  assert.equal(locks, 0);
  idle.look(15);
  idle.look(15);
  assert.equal(locks, 1);
});
