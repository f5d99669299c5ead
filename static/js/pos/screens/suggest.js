// Once in a sale, when the first article is in the cart: what else is on promotion (POS-22).

import { fill, h, icon } from "../../lib/dom.js";
import { openSheet, topSheet } from "../../lib/sheet.js";
import { listPrice } from "../deals.js";
import { reduced, suggestions } from "../promotions.js";
import { currency, setting, till } from "../till.js";
import { money, t } from "../words.js";
import { tapped } from "./adding.js";
import { promoText } from "./discount.js";
import { unasked } from "./options.js";

/** @typedef {ReturnType<typeof suggestions>[number]} Suggestion */

const MOST = 30;

/** Watch the cart. A held one that is taken back is no new sale, nor is the one that was open before. */
export function startSuggesting() {
  let told = till.get().lines.length > 0;
  till.watch(["lines"], ({ lines, orders }) => {
    if (!lines.length) told = false;
    else if (!told) {
      told = true;
      if (lines.length === 1 && !orders.length && setting("promotion.suggest", true)) suggest();
    }
  });
}

function suggest() {
  const { catalog, offers, lines, out } = till.get();
  const found = catalog ? suggestions(catalog, offers, lines, out, MOST) : [];
  if (!found.length || topSheet()) return;
  const list = h("ul", { class: "list" });
  fill(list, ...found.map((one) => row(one, () => sheet.close())));
  const sheet = openSheet({
    title: t("promoSuggest"),
    closeLabel: t("close"),
    name: "suggest",
    body: [list],
    foot: [h("button", { class: "button button--primary button--wide button--large", type: "button", "data-first": true, onclick: () => sheet.close() }, t("promoContinue"))],
  });
}

/** What needs no question goes into the cart and leaves the sheet open; for the rest the questions come. @param {Suggestion} one @param {() => void} close */
function row({ variants, promotion }, close) {
  const [first] = variants;
  const now = reduced(first.price, promotion.percent, currency());
  const more = variants.length > 1;
  const add = () => {
    const asks = more || first.decimals > 0 || !unasked(first);
    if (asks) close();
    tapped(variants);
    if (asks) return;
    button.disabled = true;
    fill(button, icon("check"), h("span", { class: "list__main" }, first.name), h("span", {}, t("promoAdded")));
    /** @type {HTMLElement | null} */ (button.closest("dialog")?.querySelector("[data-first]"))?.focus();
  };
  const price = more ? t("from", { price: money(now) }) : money(now);
  const button = h(
    "button",
    { class: "list__item suggestion", type: "button", onclick: add },
    h("span", { class: "promo" }, promoText(promotion.percent)),
    h("span", { class: "list__main" }, h("strong", {}, first.name), h("small", { class: "caption" }, promotion.name)),
    h("span", { class: "suggestion__price" }, h("s", {}, h("span", { class: "visually-hidden" }, `${t("listPriceBare")} `), money(listPrice({ id: "", item: first, quantity: "1" }), true)), h("strong", { class: "amount" }, price)),
    icon("plus"),
  );
  return h("li", {}, button);
}
