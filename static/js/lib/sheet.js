// Dialogs: the focus stays inside and goes back where it came from; Escape and a press outside close.

import { h, icon } from "./dom.js";

/**
 * @typedef {object} SheetOptions
 * @property {string} title
 * @property {string} closeLabel
 * @property {(Node | string | null | undefined | false)[]} body
 * @property {(Node | null | undefined | false)[]} [foot]
 * @property {boolean} [wide]
 * @property {boolean} [zone] covers the shelf and leaves the ticket in sight
 * @property {string} [name] for tests and styles
 * @property {(code: string) => boolean} [onScan] a code read while it is open; true when it was meant for the sheet
 * @property {() => void} [onClose]
 */

/** @typedef {{element: HTMLDialogElement, close: () => void, onScan?: (code: string) => boolean}} Sheet */

/** @type {Sheet[]} */
const open = [];
let count = 0;

// An Enter this soon after the one that opened a sheet belongs to the same impatient hand.
const SAME_HAND = 400;
/** When Enter was pressed, if nothing else was since. */
let lastEnter = -Infinity;
if (typeof document !== "undefined") {
  document.addEventListener("keydown", ({ key, timeStamp }) => (lastEnter = key === "Enter" ? timeStamp : -Infinity), true);
  document.addEventListener("pointerdown", () => (lastEnter = -Infinity), true);
}

/** The sheet on top, if one is open. */
export function topSheet() {
  return open.findLast(({ element }) => element.open);
}

/**
 * @param {SheetOptions} options
 * @returns {Sheet}
 */
export function openSheet({ title, closeLabel, body, foot, wide = false, zone = false, name = "", onScan, onClose }) {
  count += 1;
  const heading = `sheet-title-${count}`;
  const element = h("dialog", { class: `sheet${wide ? " sheet--wide" : ""}${zone ? " sheet--zone" : ""}`, "aria-labelledby": heading, "data-sheet": name });
  const close = () => element.close();
  const inside = h("div", { class: "sheet__body" });
  inside.append(...present(body));
  element.append(
    h(
      "header",
      { class: "sheet__head" },
      h("h2", { id: heading }, title),
      h("button", { class: "button button--quiet button--icon", type: "button", "aria-label": closeLabel, onclick: close }, icon("x")),
    ),
    inside,
  );
  const bottom = present(foot ?? []);
  if (bottom.length) {
    const row = h("footer", { class: "sheet__foot" });
    row.append(...bottom);
    element.append(row);
  }
  deafToTheSecondPress(element);
  element.addEventListener("click", (event) => {
    if (event.target === element && outside(element, event)) close();
  });
  // what is missing is said beside its field, in the till's language; the browser's bubble would be in its own
  for (const form of element.querySelectorAll("form")) form.noValidate = true;
  const sheet = { element, close, onScan };
  const scrolling = reachable(inside);
  element.addEventListener("close", () => {
    scrolling.disconnect();
    open.splice(open.indexOf(sheet), 1);
    element.remove();
    onClose?.();
  });
  document.body.append(element);
  open.push(sheet);
  element.showModal();
  const first = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("[data-first]")]);
  first.find((each) => each.checkVisibility())?.focus();
  return sheet;
}

/**
 * The second half of a double click, of a double or a held Enter, whose first half opened the sheet: it was meant for the button
 * that is covered now, and would press whatever lies or has the focus in its place.
 * @param {HTMLDialogElement} element
 */
function deafToTheSecondPress(element) {
  const opener = lastEnter;
  const opened = performance.now();
  let begun = false;
  const begin = () => (begun = true);
  const swallow = (/** @type {Event} */ event) => (event.preventDefault(), event.stopImmediatePropagation());
  const click = (/** @type {MouseEvent} */ event) => (event.detail < 2 || begun ? begin() : swallow(event));
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter") return begin();
    const same = !begun && opened - opener < SAME_HAND && event.timeStamp - opened < SAME_HAND;
    if (same || (event.repeat && !(event.target instanceof HTMLTextAreaElement))) swallow(event);
  };
  // nor does it take the focus along, or choose words
  const down = (/** @type {MouseEvent} */ event) => event.detail > 1 && !begun && event.preventDefault();
  element.addEventListener("mousedown", down, true);
  element.addEventListener("click", click, true);
  element.addEventListener("keydown", key, true);
  element.addEventListener("input", begin, true);
}

/** What scrolls and holds nothing that takes the focus takes it itself, so that the keyboard scrolls it. @param {HTMLElement} inside */
function reachable(inside) {
  const watcher = new ResizeObserver(() => {
    const alone = inside.scrollHeight > inside.clientHeight && !inside.querySelector("a[href], button:not(:disabled), input, select, textarea, summary");
    if (alone) inside.tabIndex = 0;
    else inside.removeAttribute("tabindex");
  });
  for (const each of [inside, ...inside.children]) watcher.observe(each);
  return watcher;
}

/** Close every open sheet. */
export function closeSheets() {
  for (const sheet of [...open].reverse()) sheet.close();
}

/** @param {(Node | string | null | undefined | false)[]} nodes */
function present(nodes) {
  return /** @type {(Node | string)[]} */ (nodes.filter((node) => node !== null && node !== undefined && node !== false));
}

/**
 * @param {HTMLDialogElement} element
 * @param {MouseEvent} event
 */
function outside(element, event) {
  const box = element.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
