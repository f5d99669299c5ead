// Behaviours of the Backoffice: each is found by `data-behaviour`, started once per element, also after htmx put it there.

import "../lib/htmx-setup.js";
import "./focus.js";
import { start as card } from "./card.js";
import { start as barcode } from "./barcode.js";
import { start as changes } from "./changes.js";
import { start as copy } from "./copy.js";
import { start as country } from "./country.js";
import { start as draft } from "./draft.js";
import { start as echo } from "./echo.js";
import { start as finder } from "./finder.js";
import { start as letter } from "./letter.js";
import { start as lines } from "./lines.js";
import { start as listing } from "./listing.js";
import { start as live } from "./live.js";
import { start as looks } from "./looks.js";
import { start as menu } from "./menu.js";
import { start as narrow } from "./narrow.js";
import { start as news } from "./news.js";
import { start as officePin } from "./office-pin.js";
import { start as own } from "./own.js";
import { start as reveal } from "./reveal.js";
import { start as rows } from "./rows.js";
import { start as suggest } from "./suggest.js";
import { start as picture } from "./picture.js";
import { start as preview } from "./preview.js";
import { start as spy } from "./spy.js";
import { start as tabs } from "./tabs.js";
import { start as toasts } from "./toasts.js";
import { start as upload } from "./upload.js";

// Dragging is loaded by the pages that drag.
const tree = (/** @type {HTMLElement} */ element) => void import("./tree.js").then(({ start }) => start(element));

/** @type {Record<string, (element: HTMLElement) => void>} */
const BEHAVIOURS = { "office-pin": officePin, barcode, card, changes, copy, country, draft, echo, finder, letter, lines, listing, live, looks, menu, narrow, news, own, picture, preview, reveal, rows, spy, suggest, tabs, toasts, tree, upload };
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
for (const event of ["htmx:after:swap", "rows:added"]) document.addEventListener(event, () => startAll(document));
