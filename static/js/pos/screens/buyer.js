// Whom an invoice is made out to: three fields that the customer on the cart fills.

import { h } from "../../lib/dom.js";
import { t } from "../words.js";
import { field } from "./gate.js";

/** @typedef {import("../invoices.js").Buyer} Buyer */

/** @param {import("../customers.js").Customer | null} customer */
export function buyerFields(customer) {
  const known = customer?.company ? customer : null;
  const text = (/** @type {string} */ label, /** @type {string} */ id, /** @type {number} */ longest, /** @type {string} */ value) =>
    field(label, { id, autocomplete: "off", maxlength: String(longest), value, class: "input" });
  const company = text(t("customerCompany"), "buyer-company", 120, known?.company ?? "");
  const tax = text(t("buyerTax"), "buyer-tax", 40, known?.tax_number ?? "");
  const address = text(t("buyerAddress"), "buyer-address", 200, known?.address ?? "");
  const element = h("div", { class: "buyer" }, company.element, tax.element, address.element);
  /** What was typed, or null after saying what is missing. @returns {Buyer | null} */
  const read = () => {
    const [name, number, place] = [company, tax, address].map(({ input }) => input.value.trim().replace(/\s+/g, " "));
    tax.say(number ? "" : t("buyerTaxMissing"));
    company.say(name ? "" : t("buyerCompanyMissing"));
    return name && number ? { company: name, tax_number: number, address: place } : null;
  };
  return { element, read, first: company.input };
}
