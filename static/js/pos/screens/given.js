// After money was given back: how much on what, and the slip.

import { h, icon } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { money, t } from "../words.js";
import { receiptBody, showReceipt, tenderName } from "./slip.js";

const GIVE = /** @type {Record<string, import("../words.js").Key>} */ ({ cash: "giveCash", online: "giveOnline" });

/** What goes back where the new goods of an exchange cost less, and on what. @param {{method: string, paid: string}[]} [tenders] */
export function givenBack(tenders = []) {
  const given = tenders.filter(({ paid }) => /[1-9]/.test(paid));
  if (!given.length) return [h("span", {}, t("exchangeEven"))];
  return given.flatMap(({ method, paid }) => [h("span", {}, t(GIVE[method] ?? "giveOther", { tender: t(tenderName(method)) })), h("strong", { class: "amount" }, money(paid))]);
}

/** @param {import("../returns.js").Receipt} document a refund or a void */
export function openGiven(document) {
  const part = (/** @type {import("../returns.js").Tender} */ { method, amount }) =>
    h("p", { class: "paid__change" }, h("span", {}, t(GIVE[method] ?? "giveOther", { tender: t(tenderName(method)) })), h("strong", { class: "amount" }, money(amount)));
  const sheet = openSheet({
    title: `${t(document.kind === "void" ? "voidName" : "refund")} · ${document.label}`,
    closeLabel: t("close"),
    name: "given",
    body: [
      h(
        "div",
        { class: "paid" },
        ...document.tenders.map(part),
        h(
          "div",
          { class: "paid__acts" },
          h("button", { class: "button button--large", type: "button", onclick: () => showReceipt(document, false) }, icon("printer"), t("print")),
          h("button", { class: "button button--primary button--large paid__next", type: "button", "data-first": true, onclick: () => sheet.close() }, t("done")),
        ),
        h("details", { class: "paid__receipt" }, h("summary", {}, t("receipt")), receiptBody(document, false)),
      ),
    ],
  });
}
