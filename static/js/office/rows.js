// Rows of a form that are added, taken away and moved: a template with __prefix__ in its names, a count that the server reads.

import { copy } from "../lib/dom.js";

/** @param {HTMLElement} list */
export function start(list) {
  const count = /** @type {HTMLInputElement} */ (document.getElementById(list.dataset.count ?? ""));
  const body = list.querySelector("[data-rows]");
  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.hasAttribute("data-add")) add(list, body, count);
    if (button?.hasAttribute("data-remove")) remove(list, button);
    if (button?.hasAttribute("data-up")) move(list, button, -1);
    if (button?.hasAttribute("data-down")) move(list, button, 1);
  });
  settle(list);
}

/**
 * @param {HTMLElement} list
 * @param {Element | null} body
 * @param {HTMLInputElement} count
 */
function add(list, body, count) {
  const row = copy(list.dataset.template ?? "");
  const number = count.value;
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes("__prefix__")) element.setAttribute(name, value.replaceAll("__prefix__", number));
    }
  }
  count.value = String(Number(number) + 1);
  body?.append(row);
  settle(list);
  row.dispatchEvent(new CustomEvent("rows:added", { bubbles: true }));
  row.querySelector("input:not([type=hidden])")?.scrollIntoView({ block: "nearest" });
  /** @type {HTMLInputElement | null} */ (row.querySelector("input:not([type=hidden])"))?.focus();
}

/**
 * A row that goes stays in the form, marked, so that the numbers of the others hold.
 * @param {HTMLElement} list
 * @param {Element} button
 */
function remove(list, button) {
  const row = button.closest("[data-row]");
  const mark = row?.querySelector("input[data-gone]");
  if (!(row instanceof HTMLElement) || !(mark instanceof HTMLInputElement)) return;
  mark.value = "on";
  row.hidden = true;
  mark.dispatchEvent(new Event("input", { bubbles: true }));
  settle(list);
  /** @type {HTMLElement | null} */ (list.querySelector("[data-add]"))?.focus();
}

/**
 * One place up or down among the rows in sight; the names stay, and the server reads the order of the page.
 * @param {HTMLElement} list
 * @param {HTMLElement} button
 * @param {-1 | 1} step
 */
function move(list, button, step) {
  const shown = [...list.querySelectorAll("[data-row]:not([hidden])")];
  const row = button.closest("[data-row]");
  const other = row && shown[shown.indexOf(row) + step];
  if (!row || !other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  row.querySelector("input:not([type=hidden])")?.dispatchEvent(new Event("input", { bubbles: true }));
  settle(list);
  const there = row.querySelector(`[data-${step < 0 ? "up" : "down"}]:not(:disabled)`) ?? row.querySelector("[data-up]:not(:disabled), [data-down]:not(:disabled)");
  if (there instanceof HTMLElement) there.focus();
  row.scrollIntoView({ block: "nearest" });
}

/**
 * The last row cannot go, the first not up and the bottom one not down; names of variants are asked for once there are two.
 * @param {HTMLElement} list
 */
function settle(list) {
  const shown = [...list.querySelectorAll("[data-row]:not([hidden])")];
  list.classList.toggle("rows--single", shown.length < 2);
  shown.forEach((row, place) => {
    row.querySelector("[data-up]")?.toggleAttribute("disabled", place === 0);
    row.querySelector("[data-down]")?.toggleAttribute("disabled", place === shown.length - 1);
  });
}
