// Whether the till knows that its network is there.
import assert from "node:assert/strict";
import test from "node:test";

import { answered, networkGone, till } from "../../static/js/pos/till.js";

test("an answer to what was asked before the network went does not bring it back", () => {
  networkGone(100);
  assert.equal(till.get().link, "offline");
  answered(90);
  assert.equal(till.get().link, "offline");
  answered(101);
  assert.equal(till.get().link, "connected");
});
