// Refund without a receipt: articles and amounts by hand, at most the list price, and a manager's yes.

import { fill, h, icon, refill } from "../../lib/dom.js";
import { uuid7 } from "../../lib/ids.js";
import { openSheet } from "../../lib/sheet.js";
import { engineCart } from "../cart.js";
import { today } from "../day.js";
import { cashRounding, makeRefundWithout } from "../giveback.js";
import { padded, parsePrice, parseQuantity } from "../money.js";
import { price } from "../pricing/engine.js";
import { WITHOUT_RECEIPT } from "../returns.js";
import { currency, till } from "../till.js";
import { money, plainNumber, quantityText, t } from "../words.js";
import { askApproval } from "./approve.js";
import { field } from "./gate.js";
import { openGiven } from "./given.js";
import { reasonField } from "./reason.js";
import { REASONS } from "./refund.js";

/** @typedef {import("../cart.js").CartLine} CartLine */
/** @typedef {{line: CartLine, off: boolean, wrong: string}} Row */

const HITS = 8;

/** @param {import("../catalog.js").Item} item */
const titleOf = (item) => (item.variant ? `${item.name} ${item.variant}` : item.name);

/** @param {string} label @param {HTMLInputElement} input */
const labelled = (label, input) => h("label", { class: "field" }, h("span", { class: "caption" }, label), input);

export const openWithout = () => new Without().open();

/** What comes back without a slip, from the search to the stored document. */
class Without {
  /** @type {Row[]} */
  rows = [];
  /** @type {"cash" | "card"} */
  method = "cash";
  busy = false;

  constructor() {
    this.search = field(t("search"), { id: "without-search", type: "search", autocomplete: "off", "data-first": true });
    this.hits = h("div", { class: "chips chips--wrap" });
    this.list = h("ul", { class: "list" });
    this.reason = reasonField("without-reason", REASONS);
    this.ways = h("div", { class: "segmented", role: "group", "aria-label": t("tender") });
    this.total = h("p", { class: "refund__total", "aria-live": "polite" });
    this.error = h("p", { class: "field__error", role: "alert" });
    this.search.input.addEventListener("input", () => this.find());
    this.search.input.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), this.taken(this.search.input.value)));
  }

  open() {
    const form = h(
      "form",
      { class: "pay", id: "without-form", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void this.make()) },
      h("p", {}, t("withoutHelp")),
      this.search.element,
      this.hits,
      this.list,
      this.reason.element,
      h("div", { class: "field" }, h("span", { class: "field__label" }, t("refundOn")), this.ways),
      this.error,
    );
    const done = h("button", { class: "button button--danger-fill button--large", type: "submit", form: "without-form" }, t("refundDo"));
    const onScan = (/** @type {string} */ code) => this.scan(code);
    this.sheet = openSheet({ title: t("refundWithout"), closeLabel: t("close"), name: "without", wide: true, body: [form], foot: [this.total, done], onScan });
    this.draw();
  }

  find() {
    const { catalog } = till.get();
    const words = this.search.input.value.trim();
    const found = words && catalog ? catalog.find(words, "", HITS).flat().slice(0, HITS) : [];
    fill(this.hits, ...found.map((item) => h("button", { class: "chip", type: "button", onclick: () => this.add(item) }, `${titleOf(item)} · ${money(item.price)}`)));
  }

  /** Enter: a code, or words that only one article answers. @param {string} typed */
  taken(typed) {
    if (this.scan(typed) || this.hits.children.length !== 1) return;
    /** @type {HTMLElement} */ (this.hits.children[0]).click();
  }

  /** @param {string} code */
  scan(code) {
    const item = till.get().catalog?.byCode(code.trim());
    if (item) this.add(item);
    return Boolean(item);
  }

  /** @param {import("../catalog.js").Item} item */
  add(item) {
    this.rows.push({ line: { id: uuid7(), item, quantity: "1" }, off: false, wrong: "" });
    this.search.input.value = "";
    this.find();
    this.draw();
    // a finger would call up the keyboard of the screen with it
    if (!matchMedia("(pointer: coarse)").matches) this.search.input.focus();
  }

  /** The lines are drawn anew only when there are more or fewer, so that nobody's typing is lost. */
  draw() {
    refill(this.list, ...this.rows.map((row) => this.row(row)));
    if (!this.rows.length) fill(this.list, h("li", { class: "empty" }, t("withoutEmpty")));
    const tab = (/** @type {"cash" | "card"} */ method) => h("button", { type: "button", "data-way": method, "aria-pressed": String(method === this.method), onclick: () => ((this.method = method), this.draw()) }, t(method));
    refill(this.ways, tab("cash"), tab("card"));
    this.sum();
  }

  sum() {
    this.error.textContent = "";
    fill(this.total, h("span", {}, t("refundTotal")), h("strong", { class: "amount" }, money(this.due() ?? "0")));
  }

  due() {
    if (!this.rows.length || this.rows.some(({ wrong }) => wrong)) return null;
    return price(this.cart(null)).totals.total;
  }

  /** @param {string | null} paid */
  cart(paid) {
    const tenders = paid ? [{ method: this.method, amount: paid }] : null;
    const rounding = cashRounding();
    return { ...engineCart(this.rows.map(({ line }) => line), till.get().catalog?.profiles ?? {}, currency(), today(), tenders), ...(rounding && { cash_rounding: rounding }) };
  }

  /** @param {Row} row */
  row(row) {
    const { item } = row.line;
    const said = h("p", { class: "field__error", role: "alert", id: `wrong-${row.line.id}` });
    const quantity = h("input", { class: "input input--number", inputmode: "decimal", "aria-label": `${t("quantity")} ${titleOf(item)}`, value: quantityText(row.line.quantity), "aria-describedby": said.id });
    const each = h("input", { class: "input input--number", inputmode: "decimal", "aria-label": `${t("amountEach")} ${titleOf(item)}`, value: money(row.line.override ?? item.price, true), "aria-describedby": said.id });
    const off = h("input", { type: "checkbox", class: "check", onchange: () => (row.off = off.checked) });
    const read = () => {
      row.wrong = this.read(row, quantity.value, each.value);
      said.textContent = row.wrong;
      this.sum();
    };
    quantity.addEventListener("input", read);
    each.addEventListener("input", read);
    const away = () => ((this.rows = this.rows.filter((other) => other !== row)), this.draw());
    return h(
      "li",
      { class: "list__item without__row" },
      h("span", { class: "list__main" }, h("span", {}, titleOf(item)), h("small", { class: "caption" }, t("listPrice", { price: money(item.price) })), h("label", { class: "refund__shelf" }, off, t("notOnShelf")), said),
      labelled(t("quantity"), quantity),
      labelled(t("amountEach"), each),
      h("button", { class: "button button--quiet button--icon", type: "button", "aria-label": `${t("remove")}: ${titleOf(item)}`, onclick: away }, icon("x")),
    );
  }

  /**
   * Take what was typed; answers what is wrong with it, or "".
   * @param {Row} row
   * @param {string} quantity
   * @param {string} each
   */
  read(row, quantity, each) {
    const { item } = row.line;
    const count = plainNumber(quantity, item.decimals);
    const amount = plainNumber(each, currency().digits);
    if (count === null || parseQuantity(count) === 0n) return t("quantityBad");
    if (amount === null) return t("priceBad");
    if (parsePrice(amount) > parsePrice(item.price)) return t("mostList", { price: money(item.price) });
    const { override: _override, ...rest } = row.line;
    row.line = { ...rest, quantity: count, ...(parsePrice(amount) !== parsePrice(item.price) && { override: padded(amount, currency().digits) }) };
    return "";
  }

  async make() {
    const total = this.due();
    if (this.busy || this.rows.some(({ wrong }) => wrong)) return;
    if (!total) return void (this.error.textContent = t("refundNothing"));
    const reason = this.reason.read();
    if (!reason) return;
    this.busy = true;
    try {
      const id = uuid7();
      const may = till.get().person?.codes.includes(WITHOUT_RECEIPT);
      const approvals = may ? [] : await askApproval([{ code: WITHOUT_RECEIPT, amounts: { article: this.rows.map(({ line }) => `${line.quantity} × ${titleOf(line.item)}`).join("; ").slice(0, 200), total }, scope: {} }], `operation:${id}`, reason);
      if (!approvals) return;
      const damaged = new Set(this.rows.filter(({ off }) => off).map(({ line }) => line.id));
      const refund = await makeRefundWithout(this.cart(total), this.rows.map(({ line }) => line), damaged, { id, reason, approvals });
      this.sheet?.close();
      openGiven(refund);
    } finally {
      this.busy = false;
    }
  }
}
