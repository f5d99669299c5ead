// Behaviours of the Backoffice: each is found by `data-behaviour`, started once per element, also after htmx put it there.

import "../lib/htmx-setup.js";
import { start as changes } from "./changes.js";
import { start as copy } from "./copy.js";
import { start as news } from "./news.js";
import { start as rows } from "./rows.js";
import { start as toasts } from "./toasts.js";

/** @type {Record<string, (element: HTMLElement) => void>} */
const BEHAVIOURS = { changes, copy, news, rows, toasts };
/** @type {WeakSet<Element>} */
const started = new WeakSet();

/** @param {ParentNode} root */
function startAll(root) {
  for (const element of root.querySelectorAll("[data-behaviour]")) {
    if (started.has(element) || !(element instanceof HTMLElement)) continue;
    started.add(element);
    BEHAVIOURS[element.dataset.behaviour ?? ""]?.(element);
  }
}

startAll(document);
document.addEventListener("htmx:after:swap", () => startAll(document));
