// The fields of a payment: what was handed over, the parts of a mixed one, quick amounts. What nobody typed fills itself.

import { fill, h, icon } from "../../lib/dom.js";
import { quickCash } from "../cart.js";
import { padded, parsePrice } from "../money.js";
import { MOST_CARDS, cashFor, suggested } from "../paying.js";
import { money, plainNumber, quantityText, t } from "../words.js";
import { field } from "./gate.js";
import { offer, ownKeypad } from "./keypad.js";

/** @typedef {import("../paying.js").Way} Way */
/** @typedef {import("../paying.js").Terms} Terms */
/** @typedef {ReturnType<typeof field>} Field */

/** The fields, and what they say. */
export class Tenders {
  /** @type {Way} */
  way = "cash";

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    this.received = this.field("received", t("given"), true);
    this.cash = this.field("cash-part", t("cashPart"));
    /** @type {Field[]} */
    this.cards = [];
    this.cardRows = h("div", { class: "pay__cards" });
    this.another = h("button", { class: "button button--small", type: "button", onclick: () => (this.addCard(), this.last.input.focus()) }, icon("plus"), t("anotherCard"));
    this.quick = h("div", { class: "pay__quick" });
    this.turn = this.received.input;
    this.element = h("div", { class: "pay__left" }, this.cardRows, this.cash.element, this.received.element, this.quick);
    this.addCard();
  }

  /** The card field that was added last. */
  get last() {
    return this.cards[this.cards.length - 1];
  }

  /** @param {string} id @param {string} label @param {boolean} [first] */
  field(id, label, first = false) {
    const made = field(label, { id, inputmode: ownKeypad(), autocomplete: "off", class: "input input--large input--money", "data-first": first });
    made.input.addEventListener("focus", () => ((this.turn = made.input), made.input.select()));
    made.input.addEventListener("input", () => (delete made.input.dataset.own, this.changed()));
    made.input.addEventListener("keydown", () => delete made.input.dataset.fresh);
    return made;
  }

  addCard() {
    if (this.cards.length === MOST_CARDS) return;
    this.cards.push(this.field(this.cards.length ? `card-part-${this.cards.length + 1}` : "card-part", t("cardPart")));
    fill(this.cardRows, ...this.cards.map(({ element }) => element), this.another);
    this.another.hidden = this.cards.length === MOST_CARDS;
    this.changed();
  }

  /** What was typed; what filled itself is nobody's. @param {number} digits @returns {import("../paying.js").Typed} */
  typed(digits) {
    const read = (/** @type {Field} */ { input }) => (input.dataset.own || !input.value.trim() ? null : plainNumber(input.value, digits));
    return { received: read(this.received), cash: read(this.cash), cards: this.cards.map(read) };
  }

  /** What was typed, and what the rest comes to. @param {Terms} terms @returns {import("../paying.js").Typed} */
  complete(terms) {
    const typed = this.typed(terms.digits);
    if (this.way !== "mixed") return typed;
    // The rest is cash's, unless somebody said how much of it there is.
    const which = typed.cash === null ? "cash" : typed.cards.lastIndexOf(null);
    if (which === -1) return typed;
    const rest = suggested(typed, terms, which);
    show(which === "cash" ? this.cash.input : this.cards[which].input, quantityText(rest));
    if (which === "cash" || !rest) return typed;
    return { ...typed, cards: typed.cards.map((part, place) => (place === which ? rest : part)) };
  }

  /** A number that cannot be read, so that nobody pays by it. @param {number} digits */
  unreadable(digits) {
    const shown = this.way === "cash" ? [this.received] : this.way === "mixed" ? [...this.cards, this.cash, this.received] : [];
    return shown.some(({ input }) => !input.dataset.own && input.value.trim() && plainNumber(input.value, digits) === null);
  }

  /** @param {Terms} terms @param {string} part the exact part of cash */
  draw(terms, part) {
    const mixed = this.way === "mixed";
    this.element.classList.toggle("pay__left--mixed", mixed);
    this.cardRows.hidden = this.cash.element.hidden = !mixed;
    this.received.element.hidden = this.quick.hidden = this.way === "card" || this.way === "online";
    const due = cashFor(part, terms);
    this.received.input.placeholder = money(due, true);
    if (this.quick.dataset.due === due) return;
    this.quick.dataset.due = due;
    fill(this.quick, ...this.offers(due, terms.digits));
  }

  /** Exact, and the next notes. @param {string} due @param {number} digits */
  offers(due, digits) {
    return quickCash(due, parsePrice(due)).map((amount, index) => {
      const act = () => {
        offer(this.received.input, quantityText(padded(amount, digits)));
        this.received.input.focus(); // so that Enter completes, and the next digit begins anew
      };
      return h("button", { class: "button", type: "button", "aria-label": index ? money(amount) : null, onclick: act }, index ? note(amount, digits) : t("payExact"));
    });
  }

  /** Where somebody begins to type. @param {HTMLElement} done */
  begin(done) {
    this.turn = this.way === "mixed" ? this.cards[0].input : this.received.input;
    (this.way === "card" || this.way === "online" ? done : this.turn).focus();
  }
}

/** Whole, as it stands on the note. @param {string} amount @param {number} digits */
const note = (amount, digits) => (digits ? money(amount, true).slice(0, -1 - digits) : money(amount, true));

/** A part that fills itself: the next key replaces it. @param {HTMLInputElement} input @param {string} text */
function show(input, text) {
  input.value = text;
  input.dataset.own = input.dataset.fresh = "yes";
}
