// One line of the ticket: what it is, what was agreed about it, what it costs, and its steps while it is chosen.

import { h, icon, setHidden } from "../../lib/dom.js";
import { listPrice } from "../deals.js";
import { formatPrice, parsePrice } from "../money.js";
import { measured, money, t } from "../words.js";
import { discountText, promoText } from "./discount.js";

/** @typedef {import("../cart.js").CartLine} CartLine */
/** @typedef {{unit: string, gross: string, list_value: string, discount: string}} Sold */
/**
 * @typedef {object} Acts
 * @property {(line: CartLine) => void} select
 * @property {(line: CartLine) => void} quantity
 * @property {(line: CartLine) => void} options
 * @property {(line: CartLine) => void} deal
 * @property {(line: CartLine) => void} remove
 * @property {(line: CartLine, direction: 1 | -1) => void} step
 */

const HOLD = 550;

/** The article without what was chosen of it. @param {CartLine} line */
export const titleOf = ({ item }) => (item.variant ? `${item.name} ${item.variant}` : item.name);

/**
 * The line last touched is selected and shows its steps; a press on another selects that one, a long one opens what can be agreed.
 * @param {CartLine} line
 * @param {Sold} sold
 * @param {Acts} acts
 */
export function lineRow(line, sold, acts) {
  const name = titleOf(line);
  const quantity = measured(line.quantity, line.item);
  const row = h(
    "li",
    { class: "line" },
    h("button", { class: "line__quantity", type: "button", "aria-label": `${quantity} · ${t("quantity")} ${name}`, onclick: () => acts.quantity(line) }, quantity),
    h("button", { class: "line__name", type: "button", "aria-expanded": "false", onclick: () => acts.select(line) }, h("span", {}, name), ...details(line, sold)),
    h("button", { class: "line__total amount", type: "button", "aria-label": `${amounts(line, sold).join(" ")} · ${t("lineDeal")}: ${name}`, onclick: () => acts.deal(line) }, ...total(line, sold)),
  );
  held(row, () => acts.deal(line));
  return row;
}

/** @param {CartLine} line @param {Sold} sold */
function* details(line, { unit }) {
  const choices = line.choices ?? [];
  if (choices.length) yield h("small", { class: "line__choices" }, choices.map((choice) => choice.name).join(", "));
  if (line.promotion) yield h("small", { class: "promo" }, promoText(line.promotion.percent));
  const other = line.override || (line.promotion && !line.label);
  if (line.quantity !== "1" || choices.length || other) yield h("small", { class: "amount" }, `${measured(line.quantity, line.item)} × `, other && was(listPrice(line)), other && " ", money(unit, true));
  if (line.discount) yield h("small", { class: "line__deal" }, discountText(line.discount));
  if (line.gratis) yield h("small", { class: "line__deal" }, t("gratisLabel"));
  if (line.note) yield h("small", { class: "line__note" }, line.note);
}

/** After the line's own discount, and before the cart's. @param {CartLine} line @param {Sold} sold */
function amounts(line, { gross, list_value: list, discount }) {
  const now = money(formatPrice(parsePrice(gross) - parsePrice(discount)), true);
  if (line.gratis) return [now, money(list, true)];
  return line.discount ? [now, money(gross, true)] : [now];
}

/** @param {CartLine} line @param {Sold} sold */
function total(line, sold) {
  const [now, before] = amounts(line, sold);
  return [before && h("s", {}, before), h("span", {}, now)];
}

/** A price that no longer holds. @param {string} amount */
const was = (amount) => h("s", {}, money(amount, true));

/** Show whether a row is the one that steps and keys speak of. @param {HTMLElement} row @param {boolean} selected */
export function markRow(row, selected) {
  if (selected) row.setAttribute("aria-current", "true");
  else row.removeAttribute("aria-current");
  row.querySelector(".line__name")?.setAttribute("aria-expanded", String(selected));
}

/**
 * The steps of the line that is selected: one bar. Under the last line it has a place of its own, so that nothing moves when a new
 * line comes; to another one it goes along.
 */
export class Steps {
  /** @type {CartLine | undefined} */
  line;

  /** @param {Acts} acts @param {HTMLElement} home under the last line */
  constructor(acts, home) {
    this.home = home;
    const button = (/** @type {Node | string} */ face, /** @type {(line: CartLine) => void} */ act) =>
      h("button", { class: "button button--icon line__step", type: "button", onclick: () => this.line && act(this.line) }, face);
    this.remove = button(icon("trash-2"), acts.remove);
    this.options = button(icon("sliders-horizontal"), acts.options);
    // letters and not pictures: whatever moves with the choice is laid out with each tap, and these are the keys that do the same
    this.deal = button("%", acts.deal);
    this.less = button("−", (line) => acts.step(line, -1));
    this.more = button("+", (line) => acts.step(line, 1));
    this.bar = h("div", { class: "line__steps" }, this.remove, this.options, this.deal, h("span", { class: "grow" }), this.less, this.more);
  }

  /** No line is there: the bar stays, out of sight, so that the first line does not have to build it. */
  rest() {
    this.line = undefined;
    this.stand(this.home, true);
  }

  /** @param {HTMLElement} place @param {boolean} idle */
  stand(place, idle) {
    if (this.bar.parentElement !== place) place.append(this.bar);
    if (this.bar.classList.contains("line__steps--idle") !== idle) this.bar.classList.toggle("line__steps--idle", idle);
  }

  /** @param {CartLine} line @param {HTMLElement | null} row null for the last line's */
  show(line, row) {
    this.line = line;
    const name = titleOf(line);
    const named = { remove: this.remove, options: this.options, lineDeal: this.deal, less: this.less, more: this.more };
    for (const [label, button] of Object.entries(named)) button.setAttribute("aria-label", `${t(/** @type {keyof typeof named} */ (label))}: ${name}`);
    setHidden(this.options, !line.item.groups.length || Boolean(line.label));
    for (const button of [this.less, this.more]) setHidden(button, Boolean(line.label) || Boolean(line.gratis));
    this.stand(row ?? this.home, false);
  }
}

/** A finger that stays, or the other button of a mouse. @param {HTMLElement} row @param {() => void} act */
function held(row, act) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const away = () => clearTimeout(timer);
  row.addEventListener("pointerdown", (event) => {
    away();
    if (event.pointerType !== "mouse") timer = setTimeout(act, HOLD);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) row.addEventListener(name, away);
  row.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    away();
    act();
  });
}
