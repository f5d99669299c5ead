// The shelf: categories as tabs, products as tiles.

import { h, icon, refill, setClass, setHidden, setText } from "../../lib/dom.js";
import { FAVOURITES } from "../catalog.js";
import { formatQuantity, parsePrice, parseQuantity, sum } from "../money.js";
import { currency, till } from "../till.js";
import { measured, money, t } from "../words.js";
import { reduced } from "../promotions.js";
import { tapped } from "./adding.js";
import { promoText } from "./discount.js";

/** @typedef {import("../catalog.js").Item} Item */

const MOST_TILES = 60;
// The first rows, where what was looked for is; the others follow one task each, so that the next letter does not wait for them.
const FIRST_TILES = 8;

/**
 * Tabs of the top, and under a chosen one those that lie below it.
 * @param {HTMLElement} host
 * @param {HTMLElement} below
 */
export function startChips(host, below) {
  for (const strip of [host, below]) strip.addEventListener("wheel", (event) => sideways(strip, event), { passive: true });
  const chip = (/** @type {string} */ id, /** @type {string} */ name, /** @type {string} */ colour, /** @type {boolean} */ on) =>
    h("button", { class: colour ? `chip hue-${colour}` : "chip chip--plain", type: "button", "aria-pressed": on ? "true" : "false", onclick: () => till.set({ category: id }) }, id === FAVOURITES && icon("star"), name);
  const draw = () => {
    const { catalog, category } = till.get();
    const all = catalog?.categories ?? [];
    const path = pathOf(category, all);
    const top = path[0] ?? "";
    const children = all.filter(({ parent }) => parent && parent === path.at(-1));
    const row = children.length ? children : all.filter(({ parent }) => path.length > 1 && parent === path.at(-2));
    refill(
      host,
      chip("", t("all"), "", category === ""),
      catalog?.favourites && chip(FAVOURITES, t("favourites"), "", category === FAVOURITES),
      ...all.filter(({ parent }) => !all.some(({ id }) => id === parent)).map(({ id, name, colour }) => chip(id, name, colour, id === top)),
    );
    below.hidden = !row.length;
    const above = row[0]?.parent ?? "";
    refill(below, ...(row.length ? [chip(above, t("all"), "", category === above), ...row.map(({ id, name, colour }) => chip(id, name, colour, path.includes(id)))] : []));
  };
  till.watch(["catalog", "category"], draw);
  draw();
}

/** A mouse's wheel turns up and down, the strip lies across. @param {HTMLElement} strip @param {WheelEvent} event */
const sideways = (strip, { deltaX, deltaY }) => deltaX || strip.scrollBy({ left: deltaY });

/**
 * From the top down to a category.
 * @param {string} id
 * @param {import("../catalog.js").Category[]} all
 */
function pathOf(id, all) {
  const path = [];
  for (let at = all.find((category) => category.id === id); at && path.length < all.length; at = all.find((category) => category.id === at?.parent)) path.unshift(at.id);
  return path;
}

/** Tiles are made once and filled anew: the quickest way without a framework. @param {HTMLElement} host */
export function startGrid(host) {
  /** @type {ReturnType<typeof makeTile>[]} */
  const tiles = [];
  const empty = h("p", { class: "empty" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  const draw = () => {
    const { catalog, query, category, offers } = till.get();
    const found = catalog ? catalog.find(query, category, MOST_TILES) : [];
    const put = (/** @type {number} */ from, /** @type {number} */ to) =>
      found.slice(from, to).forEach((variants, place) => {
        const tile = (tiles[from + place] ??= makeTile());
        show(tile, variants, catalog?.colours.get(variants[0].category) ?? "slate", offers.get(variants[0].product));
        if (!tile.button.isConnected) host.append(tile.button);
      });
    const follow = (/** @type {number} */ from) => {
      put(from, from + FIRST_TILES);
      if (found.length > from + FIRST_TILES) later = setTimeout(follow, 0, from + FIRST_TILES);
      else badges();
    };
    clearTimeout(later);
    follow(0);
    removeAll(tiles.slice(found.length).filter(({ button }) => button.isConnected));
    empty.textContent = catalog?.size ? t(query ? "noHit" : "emptyCategory", { query }) : t("emptyCatalog");
    if (found.length) empty.remove();
    else host.append(empty);
    badges();
  };
  const badges = () => {
    const { lines } = till.get();
    const inCart = new Set(lines.map((line) => line.item.product));
    for (const { button, badge, variants } of tiles) {
      const { product } = variants[0];
      if (button.isConnected) setText(badge, inCart.has(product) ? countOf(lines.filter((line) => line.item.product === product)) : "");
    }
  };
  till.watch(["catalog", "query", "category", "offers"], draw);
  till.watch(["lines"], badges);
  draw();
}

/** Tiles that stand beside each other go at once. @param {ReturnType<typeof makeTile>[]} tiles */
function removeAll(tiles) {
  if (!tiles.length) return;
  const range = document.createRange();
  range.setStartBefore(tiles[0].button);
  range.setEndAfter(tiles[tiles.length - 1].button);
  range.deleteContents();
}

function makeTile() {
  const edge = h("span", {});
  const picture = /** @type {HTMLImageElement} */ (h("img", { class: "tile__picture", alt: "", loading: "lazy", decoding: "async", hidden: true }));
  const name = h("span", { class: "tile__name" });
  const promo = h("span", { class: "tile__promo promo", hidden: true });
  const before = h("s", { class: "tile__before amount", hidden: true });
  const price = h("span", { class: "tile__price amount" });
  const badge = h("span", { class: "tile__badge" });
  const face = h("span", { class: "tile__face" }, edge, picture, name, promo, h("span", { class: "tile__prices" }, before, price), badge);
  const made = { button: h("button", { class: "tile", type: "button", onclick: () => tapped(made.variants) }, h("span", { class: "tile__box" }, face)), edge, picture, name, promo, before, price, badge, variants: /** @type {Item[]} */ ([]) };
  picture.addEventListener("error", () => (picture.hidden = true));
  return made;
}

/** @param {ReturnType<typeof makeTile>} tile @param {Item[]} variants @param {string} colour @param {import("../promotions.js").Promotion} [offer] */
function show(tile, variants, colour, offer) {
  const [first] = variants;
  tile.variants = variants;
  setText(tile.name, first.name);
  setText(tile.price, priceText(variants, offer));
  for (const element of [tile.promo, tile.before]) setHidden(element, !offer);
  setText(tile.promo, offer ? promoText(offer.percent) : "");
  setText(tile.before, offer ? money(lowest(variants), true) : "");
  setClass(tile.edge, `tile__edge hue-${colour}`);
  setClass(tile.button, `tile${first.picture ? " tile--pictured" : ""}${offer ? " tile--promo" : ""}`);
  const address = first.picture ? `/media/${first.picture}-small.webp` : "";
  if (tile.picture.getAttribute("src") === (address || null)) return;
  tile.picture.hidden = !address;
  if (address) tile.picture.src = address;
  else tile.picture.removeAttribute("src");
}

/** The list price of the cheapest. @param {Item[]} variants */
const lowest = (variants) => variants.map((item) => item.price).reduce((least, price) => (parsePrice(price) < parsePrice(least) ? price : least));

/** One price; «from» where variants cost differently; per unit where it is weighed. @param {Item[]} variants @param {import("../promotions.js").Promotion} [offer] */
function priceText(variants, offer) {
  const [first] = variants;
  const least = offer ? reduced(lowest(variants), offer.percent, currency()) : lowest(variants);
  const text = variants.some((item) => item.price !== first.price) ? t("from", { price: money(least) }) : money(least);
  return first.decimals && first.unit !== "piece" ? `${text}/${first.unit}` : text;
}

/** @param {import("../cart.js").CartLine[]} lines */
function countOf(lines) {
  return measured(formatQuantity(sum(lines.map((line) => parseQuantity(line.quantity)))), lines[0].item);
}
