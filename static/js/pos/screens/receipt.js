// One receipt: everything on it, what became of it, and what can be done with it.

import { h, icon } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { noRefund, noVoid } from "../returns.js";
import { setting, till } from "../till.js";
import { money, t } from "../words.js";
import { invoiceable, openInvoice } from "./invoice-later.js";
import { openMail } from "./receipt-acts.js";
import { openRefund } from "./refund.js";
import { receiptBody, showReceipt } from "./slip.js";
import { openVoid } from "./void.js";

/**
 * @param {import("../returns.js").Receipt} receipt
 * @param {() => void} [leave] close what lies beneath
 */
export function openDetail(receipt, leave = () => {}) {
  const go = (/** @type {() => void} */ act) => () => (sheet.close(), leave(), act());
  const sheet = openSheet({
    title: receipt.label,
    closeLabel: t("close"),
    name: "receipt-detail",
    wide: true,
    body: [state(receipt), wayBack(receipt), receiptBody(receipt, true), reversals(receipt), why(receipt)],
    foot: acts(receipt, go),
  });
}

/** @param {import("../returns.js").Receipt} receipt */
function state(receipt) {
  if (receipt.voided) return h("p", { class: "banner banner--danger" }, t("voidedBy", { label: receipt.voided.label, reason: receipt.voided.reason }));
  return receipt.customer ? h("p", {}, icon("user-round"), ` ${receipt.customer}`) : null;
}

const WAYS_BACK = /** @type {Record<string, import("../words.js").Key>} */ ({ open: "onlineBackOpen", refunding: "onlineBackGoing", refunded: "onlineBackDone", dealt: "onlineBackDealt" });

/** How far money is that goes back through the gateway it came by; what the server has not told yet is on its way. @param {import("../returns.js").Receipt} receipt */
function wayBack(receipt) {
  const gone = receipt.kind !== "sale" && receipt.tenders.some(({ method }) => method === "online");
  const how = gone ? (receipt.online === undefined ? "refunding" : receipt.online) : null;
  return how && h("p", { class: how === "refunding" || how === "open" ? "banner banner--warn" : "caption", id: "way-back", "data-state": how }, t(WAYS_BACK[how]));
}

/** What cannot be done with it, and why. @param {import("../returns.js").Receipt} receipt */
function why(receipt) {
  const paper = till.get().link === "offline" && !receipt.training ? h("p", { class: "caption" }, t("paperLater")) : null;
  if (receipt.kind !== "sale" || receipt.voided) return paper;
  const reasons = [noRefund(receipt), noVoid(receipt, till.get().shift?.id, till.get().link === "offline")];
  return h("div", {}, paper, ...reasons.map((key) => key && key !== "refundedAll" && h("p", { class: "caption" }, t(key))));
}

/** What went back of it. @param {import("../returns.js").Receipt} receipt */
function reversals({ reversals: found = [] }) {
  if (!found.length) return null;
  const row = (/** @type {{label: string, kind: string, total: string, online?: string | null}} */ one) =>
    h("li", { class: "list__item" }, icon("rotate-ccw"), h("span", { class: "list__main" }, `${t(one.kind === "void" ? "voidName" : one.kind === "sale" ? "exchange" : "refund")} ${one.label}`, one.online && h("small", { class: "caption", "data-online": one.online }, t(WAYS_BACK[one.online]))), h("strong", { class: "amount" }, money(one.total)));
  return h("section", {}, h("h3", { class: "caption" }, t("wentBack")), h("ul", { class: "list" }, ...found.map(row)));
}

/**
 * @param {import("../returns.js").Receipt} receipt
 * @param {(act: () => void) => () => void} go
 */
function acts(receipt, go) {
  const { link, person, shift } = till.get();
  const may = (/** @type {string} */ code) => person?.codes.includes(code) ?? false;
  const off = (/** @type {import("../words.js").Key | null} */ key) => ({ disabled: key !== null, title: key && t(key), "aria-description": key && t(key) });
  const away = link === "offline";
  const toVoid = noVoid(receipt, shift?.id, away);
  const toRefund = noRefund(receipt);
  const again = h("button", { class: "button", type: "button", "data-first": true, onclick: () => showReceipt(receipt, true) }, icon("printer"), t("reprint"));
  if (receipt.training) return [again];
  const named = go(() => openInvoice(receipt, (made) => openDetail(made)));
  return [
    again,
    h("button", { class: "button", type: "button", "data-act": "mail", onclick: () => openMail(receipt) }, icon("mail"), t("mail")),
    invoiceable(receipt) && h("button", { class: "button", type: "button", "data-act": "invoice", onclick: named }, icon("file-text"), t("invoiceMake")),
    h("a", { class: "button", "data-act": "pdf", href: `/pos/receipts/${receipt.id}.pdf?copy`, target: "_blank", rel: "noopener", inert: away }, icon("file-text"), "PDF"),
    receipt.kind === "sale" && h("button", { class: "button button--danger", type: "button", "data-act": "void", ...off(toVoid), onclick: go(() => openVoid(receipt)) }, t("voidDo")),
    receipt.kind === "sale" && setting("module.refunds", true) && may("refund.make") && h("button", { class: "button button--primary", type: "button", "data-act": "refund", ...off(toRefund), onclick: go(() => openRefund(receipt)) }, icon("rotate-ccw"), t("refund")),
  ];
}
