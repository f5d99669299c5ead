// Why: typed, or one of the usual reasons.

import { h, refill } from "../../lib/dom.js";
import { t } from "../words.js";
import { field } from "./gate.js";

/**
 * @param {string} id
 * @param {readonly import("../words.js").Key[]} usual
 * @param {() => void} [chosen] after one of the usual
 */
export function reasonField(id, usual, chosen = () => {}) {
  const { input, say, element } = field(t("reason"), { id, autocomplete: "off", maxlength: "200", required: true });
  const chips = h("div", { class: "discount__presets" });
  const draw = () => {
    say("");
    const button = (/** @type {import("../words.js").Key} */ key) =>
      h("button", { class: "button button--small", type: "button", "aria-pressed": input.value === t(key) ? "true" : "false", onclick: () => ((input.value = t(key)), draw(), chosen()) }, t(key));
    refill(chips, ...usual.map(button));
  };
  input.addEventListener("input", draw);
  draw();
  element.append(chips);
  /** The reason, or null, which is said beside the field. */
  const read = () => input.value.trim() || (say(t("reasonMissing")), null);
  return { input, say, element, read };
}
