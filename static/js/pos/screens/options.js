// The sheet that asks an item's modifiers; it opens by itself where an answer is needed.

import { fill, h, icon } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { answersOf, asked, beforehand, countIn, missing, toggled } from "../options.js";
import { formatPrice, parsePrice, sum } from "../money.js";
import { till } from "../till.js";
import { money, t } from "../words.js";

/** @typedef {import("../catalog.js").Item} Item */
/** @typedef {import("../cart.js").Choice} Choice */

/** What an item takes without asking, or null where somebody must choose. @param {Item} item @returns {Choice[] | null} */
export function unasked(item) {
  const groups = till.get().catalog?.groups ?? new Map();
  const chosen = beforehand(item.groups, groups);
  return missing(item.groups, groups, chosen) ? null : choicesOf(item, chosen);
}

/** @param {Item} item @param {Set<string>} chosen @returns {Choice[]} */
const choicesOf = (item, chosen) => answersOf(item.groups, till.get().catalog?.groups ?? new Map(), chosen).map(({ id, name, price }) => ({ id, name, price }));

/** @param {Item} item @param {Choice[]} choices */
const unitPrice = (item, choices) => parsePrice(item.price) + sum(choices.map((choice) => parsePrice(choice.price, true)));

/**
 * @param {Item} item
 * @param {Choice[] | null} before
 * @param {(choices: Choice[]) => void} done
 */
export function askOptions(item, before, done) {
  const groups = till.get().catalog?.groups ?? new Map();
  let chosen = before ? new Set(before.map(({ id }) => id)) : beforehand(item.groups, groups);
  const body = h("div", { class: "options" });
  const add = h("button", { class: "button button--primary button--wide button--large", type: "button" });
  const draw = () => {
    const focused = document.activeElement?.getAttribute("data-answer");
    const wanting = missing(item.groups, groups, chosen);
    fill(body, ...asked(item.groups, groups, chosen).map((group) => question(group, chosen, (answer) => ((chosen = toggled(group, answer, chosen)), draw()))));
    const price = unitPrice(item, choicesOf(item, chosen));
    fill(add, h("span", {}, wanting ? t("chooseFirst", { group: wanting.name }) : t(before ? "apply" : "add")), h("span", { class: "amount" }, money(formatPrice(price > 0n ? price : 0n))));
    add.toggleAttribute("disabled", Boolean(wanting) || price < 0n);
    if (focused) /** @type {HTMLElement | null} */ (body.querySelector(`[data-answer="${focused}"]`))?.focus();
  };
  const sheet = openSheet({ title: item.variant ? `${item.name} ${item.variant}` : item.name, closeLabel: t("close"), name: "options", body: [body], foot: [add] });
  add.addEventListener("click", () => {
    sheet.close();
    done(choicesOf(item, chosen));
  });
  draw();
}

/**
 * @param {import("../catalog.js").Group} group
 * @param {Set<string>} chosen
 * @param {(answer: string) => void} toggle
 */
function question(group, chosen, toggle) {
  const count = countIn(group, chosen);
  const full = group.maximum !== null && group.maximum > 1 && count >= group.maximum;
  return h(
    "fieldset",
    { class: "options__group" },
    h("legend", { class: "options__head" }, h("span", {}, group.name), h("small", { class: count < group.minimum ? "options__rule options__rule--open" : "options__rule" }, rule(group))),
    h(
      "div",
      { class: "options__answers" },
      ...group.answers.map((answer) => {
        const on = chosen.has(answer.id);
        const price = parsePrice(answer.price, true);
        return h(
          "button",
          { class: "option", type: "button", "aria-pressed": on ? "true" : "false", disabled: full && !on, "data-answer": answer.id, onclick: () => toggle(answer.id) },
          on && icon("check"),
          h("span", { class: "grow" }, answer.name),
          price !== 0n && h("span", { class: "amount" }, `${price > 0n ? "+" : ""}${money(answer.price)}`),
        );
      }),
    ),
  );
}

/** @param {import("../catalog.js").Group} group */
function rule({ minimum, maximum }) {
  if (minimum === 1 && maximum === 1) return t("chooseOne");
  if (minimum && maximum) return t("chooseBetween", { minimum, maximum });
  if (minimum) return t("chooseAtLeast", { minimum });
  return maximum ? t("chooseUpTo", { maximum }) : t("chooseAny");
}
