// A tree that is put in order by dragging, or by the buttons of its rows; the server answers with the tree as it is then.

import { announce } from "../lib/live.js";

// A whole library without types: named so that the type checker does not read it.
const SORTABLE = new URL("../../vendor/sortable.js", import.meta.url).href;

/** @typedef {{ajax: (method: string, url: string, options: object) => Promise<void>}} Htmx */

/** @param {HTMLElement} host */
export async function start(host) {
  moving(host);
  const { default: Sortable } = await import(SORTABLE);
  for (const level of host.querySelectorAll("[data-level]")) {
    new Sortable(level, { group: "categories", handle: "[data-grip]", animation: 0, fallbackOnBody: true, swapThreshold: 0.6, emptyInsertThreshold: 8, ghostClass: "tree__item--ghost", onEnd: (/** @type {{to: HTMLElement}} */ event) => send(host, event.to) });
  }
}

/** @param {HTMLElement} host */
function moving(host) {
  host.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-move]") : null;
    const item = button?.closest("[data-category]");
    if (!(button instanceof HTMLElement) || !item?.parentElement) return;
    const other = button.dataset.move === "up" ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (button.dataset.move === "up") other.before(item);
    else other.after(item);
    void send(host, item.parentElement, { item: item.getAttribute("data-category") ?? "", move: button.dataset.move ?? "" });
  });
}

/**
 * @param {HTMLElement} host
 * @param {HTMLElement} level
 * @param {{item: string, move: string} | null} [moved] where the focus goes back to
 */
async function send(host, level, moved = null) {
  const order = [...level.children].map((item) => item.getAttribute("data-category") ?? "");
  const { htmx } = /** @type {{htmx?: Htmx}} */ (/** @type {unknown} */ (globalThis));
  await htmx?.ajax("POST", host.dataset.address ?? "", { target: "#categories", swap: "outerHTML", values: { parent: level.dataset.parent ?? "", categories: order.join(" ") } });
  if (!moved) return;
  const row = document.querySelector(`[data-category="${moved.item}"]`);
  const same = row?.querySelector(`:scope > .tree__row [data-move="${moved.move}"]:not(:disabled)`) ?? row?.querySelector(":scope > .tree__row [data-move]:not(:disabled)");
  if (same instanceof HTMLElement) same.focus();
  const name = row?.querySelector(".tree__name")?.textContent ?? "";
  announce(`${name}: ${order.indexOf(moved.item) + 1} / ${order.length}`);
}
