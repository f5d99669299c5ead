// Expense notes at the closing: an amount, what for, and whether the drawer paid it.

import { h, icon } from "../../lib/dom.js";
import { uuid7 } from "../../lib/ids.js";
import { formatPrice, padded, parsePrice } from "../money.js";
import { till } from "../till.js";
import { plainNumber, t } from "../words.js";
import { categories, choice } from "./cash.js";
import { field } from "./gate.js";

const MOST = 20;

export function expenseNotes() {
  const list = h("div", { class: "stack" });
  /** @type {{row: HTMLElement, read: () => import("../shifts.js").ExpenseNote | null}[]} */
  let rows = [];
  const add = () => {
    if (rows.length < MOST) rows.push(noteRow(list, (row) => (rows = rows.filter((other) => other.row !== row))));
  };
  const element = h("div", { class: "stack stack--tight" }, list, h("button", { class: "button button--small", type: "button", id: "add-expense", onclick: add }, icon("plus"), t("expenseAdd")));
  /** All notes, or null where one is not complete, which is said. */
  const read = () => {
    const notes = rows.map((row) => row.read());
    return notes.includes(null) ? null : /** @type {import("../shifts.js").ExpenseNote[]} */ (notes);
  };
  return { element, read };
}

/** @param {HTMLElement} list @param {(row: HTMLElement) => void} gone */
function noteRow(list, gone) {
  const id = uuid7();
  const { digits } = till.get().place.store;
  const amount = field(t("cashAmount"), { id: `expense-amount-${id}`, inputmode: "decimal", autocomplete: "off" });
  const spent = categories().filter(([, expense]) => expense);
  const category = choice(`expense-category-${id}`, t("cashCategory"), t("chooseCategory"), spent.map(([name]) => [name, name]));
  const note = field(t("note"), { id: `expense-note-${id}`, autocomplete: "off", maxlength: "200" });
  const drawer = h("input", { type: "checkbox", id: `expense-drawer-${id}` });
  const remove = () => {
    gone(row);
    row.remove();
    document.getElementById("add-expense")?.focus();
  };
  const row = h(
    "fieldset",
    { class: "card expense" },
    h("legend", { class: "visually-hidden" }, t("expenseNotes")),
    h("div", { class: "expense__fields" }, amount.element, category.element, note.element),
    h("div", { class: "row row--apart" }, h("label", { class: "check" }, drawer, t("expenseDrawer")), h("button", { class: "button button--quiet button--icon", type: "button", "aria-label": t("expenseRemove"), onclick: remove }, icon("trash-2"))),
  );
  list.append(row);
  amount.input.focus();
  const read = () => {
    const typed = plainNumber(amount.input.value, digits);
    if (typed === null || !parsePrice(typed)) return amount.say(t("cashMissing")), null;
    amount.say("");
    const named = category.read();
    if (named === null) return null;
    return { id, amount: padded(formatPrice(parsePrice(typed)), digits), category: named, reason: note.input.value.trim(), drawer: drawer.checked };
  };
  return { row, read };
}
