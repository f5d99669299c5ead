// Counting a drawer: the sum, or a sheet of notes and coins that makes it.

import { h } from "../../lib/dom.js";
import { formatPrice, padded, parsePrice } from "../money.js";
import { till } from "../till.js";
import { money, plainNumber, quantityText, t } from "../words.js";
import { field } from "./gate.js";

// Notes and coins of the currencies that tills here count; others by powers of ten.
const PIECES = /** @type {Record<string, string[]>} */ ({
  BAM: ["200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10", "0.05"],
  EUR: ["500", "200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10", "0.05", "0.02", "0.01"],
});
const OTHERS = ["1000", "500", "200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10", "0.05", "0.01"];
const MOST = 100_000;

/** @typedef {{value: string, count: number}} Pieces */

/** @param {() => void} changed */
export function countField(changed) {
  const { digits, currency } = till.get().place.store;
  const sum = field(t("counted"), { id: "counted", inputmode: "decimal", autocomplete: "off", class: "input input--large", "data-first": true });
  const values = (PIECES[currency] ?? OTHERS).filter((value) => digits > 0 || !value.includes("."));
  const inputs = values.map((value) => /** @type {const} */ ([value, h("input", { class: "input count__pieces", id: `pieces-${value}`, inputmode: "numeric", autocomplete: "off", maxlength: "6" })]));
  /** @returns {Pieces[]} */
  const pieces = () => inputs.map(([value, input]) => ({ value, count: /^\d{1,6}$/.test(input.value) ? Math.min(Number(input.value), MOST) : 0 })).filter(({ count }) => count);
  const add = () => {
    const total = pieces().reduce((all, { value, count }) => all + parsePrice(value) * BigInt(count), 0n);
    sum.input.value = quantityText(padded(formatPrice(total), digits));
    changed();
  };
  for (const [, input] of inputs) input.addEventListener("input", add);
  sum.input.addEventListener("input", () => {
    // a sum that was typed was not made by the sheet
    for (const [, input] of inputs) input.value = "";
    changed();
  });
  const sheet = h(
    "details",
    { class: "count" },
    h("summary", { class: "button button--small" }, t("countByPieces")),
    h("div", { class: "count__sheet" }, ...inputs.map(([value, input]) => h("label", { class: "count__row", for: `pieces-${value}` }, h("span", { class: "amount" }, money(value)), "×", input))),
  );
  /** The count, or null, which is said. */
  const read = () => {
    const typed = plainNumber(sum.input.value, digits);
    if (typed === null) return sum.say(t("quantityBad")), null;
    sum.say("");
    return padded(formatPrice(parsePrice(typed)), digits);
  };
  const put = (/** @type {string} */ amount) => (sum.input.value = quantityText(amount));
  return { element: h("div", { class: "stack stack--tight" }, sum.element, sheet), input: sum.input, read, pieces, put, sheet };
}
