// Who is buying: found in the cache, put on the cart and taken off it, with or without a network.

import { fill, h, icon } from "../../lib/dom.js";
import { announce } from "../../lib/live.js";
import { openSheet, topSheet } from "../../lib/sheet.js";
import { Refusal, call } from "../api.js";
import { byCard, customersOf, findCustomers } from "../customers.js";
import { isMember, programmeOf } from "../points.js";
import { setting, till } from "../till.js";
import { t } from "../words.js";
import { mayAdd, openCustomer, openNewCustomer } from "./customer-new.js";
import { field } from "./gate.js";

/** @typedef {import("../customers.js").Customer} Customer */

const MOST = 30;
const PATIENCE = 5000;

/** Whether the shop uses this part. */
export const knowsCustomers = () => setting("module.customer_management", true);

const everybody = () => {
  const { catalog } = till.get();
  return catalog && knowsCustomers() ? customersOf(catalog) : [];
};

/** @param {Customer | null} customer */
function attach(customer) {
  till.set({ customer });
  announce(customer ? customer.name : t("customerNone"));
  if (customer && isMember(programme(), customer)) void askPoints(customer);
}

const programme = () => programmeOf(till.get().place?.settings);

/** What somebody has by now; the cache heard of it some minutes ago. @param {Customer} customer */
async function askPoints({ id }) {
  try {
    const { points } = await call("points", { customer: id }, PATIENCE);
    const { customer } = till.get();
    if (customer?.id === id && customer.points !== points) till.set({ customer: { ...customer, points } });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** A code from a scanner that is somebody's card; false where it is nobody's. @param {string} code */
export function scannedCard(code) {
  const customer = byCard(everybody(), code);
  if (customer) attach(customer);
  return Boolean(customer);
}

/** The sheet that finds somebody. */
export function openCustomers() {
  if (!knowsCustomers() || topSheet()) return;
  const list = h("ul", { class: "list" });
  const search = field(t("customerSearch"), { id: "customer-search", type: "search", autocomplete: "off", "data-first": true });
  const choose = (/** @type {Customer | null} */ customer) => {
    sheet.close();
    attach(customer);
  };
  const draw = () => {
    const query = search.input.value;
    const all = everybody();
    const found = findCustomers(all, query, MOST);
    fill(list, ...found.map((customer) => row(customer, choose)));
    if (!found.length) fill(list, h("li", { class: "empty" }, t(all.length ? "noHit" : "customersEmpty", { query })));
  };
  const enter = () => {
    const all = everybody();
    const found = findCustomers(all, search.input.value, 2);
    const meant = byCard(all, search.input.value) ?? (found.length === 1 ? found[0] : undefined);
    if (meant) choose(meant);
  };
  search.input.addEventListener("input", draw);
  const form = h("form", { onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), enter()) }, search.element);
  const add = () => {
    sheet.close();
    openNewCustomer(search.input.value.trim(), attach);
  };
  const more = mayAdd() && h("button", { class: "button", type: "button", onclick: add }, icon("user-plus"), t("customerNew"));
  const { customer: attached } = till.get();
  const change = () => {
    sheet.close();
    if (attached) openCustomer(attached, attach);
  };
  const edit = attached && mayAdd() && h("button", { class: "button", type: "button", onclick: change }, icon("pencil"), t("customerEdit"));
  const off = attached && h("button", { class: "button", type: "button", onclick: () => choose(null) }, icon("x"), t("customerOff"));
  const sheet = openSheet({ title: t("customer"), closeLabel: t("close"), name: "customer", wide: true, body: [form, list], foot: [off, edit, more] });
  draw();
}

/** @param {Customer} customer @param {(customer: Customer) => void} choose */
const row = (customer, choose) =>
  h(
    "li",
    {},
    h(
      "button",
      { class: "list__item", type: "button", onclick: () => choose(customer) },
      icon("user-round"),
      h("span", { class: "list__main" }, h("strong", {}, customer.name), h("small", { class: "caption" }, [customer.company, customer.phone, customer.email, pointsOf(customer)].filter(Boolean).join(" · "))),
    ),
  );

/** @param {Customer} customer */
const pointsOf = (customer) => isMember(programme(), customer) && t("pointsHas", { count: customer.points });

/** The button on the ticket: who is buying, or the way to say so. @param {HTMLElement} button */
export function startCustomer(button) {
  button.addEventListener("click", openCustomers);
  const draw = () => {
    const { customer } = till.get();
    button.hidden = !knowsCustomers();
    const points = customer && pointsOf(customer);
    fill(button, icon(customer ? "user-round" : "user-plus"), h("span", {}, customer ? customer.name : t("customer")), points && h("small", { class: "caption" }, points));
    button.classList.toggle("ticket__customer--known", Boolean(customer));
  };
  till.watch(["customer", "place"], draw);
  draw();
}
