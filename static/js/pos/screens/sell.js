// The selling screen: catalogue left, ticket right; nothing between a tap and its line.

import { copy, fill, h, need, setText } from "../../lib/dom.js";
import { openSheet, topSheet } from "../../lib/sheet.js";
import { startKeeping } from "../keeping.js";
import { startOffers } from "../offers.js";
import { startFitting } from "../open-cart.js";
import { startPrinting } from "../printing.js";
import { listenForScans } from "../scan.js";
import { setting, till } from "../till.js";
import { languageNow, t } from "../words.js";
import { scanned, tapped } from "./adding.js";
import { startBack } from "./back.js";
import { startBell } from "./bell.js";
import { openCamera } from "./camera.js";
import { openCustomers } from "./customer.js";
import { tellLowered } from "./deal.js";
import { discardHeld, holdKey, mayHold, openChanges, openHold, startHeld } from "./held.js";
import { openKeys, startKeys } from "./keys.js";
import { watchLinks } from "./links.js";
import { openPayment } from "./pay.js";
import "./points.js";
import { openReceipts } from "./receipts.js";
import { startRequests } from "./requests.js";
import { startChips, startGrid } from "./shelf.js";
import { openMore, startStatus, whereabouts } from "./status.js";
import { startSuggesting } from "./suggest.js";
import { dealKey, moveSelected, removeSelected, startTicket, stepSelected } from "./ticket.js";

/** @type {{element: HTMLElement, language: string} | undefined} */
let built;

/**
 * Built once: it keeps its place while somebody else's PIN is asked for.
 * @param {HTMLElement} host
 * @param {{lock: () => void, afterShift: () => void, endPreview: () => void}} ways
 */
export function sellScreen(host, ways) {
  if (built && built.language !== languageNow()) location.reload();
  const first = !built;
  built ??= { element: copy("till-sell"), language: languageNow() };
  fill(host, built.element);
  fill(need("#who", host), ...whereabouts());
  if (first) startSelling(built.element, ways);
}

/** @param {HTMLElement} host @param {{lock: () => void, afterShift: () => void, endPreview: () => void}} ways */
function startSelling(host, ways) {
  for (const element of host.querySelectorAll("[data-text]")) setText(element, t(/** @type {any} */ (element.getAttribute("data-text"))));
  const search = /** @type {HTMLInputElement} */ (need("#search", host));
  search.placeholder = t("search");
  search.setAttribute("aria-label", t("search"));
  const pay = () => void (till.get().lines.length && !till.get().preview && void openPayment());
  void startPrinting();
  startOffers();
  startFitting(tellLowered);
  startTicket(host, { pay, clear: clearCart });
  startHeld(need("#hold", host), need("#nav-held", host));
  void startKeeping().then((changes) => (startSuggesting(), changes.length && openChanges(changes)));
  startBack(() => closeTicket(host));
  startStatus(host);
  startBell(host);
  startChips(need("#chips", host), need("#subchips", host));
  startGrid(need("#grid", host));
  search.addEventListener("input", () => till.set({ query: search.value }));
  till.watch(["query"], ({ query }) => query !== search.value && (search.value = query));
  search.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), looked(search)));
  listenForScans(scanned, search);
  const camera = need("#camera", host);
  camera.setAttribute("aria-label", t("cameraScan"));
  camera.addEventListener("click", () => void openCamera());
  need("#nav-receipts", host).addEventListener("click", () => void openReceipts("history"));
  const refund = need("#nav-refund", host);
  const allowed = () => {
    const { training, preview } = till.get();
    need("#training", host).hidden = !training;
    need("#preview", host).hidden = !preview;
    const may = (/** @type {string} */ code) => till.get().person?.codes.includes(code) ?? false;
    need("#nav-receipts", host).hidden = preview || !may("receipt.history");
    refund.hidden = training || preview || !setting("module.refunds", true) || !may("refund.make");
  };
  till.watch(["person", "place", "training", "preview"], allowed);
  allowed();
  startRequests();
  watchLinks(need("#nav-more", host));
  refund.addEventListener("click", () => void openReceipts("refund"));
  need("#nav-more", host).addEventListener("click", () => openMore(ways));
  startKeys({
    host,
    search,
    acts: { F2: clearCart, F3: () => search.select(), F4: pay, F6: openCustomers, F8: holdKey },
    characters: { "%": () => dealKey("%"), "=": () => dealKey("="), "+": () => stepSelected(1), "-": () => stepSelected(-1), "?": openKeys },
    line: { Delete: removeSelected, ArrowUp: () => moveSelected(-1), ArrowDown: () => moveSelected(1) },
  });
}

/** On a phone, where it lies over the shelf; whether it did. @param {HTMLElement} host */
function closeTicket(host) {
  const open = host.querySelector(".ticket--open");
  open?.classList.remove("ticket--open");
  return Boolean(open);
}

/**
 * What was typed is a code; one that nobody knows stays, selected for the next try (POS-03). Words that find something are no code:
 * the only product is taken, among several the keyboard goes on to the first.
 * @param {HTMLInputElement} search
 */
function looked(search) {
  const typed = search.value.trim();
  if (!typed) return;
  const { catalog, category } = till.get();
  const found = /\p{L}/u.test(typed) && !catalog?.byCode(typed) ? (catalog?.find(typed, category, 2) ?? []) : [];
  if (found.length > 1) return /** @type {HTMLElement | null} */ (document.querySelector(".grid > .tile"))?.focus();
  if (found.length) tapped(found[0]);
  else if (!scanned(typed)) return topSheet()?.element.addEventListener("close", () => search.select());
  till.set({ query: "" });
}

/** Ask before the cart goes; who wants it later holds it instead. */
function clearCart() {
  const { lines, orders } = till.get();
  if (!lines.length) return till.set({ customer: null, exchange: null });
  const clear = async () => {
    sheet.close();
    await discardHeld();
    till.set({ lines: [], customer: null, exchange: null, query: "" });
  };
  const instead = () => (sheet.close(), openHold());
  const sheet = openSheet({
    title: t("clearCart"),
    closeLabel: t("close"),
    name: "clear",
    body: [h("p", {}, t(orders.length ? "clearHeldHelp" : "clearCartHelp"))],
    foot: [
      h("button", { class: "button", type: "button", "data-first": true, onclick: () => sheet.close() }, t("cancel")),
      mayHold() && h("button", { class: "button", type: "button", onclick: instead }, t("hold")),
      h("button", { class: "button button--danger-fill", type: "button", onclick: () => void clear() }, t("clear")),
    ],
  });
}
