// A keypad that writes into whichever field has the turn; fingers need no keyboard on the screen, keyboards go on working.

import { h, icon } from "../../lib/dom.js";
import { languageNow, t } from "../words.js";

const MOST = 12;

/**
 * @param {() => HTMLInputElement} target the field that has the turn
 * @param {boolean | null} decimals whether the currency has parts; null: whole pieces, of which nobody takes thousands
 */
export function keypad(target, decimals) {
  const mark = languageNow() === "bs" ? "," : ".";
  const press = (/** @type {(text: string) => string} */ edit) => {
    const input = target();
    input.value = edit(input.dataset.fresh ? "" : input.value).slice(0, MOST);
    delete input.dataset.fresh;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const key = (/** @type {string} */ name, /** @type {(text: string) => string} */ edit, label = "", kind = "") =>
    h("button", { class: `key ${kind}`, type: "button", tabindex: "-1", "aria-label": label || name, onclick: () => press(edit) }, name === "⌫" ? icon("delete") : name);
  const digit = (/** @type {string} */ name) => key(name, (text) => text + name);
  const point = decimals === null ? key("C", () => "", t("clear"), "key--quiet") : decimals ? key(mark, (text) => (/[.,]/.test(text) ? text : `${text || "0"}${mark}`)) : key("000", (text) => `${text}000`);
  return h(
    "div",
    // the focus stays in the field, where Enter means what it says and presses no key a second time
    { class: "keypad", role: "group", "aria-label": t("keypad"), onmousedown: keepFocus },
    ...["7", "8", "9", "4", "5", "6", "1", "2", "3"].map(digit),
    point,
    digit("0"),
    key("⌫", (text) => text.slice(0, -1), t("erase"), "key--quiet"),
  );
}

/** @param {Event} event */
const keepFocus = (event) => event.preventDefault();

/** A value that the next key replaces, as a selected text would be. @param {HTMLInputElement} input @param {string} value */
export function offer(input, value) {
  input.value = value;
  input.dataset.fresh = "yes";
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Where a finger would call up a keyboard over the keypad, none comes. */
export const ownKeypad = () => (matchMedia("(pointer: coarse)").matches ? "none" : "decimal");
