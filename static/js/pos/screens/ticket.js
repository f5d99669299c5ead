// The ticket: lines, totals, the pay button with the amount in it.

import { fill, h, icon, keepChildren, need, setText } from "../../lib/dom.js";
import { toast } from "../../lib/toast.js";
import { countOf, stepped, withQuantity } from "../cart.js";
import { pricedCart } from "../open-cart.js";
import { till } from "../till.js";
import { counted, money, t } from "../words.js";
import { startCustomer } from "./customer.js";
import { openDeal, openDiscount, removeDiscount } from "./deal.js";
import { lineRow, markRow, Steps, titleOf } from "./line.js";
import { askOptions } from "./options.js";
import { askQuantity } from "./quantity.js";
import { recentReceipts } from "./recent.js";
import { exchangeRows, summary, sumRow } from "./sums.js";

/** @typedef {import("../cart.js").CartLine} CartLine */

/** The line that keys and steps speak of: the one chosen, or the last. */
function selectedLine() {
  const { lines, selected } = till.get();
  return lines.find((line) => line.id === selected) ?? lines.at(-1);
}

/** @param {HTMLElement} host @param {{pay: () => void, clear: () => void}} ways */
export function startTicket(host, { pay, clear }) {
  const list = need("#lines", host);
  const totals = need("#totals", host);
  const button = /** @type {HTMLButtonElement} */ (need("#pay", host));
  const bar = need("#cart-bar", host);
  const panel = need("#ticket", host);
  button.addEventListener("click", pay);
  bar.addEventListener("click", () => panel.classList.toggle("ticket--open"));
  need("#ticket-close", host).addEventListener("click", () => panel.classList.remove("ticket--open"));
  const [discount, clearing, count] = [need("#discount", host), need("#clear", host), need("#ticket-count", host)];
  clearing.addEventListener("click", clear);
  discount.addEventListener("click", openDiscount);
  startCustomer(need("#customer", host));
  const [payName, payAmount, barName, barAmount] = [h("span"), h("span", { class: "amount" }), h("span"), h("span", { class: "amount" })];
  fill(button, payName, payAmount);
  fill(bar, barName, barAmount);
  const nothing = h("li", { class: "empty" }, icon("shopping-cart", "large"), t("empty"), recentReceipts());
  const rows = new Rows(need("#line-steps", host));
  const draw = () => {
    const { lines, customer } = till.get();
    const sale = pricedCart();
    const focus = focusIn(list, rows.steps.bar);
    keepChildren(list, sale ? rows.of(lines, sale.lines, selectedLine()) : rows.none(nothing));
    const total = sale ? money(sale.totals.total) : money("0");
    const back = exchangeRows();
    keepChildren(totals, [...(sale ? summary(sale, till.get().deal, removeDiscount) : []), sumRow("total", t("total"), total, "facts__total"), ...back.rows]);
    setText(payName, back.name ?? t("pay"));
    setText(payAmount, back.net ?? total);
    button.disabled = !sale || till.get().preview;
    setText(barName, counted("ticketCount", countOf(lines)));
    setText(barAmount, total);
    bar.classList.toggle("cart-bar--empty", !lines.length);
    setText(count, lines.length ? counted("ticketCount", countOf(lines)) : "");
    if (!lines.length) panel.classList.remove("ticket--open");
    clearing.toggleAttribute("disabled", !lines.length && !customer && !till.get().exchange);
    discount.toggleAttribute("disabled", !lines.length);
    // in the frame, where all of it is laid out once
    requestAnimationFrame(() => rows.scroll());
    focus();
  };
  till.watch(["lines", "deal", "catalog", "selected", "customer", "exchange", "preview"], draw);
  draw();
}

/** The rows of the lines; one of which nothing changed stays the element that it was, and there are steps in one of them only. */
class Rows {
  /** @type {Map<string, {line: CartLine, looks: string, row: HTMLElement}>} */
  made = new Map();
  /** @type {HTMLElement | undefined} */
  open;

  /** @param {HTMLElement} home where the steps of the last line stand */
  constructor(home) {
    this.steps = new Steps(ACTS, home);
  }

  /** An empty ticket. @param {HTMLElement} instead */
  none(instead) {
    this.made = new Map();
    this.open = undefined;
    this.steps.rest();
    return [instead];
  }

  /** The line that is chosen comes into sight, and its steps. */
  scroll() {
    for (const element of this.open ? [this.steps.bar, this.open] : []) element.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {CartLine[]} lines
   * @param {import("./line.js").Sold[]} sold
   * @param {CartLine | undefined} selected
   */
  of(lines, sold, selected) {
    const before = this.made;
    this.made = new Map();
    return lines.map((line, index) => {
      const { unit, gross, list_value: list, discount } = sold[index];
      const looks = [unit, gross, list, discount].join();
      const known = before.get(line.id);
      const same = known?.line === line && known.looks === looks;
      const row = same ? known.row : lineRow(line, sold[index], ACTS);
      this.made.set(line.id, { line, looks, row });
      if (line === selected) this.select(line, row, index === lines.length - 1);
      return row;
    });
  }

  /** @param {CartLine} line @param {HTMLElement} row @param {boolean} last */
  select(line, row, last) {
    if (this.open !== row) {
      if (this.open) markRow(this.open, false);
      this.open = row;
      markRow(row, true);
    }
    this.steps.show(line, last ? null : row);
  }
}

/** Where the keyboard stood in the list, to be found again when it was drawn anew. @param {HTMLElement} list @param {HTMLElement} steps */
function focusIn(list, steps) {
  const active = document.activeElement;
  if (active instanceof HTMLElement && steps.contains(active)) return () => active !== document.activeElement && active.focus();
  const row = active?.closest("li");
  if (!active || !row || row.parentElement !== list) return () => {};
  const [line, button] = [[...list.children].indexOf(row), [...row.querySelectorAll("button")].indexOf(/** @type {HTMLButtonElement} */ (active))];
  return () => list.children[Math.min(line, list.children.length - 1)]?.querySelectorAll("button")[button]?.focus();
}

/** What a line's buttons do. */
const ACTS = {
  select: (/** @type {CartLine} */ line) => till.set({ selected: line.id }),
  quantity: changeQuantity,
  options: changeOptions,
  deal: (/** @type {CartLine} */ line) => openDeal(line, { quantity: () => changeQuantity(line) }),
  remove,
  step: (/** @type {CartLine} */ line, /** @type {1 | -1} */ direction) => {
    const quantity = stepped(line, direction);
    if (quantity === "0") remove(line);
    else till.set({ lines: withQuantity(till.get().lines, line.id, quantity) });
  },
};

/** «%» and «=» speak of the line that is chosen. @param {string} key */
export function dealKey(key) {
  const line = selectedLine();
  if (line) openDeal(line, { quantity: () => changeQuantity(line), first: key === "=" ? "price" : "discount" });
}

/** One more or less of the chosen line. @param {1 | -1} direction */
export function stepSelected(direction) {
  const line = selectedLine();
  if (line && !line.label && !line.gratis) ACTS.step(line, direction);
}

export function removeSelected() {
  const line = selectedLine();
  if (line) remove(line);
}

/** Choose the line above or below. @param {1 | -1} direction */
export function moveSelected(direction) {
  const { lines } = till.get();
  const at = lines.indexOf(/** @type {CartLine} */ (selectedLine()));
  const next = lines[Math.max(0, Math.min(lines.length - 1, at + direction))];
  if (next) till.set({ selected: next.id });
}

/** A removed line comes back whole, to where it was. @param {CartLine} line */
function remove(line) {
  const { lines: before, orders } = till.get();
  const at = before.findIndex(({ id }) => id === line.id);
  till.set({ lines: withQuantity(before, line.id, "0") });
  toast(t("lineRemoved", { name: titleOf(line) }), { closeLabel: t("close"), action: { label: t("undo"), act: () => bringBack(line, at, orders) } });
}

/** @param {CartLine} line @param {number} at @param {import("../orders.js").Taken[]} orders that an emptied cart was made of */
function bringBack(line, at, orders) {
  const { lines } = till.get();
  if (line.gratis && lines.some((other) => other.gratis && other.item.product === line.item.product)) return void toast(t("gratisOnce"), { closeLabel: t("close") });
  till.set({ lines: [...lines.slice(0, at), line, ...lines.slice(at)], selected: line.id, ...(!lines.length && { orders }) });
}

/** @param {CartLine} line */
function changeQuantity(line) {
  if (line.gratis) return void toast(t("gratisOnce"), { closeLabel: t("close") });
  if (line.label) return void toast(t("labelFixed"), { closeLabel: t("close") });
  askQuantity({ name: titleOf(line), item: line.item, value: line.quantity, remove: () => remove(line), save: (quantity) => till.set({ lines: withQuantity(till.get().lines, line.id, quantity) }) });
}

/** @param {CartLine} line */
function changeOptions(line) {
  askOptions(line.item, line.choices ?? [], (choices) => till.set({ lines: till.get().lines.map((other) => (other.id === line.id ? { ...other, choices } : other)) }));
}
