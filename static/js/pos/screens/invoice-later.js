// An invoice of a receipt from before: somebody comes back for it.

import { h } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { invoiceLater, mayInvoice } from "../invoices.js";
import { t } from "../words.js";
import { buyerFields } from "./buyer.js";

/** Whether an invoice can be made of it here. @param {any} receipt */
export const invoiceable = (receipt) => receipt.kind === "sale" && !receipt.training && !receipt.invoice && mayInvoice();

/**
 * @param {any} receipt
 * @param {(receipt: any) => void} done with the receipt that names its invoice
 */
export function openInvoice(receipt, done) {
  const fields = buyerFields(null);
  let busy = false;
  const make = async () => {
    const buyer = fields.read();
    if (!buyer || busy) return;
    busy = true;
    const named = await invoiceLater(receipt, buyer).finally(() => (busy = false));
    sheet.close();
    toast(`${t("invoice")} ${named.invoice.label}`, { closeLabel: t("close") });
    done(named);
  };
  const form = h("form", { id: "invoice-form", class: "pay", novalidate: true, onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void make()) }, fields.element);
  const foot = [h("button", { class: "button button--primary button--wide button--large", type: "submit", form: "invoice-form" }, t("invoiceMake"))];
  const sheet = openSheet({ title: `${t("invoice")} · ${receipt.label}`, closeLabel: t("close"), name: "invoice", wide: true, body: [form], foot });
  fields.first.focus();
}
