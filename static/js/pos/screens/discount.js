// How much is taken off: per cent or an amount, typed or one of the shop's buttons; and how a discount is said.

import { h } from "../../lib/dom.js";
import { WHOLE, parsePrice } from "../money.js";
import { currency, till } from "../till.js";
import { money, plainNumber, quantityText, t } from "../words.js";
import { field } from "./gate.js";
import { offer } from "./keypad.js";

/** @typedef {import("../deals.js").DiscountText} DiscountText */

/** «−10 %», «−2,50 KM». @param {DiscountText} discount */
export const discountText = ({ kind, value }) => (kind === "percent" ? `\u2212${percentText(value)}` : money(`-${value}`));

/** @param {string} value */
export const percentText = (value) => `${quantityText(value)}\u00a0%`;

/** The badge of what is on promotion: «PROMO −10 %». @param {string} value per cent */
export const promoText = (value) => `${t("promo")}\u00a0\u2212${percentText(value)}`;

/**
 * @param {DiscountText | null} before
 * @param {{inputmode: string, pressed?: () => void}} ways pressed: after one of the shop's buttons
 */
export function discountEntry(before, { inputmode, pressed = () => {} }) {
  let kind = before?.kind ?? "percent";
  const { input, say, element } = field(t("discount"), { id: "discount-value", inputmode, autocomplete: "off", class: "input input--large input--number" });
  const turn = (/** @type {"percent" | "amount"} */ next) => {
    kind = next;
    draw();
  };
  const tab = (/** @type {"percent" | "amount"} */ name, /** @type {string} */ sign, /** @type {string} */ label) =>
    h("button", { type: "button", "data-kind": name, onclick: () => (turn(name), input.focus()) }, h("span", { "aria-hidden": "true" }, sign), h("span", { class: "visually-hidden" }, label));
  const preset = (/** @type {[percent: string, label: string]} */ [percent, label]) => {
    const press = () => {
      kind = "percent";
      offer(input, quantityText(percent));
      pressed();
    };
    return h("button", { class: "button", type: "button", "data-percent": percent, onclick: press }, label ? `${label} · ${percentText(percent)}` : percentText(percent));
  };
  const tabs = [tab("percent", "%", t("percent")), tab("amount", sign(), t("amount"))];
  const presets = presetsOf().map(preset);
  const draw = () => {
    const chosen = kind === "percent" ? plainNumber(input.value, 4) : null;
    for (const each of tabs) each.setAttribute("aria-pressed", String(each.dataset.kind === kind));
    for (const each of presets) each.setAttribute("aria-pressed", String(each.dataset.percent === chosen));
  };
  input.addEventListener("input", () => (say(""), draw()));
  input.addEventListener("keydown", () => delete input.dataset.fresh);
  if (before) offer(input, quantityText(before.value));
  draw();
  return { input, say, element: h("div", { class: "discount" }, element, h("div", { class: "segmented", role: "group", "aria-label": t("discountKind") }, ...tabs), h("div", { class: "discount__presets" }, ...presets)), read: () => readDiscount(kind, input.value, say) };
}

/** The buttons of the settings. @returns {[percent: string, label: string][]} */
const presetsOf = () => till.get().place?.settings?.["discount.presets"] ?? [];

/** The sign of the currency. */
const sign = () => money("0").replace(/[\d.,\s\u00a0\u2212]/g, "") || currency().code;

/**
 * What was typed; null for nothing, undefined for what is no discount (and it was said why).
 * @param {"percent" | "amount"} kind
 * @param {string} typed
 * @param {(text: string) => void} say
 * @returns {DiscountText | null | undefined}
 */
function readDiscount(kind, typed, say) {
  if (!typed.trim()) return null;
  const value = plainNumber(typed, kind === "percent" ? 2 : currency().digits);
  if (value === null) return void say(t("discountBad"));
  if (kind === "percent" && parsePrice(value) > WHOLE) return void say(t("percentBad"));
  return value === "0" ? null : { kind, value };
}
