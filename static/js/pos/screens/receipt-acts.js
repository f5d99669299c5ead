// What can be done with a receipt: print it, mail it, take its PDF, look at it in a new tab (POS-40).

import { h, icon } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { addressOf, mailLater } from "../mailing.js";
import { till } from "../till.js";
import { t } from "../words.js";
import { field } from "./gate.js";

/** @typedef {{id: string, label: string, invoice?: {label: string} | null, training?: boolean}} Named */

/**
 * The buttons besides printing. PDF and page come from the server, which has the receipt once everything was sent; it has none of practice.
 * @param {Named} receipt
 * @param {{email?: string}} [known] an address to begin with
 */
export function receiptActs(receipt, { email = "" } = {}) {
  if (receipt.training) return { buttons: [], why: "" };
  const paper = receipt.invoice ? `/pos/receipts/${receipt.id}/invoice` : `/pos/receipts/${receipt.id}`;
  const name = receipt.invoice?.label ?? receipt.label;
  const mail = h("button", { class: "button button--large", type: "button", "data-act": "mail", onclick: () => openMail(receipt, email) }, icon("mail"), t("mail"));
  const pdf = h("a", { class: "button button--large", "data-act": "pdf", href: `${paper}.pdf`, download: `${name}.pdf` }, icon("download"), "PDF");
  const view = h("a", { class: "button button--large", "data-act": "preview", href: `${paper}/`, target: "_blank", rel: "noopener" }, icon("eye"), t("preview"));
  /** @type {HTMLAnchorElement[]} */
  const links = [pdf, view];
  const why = h("p", { class: "caption", role: "status" });
  const draw = () => {
    if (!mail.isConnected && drawn) return stop();
    drawn = true;
    const { link, waiting } = till.get();
    const away = link === "offline" || waiting > 0;
    why.textContent = away ? t("paperLater") : "";
    for (const each of links) each.toggleAttribute("inert", away);
  };
  let drawn = false;
  const stop = till.watch(["link", "waiting"], draw);
  draw();
  return { buttons: [mail, ...links], why };
}

/** @param {Named} receipt @param {string} [email] */
export function openMail(receipt, email = "") {
  const address = field(t("customerEmail"), { id: "mail-to", type: "email", autocomplete: "off", maxlength: "254", value: email, "data-first": true });
  let busy = false;
  const send = async () => {
    const to = addressOf(address.input.value);
    if (!to) return address.say(t("customerEmailBad"));
    if (busy) return;
    busy = true;
    await mailLater(receipt.id, to).finally(() => (busy = false));
    sheet.close();
    toast(t("mailGoes", { to }), { closeLabel: t("close") });
  };
  const form = h("form", { id: "mail-form", class: "pay", novalidate: true, onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void send()) }, address.element);
  const foot = [h("button", { class: "button button--primary button--wide button--large", type: "submit", form: "mail-form" }, t("mailSend"))];
  const sheet = openSheet({ title: `${t("mailReceipt")} · ${receipt.label}`, closeLabel: t("close"), name: "mail", body: [form], foot });
}
