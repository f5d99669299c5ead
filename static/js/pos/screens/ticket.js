// The ticket: lines, totals, the pay button with the amount in it.

import { fill, h, icon, need, setText } from "../../lib/dom.js";
import { toast } from "../../lib/toast.js";
import { countOf, engineCart, fits, stepped, withQuantity } from "../cart.js";
import { price } from "../pricing/engine.js";
import { openSheet } from "../../lib/sheet.js";
import { currency, till } from "../till.js";
import { counted, money, plainNumber, quantityText, t } from "../words.js";
import { field } from "./gate.js";
import { clearCart } from "./sell.js";

/** What the open cart costs, or null when it is empty. */
export function pricedCart() {
  const { lines, catalog } = till.get();
  return lines.length && catalog ? price(engineCart(lines, catalog.profiles, currency())) : null;
}

/** @param {HTMLElement} host @param {() => void} pay */
export function startTicket(host, pay) {
  const list = need("#lines", host);
  const totals = need("#totals", host);
  const button = /** @type {HTMLButtonElement} */ (need("#pay", host));
  const bar = need("#cart-bar", host);
  const panel = need("#ticket", host);
  button.addEventListener("click", pay);
  bar.addEventListener("click", () => panel.classList.toggle("ticket--open"));
  need("#ticket-close", host).addEventListener("click", () => panel.classList.remove("ticket--open"));
  need("#clear", host).addEventListener("click", clearCart);
  const draw = () => {
    const { lines } = till.get();
    const sale = pricedCart();
    if (sale) fill(list, ...lines.map((line, index) => row(line, sale.lines[index].total)));
    else fill(list, h("li", { class: "empty" }, icon("shopping-cart", "large"), t("empty")));
    const total = sale ? money(sale.totals.total) : money("0");
    fill(totals, ...(sale ? summary(sale) : []), h("div", { class: "facts__total" }, h("dt", {}, t("total")), h("dd", { class: "amount" }, total)));
    fill(button, h("span", {}, t("pay")), h("span", { class: "amount" }, total));
    button.disabled = !sale;
    fill(bar, h("span", {}, counted("ticketCount", countOf(lines))), h("span", { class: "amount" }, total));
    setText(need("#ticket-count", host), lines.length ? counted("ticketCount", countOf(lines)) : "");
    if (!lines.length) panel.classList.remove("ticket--open");
    need("#clear", host).toggleAttribute("disabled", !lines.length);
    list.scrollTo({ top: 1e6 });
  };
  till.watch(["lines", "catalog"], draw);
  draw();
}

/** @param {ReturnType<typeof price>} sale */
const summary = (sale) =>
  sale.taxes.flatMap((group) =>
    group.rates.map((rate) => h("div", {}, h("dt", {}, t("tax", { code: rate.code, rate: quantityText(rate.rate) })), h("dd", { class: "amount" }, money(rate.amount)))),
  );

/** @param {import("../cart.js").CartLine} line @param {string} total */
function row(line, total) {
  const name = line.item.variant ? `${line.item.name} ${line.item.variant}` : line.item.name;
  const change = (/** @type {string} */ quantity) => (quantity === "0" ? remove(line, name) : till.set({ lines: withQuantity(till.get().lines, line.id, quantity) }));
  return h(
    "li",
    { class: "line" },
    h("button", { class: "line__quantity", type: "button", "aria-label": `${t("quantity")} ${name}`, onclick: () => askQuantity(line, name) }, quantityText(line.quantity)),
    h("div", { class: "line__name" }, h("span", {}, name), h("small", { class: "amount" }, money(line.item.price))),
    h("span", { class: "line__total amount" }, money(total, true)),
    h(
      "div",
      { class: "line__steps" },
      h("button", { class: "button button--quiet button--icon", type: "button", "aria-label": `${t("less")}: ${name}`, onclick: () => change(stepped(line, -1)) }, icon("minus")),
      h("button", { class: "button button--quiet button--icon", type: "button", "aria-label": `${t("more")}: ${name}`, onclick: () => change(stepped(line, 1)) }, icon("plus")),
      h("button", { class: "button button--quiet button--icon", type: "button", "aria-label": `${t("remove")}: ${name}`, onclick: () => remove(line, name) }, icon("trash-2")),
    ),
  );
}

/** A removed line comes back whole. @param {import("../cart.js").CartLine} line @param {string} name */
function remove(line, name) {
  const before = till.get().lines;
  till.set({ lines: withQuantity(before, line.id, "0") });
  toast(t("lineRemoved", { name }), { closeLabel: t("close"), action: { label: t("undo"), act: () => till.set({ lines: [...till.get().lines, line] }) } });
}

/** @param {import("../cart.js").CartLine} line @param {string} name */
function askQuantity(line, name) {
  const quantity = field(t("quantity"), { id: "quantity", inputmode: "decimal", autocomplete: "off", value: quantityText(line.quantity), "data-first": true });
  const save = () => {
    const typed = plainNumber(quantity.input.value, 3);
    if (typed === null || typed === "0") return quantity.say(t("quantityBad"));
    if (!fits(line, typed)) return quantity.say(t("piecesOnly"));
    till.set({ lines: withQuantity(till.get().lines, line.id, typed) });
    sheet.close();
  };
  const sheet = openSheet({
    title: name,
    closeLabel: t("close"),
    name: "quantity",
    body: [h("form", { onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), save()) }, quantity.element)],
    foot: [h("button", { class: "button button--primary button--wide", type: "button", onclick: save }, "OK")],
  });
  quantity.input.select();
}
