// After payment: the change, big, until the next sale begins. A scan begins it.

import { h, icon } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { printAlone, printsItself } from "../printing.js";
import { money, t } from "../words.js";
import { givenBack } from "./given.js";
import { receiptActs } from "./receipt-acts.js";
import { reviewReminder } from "./review.js";
import { receiptBody, showReceipt } from "./slip.js";

/**
 * @param {import("../db.js").ReceiptRecord} receipt
 * @param {{email?: string, given?: {method: string, paid: string}[]}} [known] of who was buying; what an exchange gives back
 */
export function openPaid(receipt, known) {
  const acts = receiptActs(receipt, known);
  const change = receipt.tenders.find((/** @type {any} */ tender) => tender.method === "cash")?.change ?? "0";
  const sheet = openSheet({
    title: [t("paid"), receipt.label, receipt.training && t("training")].filter(Boolean).join(" · "),
    closeLabel: t("close"),
    name: "paid",
    zone: true,
    onScan: () => (sheet.close(), false),
    onClose: () => dispatchEvent(new Event("order-done")),
    body: [
      h(
        "div",
        { class: "paid" },
        known?.given?.some(({ paid }) => /[1-9]/.test(paid)) ? h("p", { class: "paid__change", id: "given-back" }, ...givenBack(known.given)) : "",
        h("p", { class: "paid__change" }, h("span", {}, t("change")), h("strong", { class: "amount", id: "change-due" }, money(change))),
        receipt.points?.earned ? h("p", { class: "paid__points", id: "points-earned" }, icon("gift"), t("pointsEarned", { count: receipt.points.earned })) : "",
        reviewReminder(),
        h(
          "div",
          { class: "paid__acts" },
          h("button", { class: "button button--large", type: "button", onclick: () => showReceipt(receipt, false) }, icon("printer"), t("print")),
          ...acts.buttons,
          h("button", { class: "button button--primary button--large paid__next", type: "button", "data-first": true, onclick: () => sheet.close() }, t("newSale")),
        ),
        acts.why,
        h("details", { class: "paid__receipt" }, h("summary", {}, t("receipt")), receiptBody(receipt, false)),
      ),
    ],
  });
  // the change is in sight before the browser's window lies over it
  if (printsItself() && !receipt.training) setTimeout(() => printAlone(receiptBody(receipt, false)), 50);
}
