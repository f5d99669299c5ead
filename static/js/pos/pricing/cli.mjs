// node static/js/pos/pricing/cli.mjs: one JSON request per line, one JSON answer per line (docs/pricing.md).

import { createInterface } from "node:readline";

import { PricingError } from "../money.js";
import { price } from "./engine.js";
import { refund } from "./refunds.js";

/** @param {string} text */
function answer(text) {
  try {
    const request = JSON.parse(text);
    if (request.op === "price") return { result: price(request.cart) };
    if (request.op === "refund") return { result: refund(request.refund) };
    return { error: { code: "unknown_op", params: {} } };
  } catch (error) {
    if (error instanceof PricingError) return { error: { code: error.code, params: error.params } };
    return { error: { code: "malformed", params: {} } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(line))}\n`);
}
