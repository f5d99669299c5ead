// Payment: cash, card or both; the sale is stored before anything says "paid". The ticket stays where it was.

import { fill, h, icon, isField, refill } from "../../lib/dom.js";
import { openSheet, topSheet } from "../../lib/sheet.js";
import { today } from "../day.js";
import { cartOf, costOf } from "../deals.js";
import { exchangeQuote, exchangeRefund } from "../giveback.js";
import { noteError } from "../heartbeat.js";
import { PricingError, formatPrice, padded, parsePrice } from "../money.js";
import { allowed, frame, openCart } from "../open-cart.js";
import { settle } from "../operations.js";
import { WAYS, roundingOf, tendersOf } from "../paying.js";
import { price } from "../pricing/engine.js";
import { currency, setting, till } from "../till.js";
import { money, t } from "../words.js";
import { askApproval } from "./approve.js";
import { givenBack } from "./given.js";
import { keypad } from "./keypad.js";
import { openPaid } from "./paid.js";
import { invoicePart } from "./pay-invoice.js";
import { mailPart } from "./pay-mail.js";
import { Online, offersOnline, sayWhy, sendLink } from "./pay-online.js";
import { declarePart, partsOf, pricedBy, saidBy } from "./pay-parts.js";
import { Tenders } from "./pay-tenders.js";

/** @typedef {import("../paying.js").Way} Way */

const ICONS = /** @type {Record<Way, string>} */ ({ cash: "banknote", card: "credit-card", mixed: "split", online: "link" });

declarePart(invoicePart);
declarePart(mailPart);

let asking = false;

/** Open the payment of the cart. What somebody else agreed on, who had the right, takes a manager's yes again. */
export async function openPayment() {
  const { lines, catalog } = till.get();
  if (!lines.length || !catalog || asking || topSheet()) return;
  asking = true;
  const cart = await allowed(openCart(), askApproval).finally(() => (asking = false));
  if (!cart) return;
  till.set({ deal: cart.deal });
  new Payment(cart).open();
}

/** One payment, from the amount due to the stored sale. */
class Payment {
  busy = false;
  stored = false;

  /** @param {import("../deals.js").Cart} open */
  constructor(open) {
    this.paying = open;
    // What is due was reckoned by this day's taxes, also where the day ends while somebody pays.
    this.day = today();
    this.frame = frame(this.day);
    this.customer = till.get().customer;
    this.exchange = till.get().training ? null : till.get().exchange;
    this.approved = costOf(open, this.frame).limit?.exceeded ?? false;
    this.digits = currency().digits;
    this.rounding = roundingOf(setting("currency.cash_step", "0"), setting("currency.exact_coins", false), this.digits);
    this.fields = new Tenders(() => this.ready && this.draw());
    this.online = new Online(this.customer);
    this.parts = partsOf({ customer: this.customer, due: () => this.terms().due, changed: () => this.ready && this.draw() });
    this.tabs = h("div", { class: "segmented pay__ways", role: "group", "aria-label": t("tender") });
    this.why = h("p", { class: "caption pay__why", role: "status" });
    this.amount = h("strong", { class: "amount", id: "amount-due" });
    this.rounded = h("span", { class: "pay__rounded", "aria-live": "polite", hidden: !this.rounding });
    this.beside = h("div", { class: "pay__parts" });
    this.pad = keypad(() => this.fields.turn, this.digits > 0);
    this.change = h("p", { class: "pay__change", "aria-live": "polite" });
    this.done = h("button", { class: "button button--pay button--wide pay__done", type: "submit" }, t("complete"));
    this.ready = true;
  }

  open() {
    this.beside.append(...this.parts.map(({ element }) => element));
    const form = h(
      "form",
      {
        ...{ class: "pay", id: "pay-form", novalidate: true },
        onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void this.complete()),
        onkeydown: (/** @type {Event} */ event) => this.key(/** @type {KeyboardEvent} */ (event)),
      },
      h("p", { class: "pay__due" }, h("span", {}, t("amountDue")), this.amount, this.rounded),
      this.beside,
      this.tabs,
      this.why,
      this.fields.element,
      this.online.element,
      this.pad,
      h("div", { class: "pay__foot" }, this.change, this.done),
    );
    this.draw();
    const away = till.watch(["link", "gateways"], () => this.draw());
    this.sheet = openSheet({ title: till.get().training ? `${t("pay")} · ${t("training")}` : t("pay"), closeLabel: t("back"), name: "pay", zone: true, body: [form], onClose: () => (away(), this.parts.forEach((part) => part.closed?.(this.stored))) });
  }

  /** @returns {Way[]} what there is now: gateways come and go */
  get ways() {
    return !this.exchange && (offersOnline() || this.fields.way === "online") ? [...WAYS, "online"] : WAYS;
  }

  /** F4 goes on to the next way to pay; digits go where the turn is, wherever the focus stands. @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "F4") {
      event.preventDefault();
      this.choose(this.ways[(this.ways.indexOf(this.fields.way) + 1) % this.ways.length]);
    } else if (/^[0-9.,]$/.test(event.key) && !isField(event.target) && !this.pad.hidden) this.fields.turn.focus();
  }

  /** The cart as it is paid, with these tenders or none yet. @param {import("../pricing/payment.js").TenderText[] | null} tenders */
  cart(tenders) {
    const cart = pricedBy(this.parts, cartOf(this.paying, this.frame, this.approved, tenders));
    return this.rounding ? { ...cart, cash_rounding: this.rounding } : cart;
  }

  /** What comes back for it, as the engine settles the two. */
  quote() {
    return this.exchange && exchangeQuote(this.exchange, this.cart(null));
  }

  /** @returns {import("../paying.js").Terms} */
  terms() {
    return { due: this.quote()?.due ?? price(this.cart(null)).totals.total, digits: this.digits, rounding: this.rounding };
  }

  /** The cart as it would be paid now; PricingError where it cannot be. */
  paid() {
    const terms = this.terms();
    if (this.fields.unreadable(this.digits)) throw new PricingError("bad_number");
    const tenders = tendersOf(this.fields.way, this.fields.complete(terms), terms);
    const quote = this.quote();
    return this.cart(quote ? [{ method: "exchange", amount: quote.credit }, ...tenders] : tenders);
  }

  draw() {
    const terms = this.terms();
    const linked = this.fields.way === "online";
    refill(this.tabs, ...this.ways.map((name) => this.tab(name)));
    sayWhy(this.why, this.ways.includes("online"));
    this.amount.textContent = money(terms.due);
    const even = this.exchange !== null && !parsePrice(terms.due);
    this.tabs.hidden = this.fields.element.hidden = even;
    this.pad.hidden = even || linked || this.fields.way === "card";
    this.online.draw(linked);
    this.beside.hidden = linked || !this.parts.length;
    this.done.textContent = t(linked ? "linkSend" : "complete");
    this.change.className = "pay__change";
    try {
      const { payment } = price(this.paid());
      this.fields.draw(terms, payment?.cash_part ?? terms.due);
      this.roundedBy(payment);
      if (linked) return this.drawOnline();
      if (even) fill(this.change, ...givenBack(this.quote()?.result.payout?.tenders));
      else fill(this.change, ...(this.fields.way === "card" ? [t("cardHelp")] : [h("span", {}, t("change")), h("strong", { class: "amount" }, money(payment?.change ?? "0"))]));
      this.done.disabled = false;
    } catch (error) {
      if (!(error instanceof PricingError)) throw error;
      this.fields.draw(terms, terms.due);
      this.refuse(error);
    }
  }

  /** A link instead of money: what stands against it. */
  drawOnline() {
    const against = this.online.against(this.cart(null));
    this.done.disabled = Boolean(against);
    fill(this.change, against);
  }

  /** What is taken in cash, where that is another amount. @param {ReturnType<typeof price>["payment"]} payment */
  roundedBy(payment) {
    const off = payment && /[1-9]/.test(payment.rounding);
    const cash = payment?.tenders.find(({ method }) => method === "cash");
    this.rounded.textContent = off && cash ? t("roundedTo", { cash: money(cash.amount), rounding: signed(payment.rounding) }) : "";
  }

  /** @param {PricingError} error */
  refuse({ code, params }) {
    this.done.disabled = true;
    this.change.className = "pay__change pay__change--short";
    this.rounded.textContent = "";
    const said = (/** @type {string} */ words, /** @type {string} */ amount) => fill(this.change, h("span", {}, words), h("strong", { class: "amount" }, money(amount)));
    if (params.missing) said(t("missing"), params.missing);
    else if (params.excess) said(t("tooMuch"), params.excess);
    else if (code === "coins_unknown") fill(this.change, t("coinsUnknown", { due: money(params.due) }));
    else fill(this.change, t("amountBad"));
  }

  /** @param {Way} name */
  tab(name) {
    const grey = name === "online" && till.get().link === "offline";
    return h("button", { type: "button", disabled: grey, "aria-pressed": name === this.fields.way ? "true" : "false", "data-way": name, onclick: () => this.choose(name) }, icon(ICONS[name]), t(name));
  }

  /** @param {Way} name */
  choose(name) {
    this.fields.way = name;
    this.draw();
    this.fields.begin(this.done);
  }

  async complete() {
    if (this.busy || this.done.disabled) return;
    if (this.fields.way === "online") return this.link();
    const said = saidBy(this.parts);
    if (!said) return;
    this.busy = true;
    this.done.setAttribute("aria-busy", "true");
    try {
      const back = this.exchange && { exchange: exchangeRefund(this.exchange, this.cart(null)) };
      const given = this.quote()?.result.payout?.tenders ?? [];
      const receipt = await settle(this.paid(), this.paying, this.customer?.id ?? null, { ...said, ...back });
      this.stored = true;
      till.set({ lines: [], customer: null, exchange: null, query: "" });
      this.sheet?.close();
      openPaid(receipt, { email: this.customer?.email, given });
    } catch (error) {
      this.change.className = "pay__change pay__change--short";
      this.change.textContent = t("notDurable");
      this.change.setAttribute("role", "alert");
      noteError(error);
    } finally {
      this.busy = false;
      this.done.removeAttribute("aria-busy");
    }
  }

  /** No money yet: the sale waits for its link to be paid. */
  async link() {
    const wish = this.online.wish();
    if (!wish) return;
    this.busy = true;
    this.done.setAttribute("aria-busy", "true");
    try {
      const refused = await sendLink(this.paid(), this.paying, this.customer?.id ?? null, wish);
      if (!refused) return this.sheet?.close();
      this.change.className = "pay__change pay__change--short";
      fill(this.change, refused);
    } finally {
      this.busy = false;
      this.done.removeAttribute("aria-busy");
    }
  }
}

/** @param {string} amount */
const signed = (amount) => (amount.startsWith("-") ? money(amount) : `+${money(padded(formatPrice(parsePrice(amount)), currency().digits))}`);
