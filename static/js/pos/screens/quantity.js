// How much: asked for weighed goods when they are added, and for any line whose number is pressed.

import { h } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { fits } from "../cart.js";
import { measured, plainNumber, quantityText, t } from "../words.js";
import { field } from "./gate.js";
import { keypad, offer, ownKeypad } from "./keypad.js";

/**
 * @param {{name: string, item: import("../catalog.js").Item, value: string, save: (quantity: string) => void, remove?: () => void}} asked value: "" for none yet; remove: what nought does
 */
export function askQuantity({ name, item, value, save, remove }) {
  const word = item.unit === "piece" ? "" : ` (${item.unit})`;
  const quantity = field(`${t("quantity")}${word}`, { id: "quantity", inputmode: ownKeypad(), autocomplete: "off", class: "input input--large input--number", "data-first": true });
  const done = () => {
    const typed = plainNumber(quantity.input.value, 3);
    if (typed === "0" && remove) return (sheet.close(), remove());
    if (typed === null || typed === "0") return quantity.say(t("quantityBad"));
    if (!fits({ id: "", item, quantity: typed }, typed)) return quantity.say(item.decimals ? t("decimalsAtMost", { example: measured(item.decimals === 1 ? "0.1" : item.decimals === 2 ? "0.01" : "0.001", item) }) : t("piecesOnly"));
    sheet.close();
    save(typed);
  };
  const pad = keypad(() => quantity.input, item.decimals > 0 || null);
  const sheet = openSheet({
    title: name,
    closeLabel: t("close"),
    name: "quantity",
    body: [h("form", { onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), done()) }, quantity.element), pad],
    foot: [h("button", { class: "button button--primary button--wide button--large", type: "button", onclick: done }, "OK")],
  });
  if (value) offer(quantity.input, quantityText(value));
  quantity.input.addEventListener("keydown", () => delete quantity.input.dataset.fresh);
  quantity.input.select();
}
