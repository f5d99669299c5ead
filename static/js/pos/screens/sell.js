// The selling screen: catalogue left, ticket right; nothing between a tap and its line.

import { copy, fill, h, need, setText } from "../../lib/dom.js";
import { uuid7 } from "../../lib/ids.js";
import { announce } from "../../lib/live.js";
import { closeSheets, openSheet } from "../../lib/sheet.js";
import { bad, good } from "../../lib/sound.js";
import { addItem } from "../cart.js";
import { listenForScans } from "../scan.js";
import { till } from "../till.js";
import { languageNow, money, t } from "../words.js";
import { openPayment } from "./pay.js";
import { openReceipts } from "./receipts.js";
import { openMore, startStatus } from "./status.js";
import { startTicket } from "./ticket.js";

/** @typedef {import("../catalog.js").Item} Item */

const MOST_TILES = 60;

/** @type {{element: HTMLElement, language: string} | undefined} */
let built;

/**
 * Built once: it keeps its place while somebody else's PIN is asked for.
 * @param {HTMLElement} host
 * @param {{lock: () => void, afterShift: () => void}} ways
 */
export function sellScreen(host, ways) {
  if (built && built.language !== languageNow()) location.reload();
  const first = !built;
  built ??= { element: copy("till-sell"), language: languageNow() };
  fill(host, built.element);
  setText(need("#who", host), `${till.get().person?.name ?? ""} · ${till.get().place.terminal.name}`);
  if (first) startSelling(host, ways);
}

/** @param {HTMLElement} host @param {{lock: () => void, afterShift: () => void}} ways */
function startSelling(host, ways) {
  for (const element of host.querySelectorAll("[data-text]")) setText(element, t(/** @type {any} */ (element.getAttribute("data-text"))));
  const search = /** @type {HTMLInputElement} */ (need("#search", host));
  search.placeholder = t("search");
  search.setAttribute("aria-label", t("search"));
  const pay = () => void (till.get().lines.length && openPayment());
  startTicket(host, pay);
  startStatus(host);
  startChips(need("#chips", host));
  startGrid(need("#grid", host));
  search.addEventListener("input", () => till.set({ query: search.value }));
  search.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), scanned(search.value), (search.value = ""), till.set({ query: "" })));
  listenForScans(scanned, search);
  need("#nav-receipts", host).addEventListener("click", () => void openReceipts("reprint"));
  need("#nav-refund", host).addEventListener("click", () => void openReceipts("refund"));
  need("#nav-more", host).addEventListener("click", () => openMore(ways));
  startKeys(search, pay);
}

/** @param {HTMLInputElement} search @param {() => void} pay */
function startKeys(search, pay) {
  document.addEventListener("keydown", (event) => {
    if (!search.isConnected) return;
    if (event.key === "F3") search.focus();
    else if (event.key === "F4") pay();
    else if (event.key === "F2") clearCart();
    else return;
    event.preventDefault();
  });
}

/** Ask before the cart goes. */
export function clearCart() {
  if (!till.get().lines.length) return;
  const sheet = openSheet({
    title: t("clearCart"),
    closeLabel: t("close"),
    name: "clear",
    body: [h("p", {}, t("clearCartHelp"))],
    foot: [
      h("button", { class: "button", type: "button", "data-first": true, onclick: () => sheet.close() }, t("cancel")),
      h("button", { class: "button button--danger-fill", type: "button", onclick: () => (till.set({ lines: [] }), sheet.close()) }, t("clear")),
    ],
  });
}

/** A code from a scanner or typed into the search. @param {string} code */
function scanned(code) {
  if (!code.trim()) return;
  closeSheets();
  const item = till.get().catalog?.byCode(code);
  if (item) {
    good();
    add(item);
    return;
  }
  bad();
  openSheet({ title: t("unknownCode"), closeLabel: t("close"), name: "unknown", body: [h("p", {}, t("unknownCodeHelp", { code }))] });
}

/** @param {Item} item */
function add(item) {
  till.set({ lines: addItem(till.get().lines, item, uuid7()) });
  announce(`${item.name} ${money(item.price)}`);
}

/** One tap on a product: its only variant at once, or the choice. @param {Item[]} variants */
function tapped(variants) {
  if (variants.length === 1) return add(variants[0]);
  const sheet = openSheet({
    title: variants[0].name,
    closeLabel: t("close"),
    name: "variants",
    body: variants.map((item) =>
      h("button", { class: "button button--large button--wide", type: "button", onclick: () => (sheet.close(), add(item)) }, `${item.variant || item.name} · ${money(item.price)}`),
    ),
  });
}

/** @param {HTMLElement} host */
function startChips(host) {
  const draw = () => {
    const { catalog, category } = till.get();
    const all = { id: "", name: t("all") };
    fill(
      host,
      ...[all, ...(catalog?.categories ?? [])].map(({ id, name }) =>
        h("button", { class: "chip", type: "button", "aria-pressed": id === category ? "true" : "false", onclick: () => till.set({ category: id }) }, name),
      ),
    );
  };
  till.watch(["catalog", "category"], draw);
  draw();
}

/** Tiles are made once and filled anew: the quickest way without a framework. @param {HTMLElement} host */
function startGrid(host) {
  /** @type {{button: HTMLButtonElement, name: Element, price: Element, badge: Element, variants: Item[]}[]} */
  const tiles = [];
  const empty = h("p", { class: "empty" });
  const tile = (/** @type {number} */ index) => {
    if (tiles[index]) return tiles[index];
    const name = h("span", { class: "tile__name" });
    const price = h("span", { class: "tile__price amount" });
    const badge = h("span", { class: "tile__badge" });
    const made = { button: h("button", { class: "tile", type: "button", onclick: () => tapped(made.variants) }, name, price, badge), name, price, badge, variants: /** @type {Item[]} */ ([]) };
    tiles.push(made);
    return made;
  };
  const draw = () => {
    const { catalog, query, category } = till.get();
    const found = catalog ? catalog.find(query, category, MOST_TILES) : [];
    found.forEach((variants, index) => {
      const { button, name, price, ...rest } = tile(index);
      tiles[index].variants = variants;
      setText(name, variants[0].name);
      setText(price, money(variants[0].price));
      button.className = `tile hue-${catalog?.colours.get(variants[0].category) ?? "slate"}`;
      if (!button.isConnected) host.append(button);
      setText(rest.badge, "");
    });
    for (const { button } of tiles.slice(found.length)) button.remove();
    empty.textContent = catalog?.items.size ? t("noHit", { query }) : t("emptyCatalog");
    if (found.length) empty.remove();
    else host.append(empty);
    badges();
  };
  const badges = () => {
    /** @type {Map<string, string>} */
    const counts = new Map();
    for (const line of till.get().lines) counts.set(line.item.product, line.quantity);
    for (const { button, badge, variants } of tiles) {
      if (button.isConnected) setText(badge, counts.get(variants[0].product) ?? "");
    }
  };
  till.watch(["catalog", "query", "category"], draw);
  till.watch(["lines"], badges);
  draw();
}

