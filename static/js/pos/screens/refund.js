// Giving back: what comes back of a receipt, why, on which tender, and what that is worth by the refund rule.

import { fill, h, icon, refill } from "../../lib/dom.js";
import { uuid7 } from "../../lib/ids.js";
import { openSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { askForRefund, makeRefund, refundQuote } from "../giveback.js";
import { PricingError, formatQuantity, parseQuantity } from "../money.js";
import { leftOf, leftOn, refundNeeds } from "../returns.js";
import { till } from "../till.js";
import { money, plainNumber, quantityText, soldText, t } from "../words.js";
import { askApproval } from "./approve.js";
import { openGiven } from "./given.js";
import { reasonField } from "./reason.js";
import { tenderName } from "./slip.js";

/** @typedef {import("../returns.js").Way} Way */

export const REASONS = /** @type {const} */ (["reasonWrong", "reasonChanged", "reasonDamaged", "reasonComplaint"]);
const WAYS = /** @type {Record<Way, import("../words.js").Key>} */ ({ "": "asPaid", cash: "cash", card: "card" });

/** @param {import("../returns.js").Receipt} receipt a sale, as the till or the server knows it */
export const openRefund = (receipt) => new Giving(receipt).open();

/** One refund, from the choice of lines to the stored document. */
class Giving {
  /** @type {Record<string, string>} */
  quantities = {};
  /** @type {Set<string>} */
  damaged = new Set();
  /** @type {Way} */
  way = "";
  busy = false;

  /** @param {import("../returns.js").Receipt} receipt */
  constructor(receipt) {
    this.receipt = receipt;
    this.rows = receipt.lines.map((line) => row(line, (quantity) => this.choose(line.id, quantity), (off) => this.damaged[off ? "add" : "delete"](line.id)));
    this.reason = reasonField("reason", REASONS);
    this.ways = h("div", { class: "segmented", role: "group", "aria-label": t("tender") });
    this.parts = h("p", { class: "refund__parts", "aria-live": "polite" });
    this.total = h("p", { class: "refund__total", "aria-live": "polite" });
    this.error = h("p", { class: "field__error", role: "alert" });
    this.away = h("p", { class: "caption", role: "status" });
    this.ask = h("button", { class: "button button--large", type: "button", onclick: () => void this.request() }, t("refundAsk"));
  }

  open() {
    const everything = () => this.rows.forEach((each) => each.all());
    const form = h(
      "form",
      { class: "pay", id: "refund-form", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void this.make()) },
      h("div", { class: "row row--apart" }, h("p", {}, t("refundHelp")), h("button", { class: "button button--small", type: "button", "data-first": true, onclick: everything }, t("refundAll"))),
      h("ul", { class: "list" }, ...this.rows.map((each) => each.element)),
      this.reason.element,
      h("div", { class: "field" }, h("span", { class: "field__label" }, t("refundOn")), this.ways, this.parts),
      this.error,
      this.away,
    );
    const done = h("button", { class: "button button--danger-fill button--large", type: "submit", form: "refund-form" }, t("refundDo"));
    const other = till.get().training ? null : h("button", { class: "button button--large", type: "button", "data-act": "exchange", onclick: () => void this.exchange() }, icon("refresh-cw"), t("exchange"));
    const stop = till.watch(["link"], () => this.draw());
    this.sheet = openSheet({ title: `${t("refund")} · ${this.receipt.label}`, closeLabel: t("close"), name: "refund", wide: true, body: [form], foot: [this.total, this.ask, other, done], onClose: stop });
    this.draw();
  }

  /** @param {string} line @param {string | null} quantity */
  choose(line, quantity) {
    if (quantity === null || parseQuantity(quantity) === 0n) delete this.quantities[line];
    else this.quantities[line] = quantity;
    this.draw();
  }

  wanted() {
    return { quantities: this.quantities, damaged: this.damaged, way: this.way };
  }

  /** What it comes to now; null while nothing is chosen or too much. */
  quote() {
    if (!Object.keys(this.quantities).length) return null;
    return refundQuote(this.receipt, this.quantities, this.way).result;
  }

  draw() {
    this.error.textContent = "";
    const tab = (/** @type {Way} */ way) =>
      h("button", { type: "button", "data-way": way, "aria-pressed": String(way === this.way), disabled: way === "card" && leftOn(this.receipt, "card") <= 0n, onclick: () => ((this.way = way), this.draw()) }, t(WAYS[way]));
    refill(this.ways, ...(/** @type {Way[]} */ (Object.keys(WAYS)).map(tab)));
    const away = till.get().link === "offline";
    let result = null;
    try {
      result = this.quote();
    } catch (problem) {
      if (!(problem instanceof PricingError)) throw problem;
      this.error.textContent = problem.params.method ? t("refundCardMost", { left: money(problem.params.left) }) : problem.params.left ? t("left", { quantity: quantityText(problem.params.left) }) : t("quantityBad");
    }
    const parts = (result?.payout?.tenders ?? []).filter(({ amount }) => /[1-9]/.test(amount));
    if (away && parts.some(({ method }) => method === "online")) this.error.textContent = t("onlineBackOffline");
    this.parts.textContent = parts.map(({ method, paid }) => `${t(tenderName(method))} ${money(paid)}`).join(" · ");
    fill(this.total, h("span", {}, t("refundTotal")), h("strong", { class: "amount" }, money(result?.total ?? "0")));
    this.ask.hidden = !result || !this.needs(result.total).length;
    this.ask.disabled = away;
    this.away.textContent = away && !this.ask.hidden ? `${t("refundAsk")}: ${t("noNetwork")}` : "";
  }

  /** @param {string} total */
  needs(total) {
    const codes = till.get().person?.codes ?? [];
    return refundNeeds(this.receipt, this.way, total).filter(({ code }) => !codes.includes(code));
  }

  /** The amount and the reason, or null, with what is missing said. */
  ready() {
    if (this.busy || this.error.textContent) return null;
    const result = this.quote();
    if (!result) {
      this.error.textContent = t("refundNothing");
      return null;
    }
    const reason = this.reason.read();
    return reason && { total: result.total, reason };
  }

  make() {
    return this.approved(async (by) => {
      const refund = await makeRefund(this.receipt, this.wanted(), by);
      this.sheet?.close();
      openGiven(refund);
    });
  }

  /** Something else is taken for it: it stands beside the cart until that is paid. */
  exchange() {
    return this.approved((by) => {
      till.set({ exchange: { receipt: this.receipt, ...this.wanted(), by } });
      this.sheet?.close();
    });
  }

  /** @param {(by: import("../giveback.js").Given) => unknown} act with everybody's yes */
  async approved(act) {
    const asked = this.ready();
    if (!asked) return;
    this.busy = true;
    try {
      const id = uuid7();
      const needs = this.needs(asked.total);
      const approvals = needs.length ? await askApproval(needs, `operation:${id}`, asked.reason) : [];
      if (approvals) await act({ id, reason: asked.reason, approvals });
    } finally {
      this.busy = false;
    }
  }

  /** No manager here: the Backoffice is asked, and nothing moves. */
  async request() {
    const asked = this.ready();
    if (!asked) return;
    await askForRefund(this.receipt, this.wanted(), asked.reason);
    this.sheet?.close();
    toast(t("refundAsked"), { closeLabel: t("close") });
  }
}

/**
 * One sold line with as much of it as is left to give back.
 * @param {any} line
 * @param {(quantity: string | null) => void} chosen
 * @param {(off: boolean) => void} damaged
 */
function row(line, chosen, damaged) {
  const left = leftOf(line);
  const input = h("input", { class: "figures", inputmode: "decimal", "aria-label": `${t("quantity")} ${line.name}`, value: "0", "data-line": line.id });
  const off = h("input", { type: "checkbox", class: "check", onchange: () => damaged(off.checked) });
  const shelf = h("label", { class: "refund__shelf", hidden: true }, off, t("notOnShelf"));
  const tell = (/** @type {string | null} */ quantity) => ((shelf.hidden = !quantity || parseQuantity(quantity) === 0n), chosen(quantity));
  const set = (/** @type {bigint} */ quantity) => {
    input.value = quantityText(formatQuantity(quantity));
    tell(formatQuantity(quantity));
  };
  const now = () => parseQuantity(plainNumber(input.value || "0", 3) ?? "0");
  input.addEventListener("input", () => tell(plainNumber(input.value || "0", 3)));
  input.addEventListener("focus", () => input.select());
  const step = (/** @type {string} */ label, /** @type {string} */ picture, /** @type {() => bigint} */ next) =>
    h("button", { type: "button", "aria-label": `${label}: ${line.name}`, onclick: () => set(next()) }, icon(picture));
  const least = () => (now() > 1000n ? now() - 1000n : 0n);
  const most = () => (now() + 1000n < left ? now() + 1000n : left);
  const stepper = h("div", { class: "stepper" }, step(t("less"), "minus", least), input, step(t("more"), "plus", most));
  const whole = left === parseQuantity(line.quantity);
  const worth = h("small", { class: "amount caption" }, money(line.payable), left > 0n && !whole && ` · ${t("left", { quantity: soldText({ ...line, quantity: formatQuantity(left) }) })}`);
  const name = h("span", { class: "list__main" }, h("span", {}, `${soldText(line)} × ${line.name}`), worth, shelf);
  const element = h("li", { class: "list__item" }, name, left > 0n ? stepper : h("span", { class: "badge" }, t("refundedAll")));
  return { element, all: () => void (left > 0n && set(left)) };
}
