// One request as text into its answer, the twin of pos.pricing.protocol.answer. Shapes are held against the published schema.

import { readFileSync } from "node:fs";

import { PricingError } from "../money.js";
import { OPERATIONS } from "./operations.mjs";
import { follows } from "./shape.mjs";

const SCHEMA = JSON.parse(readFileSync(new URL("../../../../docs/schemas/pricing-request.schema.json", import.meta.url), "utf8"));
const MALFORMED = { error: { code: "malformed", params: {} } };

/** @param {string} text */
export function answer(text) {
  let request;
  try {
    request = JSON.parse(text);
  } catch {
    return MALFORMED;
  }
  if (typeof request?.op !== "string") return MALFORMED;
  if (!Object.hasOwn(OPERATIONS, request.op)) return { error: { code: "unknown_op", params: {} } };
  if (!follows(SCHEMA, request)) return MALFORMED;
  const [field, run] = OPERATIONS[request.op];
  try {
    return { result: run(request[field]) };
  } catch (error) {
    if (error instanceof PricingError) return { error: { code: error.code, params: error.params } };
    throw error;
  }
}
