// Somebody new, or other facts of somebody known: kept on this device at once and put on the cart (POS-13, CUS-07).

import { h } from "../../lib/dom.js";
import { uuid7 } from "../../lib/ids.js";
import { openSheet } from "../../lib/sheet.js";
import { customersOf, rowOf } from "../customers.js";
import { addressOf } from "../mailing.js";
import { putCustomer } from "../operations.js";
import { programmeOf } from "../points.js";
import { keep } from "../sync.js";
import { setting, till } from "../till.js";
import { t } from "../words.js";
import { field } from "./gate.js";

/** @typedef {import("../customers.js").Customer} Customer */
/** @typedef {keyof typeof LABELS} Fact */

const LONGEST = /** @type {Record<string, string>} */ ({ name: "120", phone: "40", email: "120", card: "60", company: "120", tax_number: "40", address: "120", city: "60" });
const LABELS = /** @type {const} */ ({ name: "customerName", phone: "customerPhone", email: "customerEmail", card: "customerCard", address: "customerAddress", city: "customerCity", company: "customerCompany", tax_number: "customerTax" });

const everybody = () => customersOf(till.get().catalog ?? { customers: {} });

/** Whether whoever is at the till may add somebody, or change them. */
export const mayAdd = () => !till.get().training && Boolean(till.get().person?.codes.includes("customer.add"));

/**
 * @param {string} begun what was searched: the beginning of a name
 * @param {(customer: Customer) => void} done
 */
export const openNewCustomer = (begun, done) => openForm(t("customerNew"), t("customerSave"), { name: begun }, null, done);

/**
 * @param {Customer} customer as they are on the cart; what the cache says by now is what is changed
 * @param {(customer: Customer) => void} done
 */
export function openCustomer(customer, done) {
  const now = everybody().find(({ id }) => id === customer.id) ?? customer;
  openForm(now.name, t("customerKeep"), { ...now, address: now.street }, now, done);
}

/**
 * @param {string} title
 * @param {string} button
 * @param {Partial<Record<Fact, string>>} values
 * @param {Customer | null} known
 * @param {(customer: Customer) => void} done
 */
function openForm(title, button, values, known, done) {
  const fields = Object.fromEntries(
    Object.entries(LABELS).map(([name, label]) => [name, field(t(label), { id: `customer-${name}`, autocomplete: "off", maxlength: LONGEST[name], value: values[/** @type {Fact} */ (name)] ?? "", ...(name === "name" && { "data-first": true }) })]),
  );
  const member = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox", role: "switch", id: "customer-enrolled" }));
  member.checked = known ? known.enrolled : setting("loyalty.auto_enrol", false);
  const programme = programmeOf(till.get().place?.settings).enabled;
  let busy = false;
  const save = async () => {
    const contact = Object.fromEntries(Object.entries(fields).map(([name, { input }]) => [name, input.value.trim().replace(/\s+/g, " ")]));
    contact.email = contact.email.toLowerCase();
    contact.card = contact.card.replace(/ /g, "");
    for (const { say } of Object.values(fields)) say("");
    if (!contact.name) return fields.name.say(t("customerNameMissing"));
    if (contact.email && !addressOf(contact.email)) return fields.email.say(t("customerEmailBad"));
    const same = everybody().find(({ id, email, card }) => id !== known?.id && ((email && email === contact.email) || (card && card === contact.card)));
    // one address, one customer: whoever has it already is who is meant
    if (same) return offer(same);
    if (busy) return;
    busy = true;
    const id = known?.id ?? uuid7();
    const enrolled = programme ? member.checked : known?.enrolled;
    await putCustomer(id, contact, enrolled).finally(() => (busy = false));
    await keep("customer", id, rowOf(contact, enrolled ?? false, known?.points ?? 0));
    sheet.close();
    const made = everybody().find((customer) => customer.id === id);
    if (made) done(made);
  };
  const said = h("p", { role: "status" });
  const offer = (/** @type {Customer} */ customer) => {
    said.replaceChildren(h("button", { class: "button button--wide", type: "button", onclick: () => (sheet.close(), done(customer)) }, t("customerKnown", { name: customer.name })));
    /** @type {HTMLElement | null} */ (said.querySelector("button"))?.focus();
  };
  const joins = programme && h("label", { class: "switch", for: "customer-enrolled" }, h("span", { class: "field__label" }, t("customerEnrolled")), member);
  const form = h("form", { id: "customer-form", class: "pay", novalidate: true, onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void save()) }, ...Object.values(fields).map(({ element }) => element), joins, said);
  const foot = [h("button", { class: "button button--primary button--wide button--large", type: "submit", form: "customer-form" }, button)];
  const sheet = openSheet({ title, closeLabel: t("close"), name: known ? "customer-edit" : "customer-new", wide: true, body: [form], foot });
}
