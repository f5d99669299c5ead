// What a scanned code means here: an item, a label of the scale, a GS1 element string. Pure.

import { readGs1, readLabel } from "./barcodes.js";
import { formatPrice, formatQuantity, parsePrice } from "./money.js";
import { labelQuantity } from "./pricing/lines.js";

/** @typedef {import("./catalog.js").Item} Item */
/** @typedef {{item: Item, quantity: string, label?: string}} Meant */

/**
 * A code of an item comes first; then the business's own patterns; then GS1. Throws BadCheckDigit for a label that was misread.
 * @param {string} code
 * @param {import("./catalog.js").Catalog} catalog
 * @param {string[]} patterns
 * @param {number} digits of the currency
 * @returns {Meant | null}
 */
export function understand(code, catalog, patterns, digits) {
  const whole = catalog.byCode(code);
  if (whole) return { item: whole, quantity: "1" };
  const label = readLabel(code.trim(), patterns);
  if (label) {
    const item = catalog.byCode(label.item) ?? catalog.byCode(label.item.replace(/^0+(?=.)/, ""));
    if (!item) return null;
    return label.kind === "weight" ? weighed(item, BigInt(label.value)) : priced(item, BigInt(label.value), digits, digits);
  }
  const gs1 = readGs1(code.trim());
  const item = gs1 && catalog.byCode(gs1.gtin);
  if (!gs1 || !item) return null;
  if (gs1.price) return priced(item, BigInt(gs1.price[0]), gs1.price[1], digits);
  return gs1.weight && item.decimals ? weighed(item, BigInt(gs1.weight)) : { item, quantity: "1" };
}

/**
 * A weight in thousandths: only for what is sold in parts, and never nought.
 * @param {Item} item
 * @param {bigint} thousandths
 */
const weighed = (item, thousandths) => (thousandths && item.decimals ? { item, quantity: formatQuantity(thousandths) } : null);

/**
 * The amount on the label is charged as it stands; the quantity follows from it.
 * @param {Item} item
 * @param {bigint} value
 * @param {number} places that the label gives it
 * @param {number} digits of the currency
 */
function priced(item, value, places, digits) {
  const amount = value * 10n ** BigInt(4 - places);
  const price = parsePrice(item.price);
  if (!amount || !price || places > 4 || amount % 10n ** BigInt(4 - digits)) return null;
  return { item, quantity: formatQuantity(labelQuantity(amount, price)), label: fixed(amount, digits) };
}

/** @param {bigint} amount @param {number} digits */
function fixed(amount, digits) {
  const [whole, fraction = ""] = formatPrice(amount).split(".");
  return digits ? `${whole}.${fraction.padEnd(digits, "0")}` : whole;
}
