// What the camera sees, once a glance.

import assert from "node:assert/strict";
import test from "node:test";

globalThis.location ??= /** @type {any} */ ({ href: "http://localhost/", origin: "http://localhost" });
const { Glance } = await import("../../static/js/pos/camera.js");

test("a code that stays in sight is one, and another once it was away", () => {
  const glance = new Glance();
  assert.deepEqual(glance.fresh(["1"], 0), ["1"]);
  assert.deepEqual(glance.fresh(["1", "1"], 1000), []);
  assert.deepEqual(glance.fresh(["1", "2"], 2000), ["2"]);
  assert.deepEqual(glance.fresh([], 3000), []);
  assert.deepEqual(glance.fresh(["1"], 3600), ["1"]);
});
