// What is agreed about a line or the whole cart: price, discount, gratis, note. Where a right or a limit says no, a manager is asked.

import { h, icon } from "../../lib/dom.js";
import { uuid7 } from "../../lib/ids.js";
import { openSheet, topSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { nameOf } from "../cart.js";
import { agreed, givenAway, listPrice, usualPrice } from "../deals.js";
import { PricingError, padded, parsePrice } from "../money.js";
import { allowed, openCart } from "../open-cart.js";
import { currency, till } from "../till.js";
import { measured, money, plainNumber, quantityText, t } from "../words.js";
import { askApproval } from "./approve.js";
import { discountEntry, discountText } from "./discount.js";
import { field } from "./gate.js";
import { keypad, offer, ownKeypad } from "./keypad.js";

/** @typedef {import("../cart.js").CartLine} CartLine */
/** @typedef {"discount" | "price" | "note"} Part */

const LONGEST_NOTE = "200";

/** Beside the fields there is a keypad where there is room; a phone shows its own. */
const roomy = () => matchMedia("(min-width: 700px)").matches;
/** Where no keyboard jumps up, the field keeps the turn: Enter applies. */
const fine = () => matchMedia("(pointer: fine)").matches;
const mode = () => (roomy() ? ownKeypad() : "decimal");

/**
 * Try a cart and take it, with a manager's yes where it needs one. False where it stays as it was; `say` heard why.
 * @param {import("../deals.js").Cart} cart
 * @param {(text: string) => void} say
 */
async function take(cart, say) {
  try {
    const taken = await allowed(cart, askApproval);
    if (!taken) return false;
    till.set({ lines: taken.lines, deal: taken.deal });
    return true;
  } catch (error) {
    if (!(error instanceof PricingError)) throw error;
    say(refusal(error));
    return false;
  }
}

/** @param {PricingError} error */
function refusal({ code, params }) {
  if (params.allowed) return t("discountTooMuch", { most: money(params.allowed) });
  if (code === "promotion_needs_customer") return t("discountPromotion");
  if (code === "no_eligible_lines") return till.get().lines.some(({ promotion, gratis }) => promotion && !gratis) ? t("discountPromotionOnly") : t("discountNothing");
  return t("discountBad");
}

/** The sheet of one line. @param {CartLine} line @param {{quantity: () => void, first?: Part}} ways */
export function openDeal(line, { quantity, first = "discount" }) {
  if (topSheet()) return;
  new LineDeal(line, quantity).open(first);
}

/** What is agreed about one line, from its sheet to the cart. */
class LineDeal {
  busy = false;

  /** @param {CartLine} line @param {() => void} quantity */
  constructor(line, quantity) {
    this.line = line;
    this.list = listPrice(line);
    this.usual = usualPrice(line, currency());
    this.discount = discountEntry(line.discount ?? null, { inputmode: mode(), pressed: () => fine() && this.discount.input.focus() });
    this.price = field(t("unitPrice"), { id: "unit-price", inputmode: mode(), autocomplete: "off", class: "input input--number", "aria-describedby": "unit-price-help unit-price-error" });
    this.price.element.append(h("p", { class: "field__help", id: "unit-price-help" }, t("listPrice", { price: money(this.list) })));
    this.note = field(t("note"), { id: "note", class: "input", autocomplete: "off", maxlength: LONGEST_NOTE, value: line.note ?? "", placeholder: t("noteHelp"), enterkeyhint: "done" });
    this.free = h("input", { type: "checkbox", role: "switch", id: "gratis", checked: Boolean(line.gratis) });
    this.error = h("p", { class: "field__error", role: "alert" });
    this.quantity = h("button", { class: "button button--wide deal__quantity", type: "button", onclick: () => (this.sheet?.close(), quantity()) }, h("span", {}, t("quantity")), h("strong", {}, measured(line.quantity, line.item)), icon("chevron-right"));
    this.turn = this.discount.input;
    this.free.addEventListener("change", () => this.draw());
    for (const { input } of [this.discount, this.price]) input.addEventListener("focus", () => (this.turn = input));
    this.price.input.addEventListener("keydown", () => delete this.price.input.dataset.fresh);
    offer(this.price.input, quantityText(padded(line.override ?? this.usual, currency().digits)));
  }

  /** @param {Part} first */
  open(first) {
    const free = h("label", { class: "switch" }, h("span", {}, h("span", { class: "field__label" }, t("gratis")), h("span", { class: "field__help" }, t("gratisHelp"))), this.free);
    const fields = h("div", { class: "deal__fields" }, !this.line.gratis && !this.line.label && this.quantity, this.discount.element, free, !this.line.label && this.price.element, this.note.element, this.error);
    const pad = roomy() && keypad(() => this.turn, true);
    const form = h("form", { class: "deal", id: "deal-form", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void this.apply()) }, fields, pad);
    this.sheet = openSheet({
      title: nameOf(this.line),
      closeLabel: t("close"),
      name: "deal",
      wide: true,
      body: [form],
      foot: [h("button", { class: "button button--primary button--wide button--large", type: "submit", form: "deal-form" }, t("apply"))],
    });
    this.draw();
    const input = { discount: this.discount.input, price: this.price.input, note: this.note.input }[first];
    (input.disabled ? this.note.input : input).focus();
    if (input !== this.note.input) input.select();
  }

  /** What is gratis has no price and no discount. */
  draw() {
    this.discount.element.hidden = this.price.element.hidden = this.free.checked;
  }

  async apply() {
    if (this.busy) return;
    const next = this.next();
    if (!next) return;
    this.busy = true;
    try {
      this.error.textContent = "";
      if (await take({ ...openCart(), lines: next }, (text) => this.say(text))) this.sheet?.close();
    } finally {
      this.busy = false;
    }
  }

  /** @param {string} text */
  say(text) {
    if (this.free.checked) this.error.textContent = text;
    else this.discount.say(text);
  }

  /** The lines as they would be; null where a field holds what cannot be (and says so). */
  next() {
    const { line } = this;
    const { lines } = till.get();
    const note = this.note.input.value.trim();
    if (this.free.checked) {
      const noted = agreed(lines, line.id, { note });
      const given = line.gratis ? noted : givenAway(noted, line.id, uuid7());
      if (!given) this.error.textContent = t("gratisOnce");
      return given;
    }
    const discount = this.discount.read();
    const override = line.label ? "" : this.unit();
    if (discount === undefined || override === null) return null;
    return agreed(lines, line.id, { note, gratis: false, discount: discount ?? undefined, override });
  }

  /** The price in place of the usual one, "" for that itself, null for none at all. */
  unit() {
    const typed = this.price.input.value.trim();
    if (!typed) return "";
    const price = plainNumber(typed, 4);
    if (price === null) return this.price.say(t("priceBad")), null;
    return parsePrice(price) === parsePrice(this.usual) ? "" : price;
  }
}

/** The cart's own discount. */
export function openDiscount() {
  const { deal } = till.get();
  if (topSheet() || !till.get().lines.length) return;
  let busy = false;
  const put = async (/** @type {import("../deals.js").DiscountText | null} */ discount) => {
    if (busy) return;
    busy = true;
    const cart = openCart();
    if (await take({ ...cart, deal: { ...cart.deal, discount } }, entry.say).finally(() => (busy = false))) sheet.close();
  };
  const apply = () => {
    const discount = entry.read();
    if (discount !== undefined) void put(discount);
  };
  const entry = discountEntry(deal.discount, { inputmode: mode(), pressed: apply });
  const form = h("form", { class: "deal", id: "discount-form", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), apply()) }, h("div", { class: "deal__fields" }, entry.element), roomy() && keypad(() => entry.input, true));
  const remove = deal.discount && h("button", { class: "button button--danger button--large", type: "button", onclick: () => void put(null) }, t("discountRemove"));
  const sheet = openSheet({
    title: t("discountCart"),
    closeLabel: t("close"),
    name: "discount",
    wide: true,
    body: [form],
    foot: [remove, h("button", { class: "button button--primary button--large", type: "submit", form: "discount-form" }, t("apply"))],
  });
  entry.input.focus();
  entry.input.select();
}

/** Take the cart's discount off. Who may have less needs nobody. */
export const removeDiscount = () => till.set({ deal: { ...till.get().deal, discount: null } });

/** What gave way after the cart changed. @param {import("../deals.js").Lowered[]} lowered */
export function tellLowered(lowered) {
  const said = lowered.map(({ line, discount }) => {
    const what = line ? nameOf(line) : t("ticket");
    return discount ? t("discountLowered", { what, discount: discountText(discount) }) : t("discountGone", { what });
  });
  toast(said.join(" "), { closeLabel: t("close") });
}
