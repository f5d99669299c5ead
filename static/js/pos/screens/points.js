// Points on the payment sheet (POS-34): what the customer has, how many of them pay. While they do, no other till spends them.

import { announce } from "../../lib/live.js";
import { h, icon, refill } from "../../lib/dom.js";
import { Refusal, call } from "../api.js";
import { PricingError } from "../money.js";
import { isMember, programmeOf, tried, usedOn, worthOf } from "../points.js";
import { currency, till } from "../till.js";
import { money, t } from "../words.js";
import { field } from "./gate.js";
import { declarePart } from "./pay-parts.js";

/** @typedef {import("./pay-parts.js").Around} Around */
/** @typedef {import("../pricing/engine.js").Cart} EngineCart */
/** @typedef {import("../customers.js").Customer} Customer */

const PATIENCE = 5000;
// The server keeps points for five minutes; somebody may pay longer.
const AGAIN = 120_000;

const programme = () => programmeOf(till.get().place?.settings);

declarePart((around) => (around.customer && isMember(programme(), around.customer) ? new Points(around, around.customer) : null));

/** The points of one payment. */
class Points {
  /** How many are used, and how that was said. @type {{use: string, used: number, value: string} | null} */
  chosen = null;
  /** @type {EngineCart | null} */
  cart = null;
  entering = false;
  held = false;
  busy = false;

  /** @param {Around} around @param {Customer} customer */
  constructor({ changed }, customer) {
    this.changed = changed;
    this.customer = customer;
    this.balance = customer.points;
    this.count = field(t("pointsCount"), { id: "points-count", inputmode: "numeric", autocomplete: "off", class: "input input--large input--number" });
    this.count.input.addEventListener("keydown", (event) => this.key(event));
    this.element = h("section", { class: "pay__points", "aria-label": t("points") });
    this.draw();
    this.stop = till.watch(["link", "place"], () => this.draw());
    void this.look();
  }

  /** @param {EngineCart} cart */
  priced(cart) {
    this.cart = cart;
    return this.chosen ? usedOn(cart, programme(), this.balance, this.chosen.use) : cart;
  }

  /** The sheet is gone: what was kept is free again, unless the sale that uses it is on its way. @param {boolean} paid */
  closed(paid) {
    this.stop();
    clearInterval(this.again);
    if (this.held && !paid) void this.ask(0).catch(forgive);
  }

  /** @param {number} [points] to keep; none: only look */
  async ask(points) {
    return call("points", { customer: this.customer.id, ...(points !== undefined && { points }) }, PATIENCE);
  }

  /** What is there now, where the server can say it. */
  async look() {
    try {
      const { points } = await this.ask();
      if (this.chosen || points === this.balance) return;
      this.balance = points;
      this.draw();
    } catch (error) {
      forgive(error);
    }
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Enter") void this.use(this.count.input.value.trim());
    else if (event.key === "Escape") this.turn(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {boolean} entering */
  turn(entering) {
    this.entering = entering;
    this.count.say("");
    this.draw();
    if (entering) {
      this.count.input.value = String(this.most());
      this.count.input.focus();
      this.count.input.select();
    } else this.element.querySelector("button")?.focus();
  }

  /** As many as fit. */
  most() {
    try {
      return this.cart ? tried(this.cart, programme(), this.balance, "all").used : 0;
    } catch (error) {
      if (!(error instanceof PricingError)) throw error;
      return 0;
    }
  }

  /** @param {string} use a whole number or "all" */
  async use(use) {
    if (this.busy || !this.cart) return;
    if (use !== "all" && !/^[1-9]\d{0,8}$/.test(use)) return this.count.say(t("pointsBad"));
    this.busy = true;
    try {
      const { used } = tried(this.cart, programme(), this.balance, use);
      await this.keep(used);
      // the balance may be another by now
      this.chosen = { use, ...tried(this.cart, programme(), this.balance, use) };
      this.entering = false;
      this.changed();
      this.draw();
      announce(t("pointsUsed", { count: this.chosen.used, value: money(this.chosen.value) }));
      this.element.querySelector("button")?.focus();
    } catch (error) {
      this.count.say(this.sentence(error));
    } finally {
      this.busy = false;
    }
  }

  /** Keep them for this sale; with no network only where the shop lets points be used so. @param {number} used */
  async keep(used) {
    try {
      this.balance = (await this.ask(used)).points;
      this.held = true;
      clearInterval(this.again);
      this.again = setInterval(() => void this.ask(used).catch(forgive), AGAIN);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 0 || !programme().offline) throw error;
    }
  }

  /** @param {unknown} error */
  sentence(error) {
    if (error instanceof Refusal) return error.status === 0 ? t("pointsOffline") : error.message;
    if (!(error instanceof PricingError)) throw error;
    if (error.code === "points_above_balance") return t("pointsOnly", { count: this.balance });
    if (error.code === "points_below_minimum") return t("pointsFrom", { count: programme().minimum });
    return t("pointsAbove", { count: this.most() });
  }

  /** Not with points after all. */
  drop() {
    this.chosen = null;
    clearInterval(this.again);
    if (this.held) void this.ask(0).catch(forgive);
    this.held = false;
    this.changed();
    this.draw();
    this.element.querySelector("button")?.focus();
  }

  draw() {
    const { minimum } = programme();
    const worth = money(worthOf(this.balance, programme(), currency()));
    const has = h("p", { class: "pay__has" }, icon("gift"), h("span", {}, h("strong", {}, t("pointsHas", { count: this.balance })), ` · ${t("pointsWorth", { worth })}`));
    if (this.chosen) refill(this.element, has, h("p", { class: "pay__used" }, h("strong", { class: "amount" }, money(`-${this.chosen.value}`)), ` · ${t("pointsCounted", { count: this.chosen.used })}`), button("x", t("pointsRemove"), () => this.drop()));
    else if (this.entering) refill(this.element, has, this.count.element, h("div", { class: "row" }, button("check", t("pointsUse"), () => void this.use(this.count.input.value.trim()), "button--primary"), button("", t("pointsAll"), () => void this.use("all")), button("", t("cancel"), () => this.turn(false))));
    else if (till.get().link === "offline" && !programme().offline) refill(this.element, has, h("button", { class: "button", type: "button", disabled: true }, icon("gift"), t("pointsUse")), h("p", { class: "caption", role: "status" }, t("pointsOffline")));
    else if (this.balance < minimum || !this.balance) refill(this.element, has, h("p", { class: "caption" }, t("pointsFrom", { count: minimum })));
    else refill(this.element, has, button("gift", t("pointsUse"), () => this.turn(true)));
  }
}

/** @param {string} name @param {string} label @param {() => void} act @param {string} [kind] */
const button = (name, label, act, kind = "") => h("button", { class: `button ${kind}`, type: "button", onclick: act }, name && icon(name), label);

/** What the server cannot be asked is no harm: it frees points by itself. @param {unknown} error */
function forgive(error) {
  if (!(error instanceof Refusal)) throw error;
}
