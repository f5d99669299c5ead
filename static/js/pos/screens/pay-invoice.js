// «B2B / invoice» on the payment sheet (POS-35, POS-36): the sale becomes an invoice too, made out to a company.

import { h } from "../../lib/dom.js";
import { issuing, mayInvoice } from "../invoices.js";
import { t } from "../words.js";
import { buyerFields } from "./buyer.js";

/** @type {import("./pay-parts.js").MakePart} */
export function invoicePart({ customer }) {
  if (!mayInvoice()) return null;
  const fields = buyerFields(customer);
  const on = h("input", { type: "checkbox", id: "pay-invoice", role: "switch" });
  const draw = () => {
    fields.element.hidden = !on.checked;
    on.setAttribute("aria-expanded", String(on.checked));
  };
  on.addEventListener("change", () => (draw(), on.checked && fields.first.focus()));
  draw();
  const element = h("div", { class: "pay__part" }, h("label", { class: "choice", for: "pay-invoice" }, on, h("span", {}, t("invoiceSwitch"))), fields.element);
  const said = () => {
    if (!on.checked) return {};
    const buyer = fields.read();
    return buyer && { further: [issuing(buyer)] };
  };
  return { element, said };
}
