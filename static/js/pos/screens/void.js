// Taking a whole receipt of the running shift back: what it was, why, and a manager's yes where it takes one.

import { h } from "../../lib/dom.js";
import { uuid7 } from "../../lib/ids.js";
import { openSheet } from "../../lib/sheet.js";
import { makeVoid } from "../giveback.js";
import { VOID, paidFor } from "../returns.js";
import { currency, till } from "../till.js";
import { money, t } from "../words.js";
import { askApproval } from "./approve.js";
import { openGiven } from "./given.js";
import { reasonField } from "./reason.js";

const REASONS = /** @type {const} */ (["reasonWrong", "reasonTwice", "reasonTest", "reasonChanged"]);

/** @param {import("../returns.js").Receipt} receipt */
export function openVoid(receipt) {
  const reason = reasonField("void-reason", REASONS);
  const total = paidFor(receipt, currency().digits);
  let busy = false;
  const make = async () => {
    const said = reason.read();
    if (!said || busy) return;
    busy = true;
    try {
      const id = uuid7();
      const may = till.get().person?.codes.includes(VOID);
      const approvals = may ? [] : await askApproval([{ code: VOID, amounts: { label: receipt.label, total }, scope: {} }], `operation:${id}`, said);
      if (!approvals) return;
      const document = await makeVoid(receipt, { id, reason: said, approvals });
      sheet.close();
      openGiven(document);
    } finally {
      busy = false;
    }
  };
  const form = h("form", { class: "pay", id: "void-form", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void make()) }, h("p", {}, t("voidHelp")), reason.element);
  const sheet = openSheet({
    title: `${t("voidName")} · ${receipt.label}`,
    closeLabel: t("close"),
    name: "void",
    body: [form],
    foot: [
      h("p", { class: "refund__total" }, h("span", {}, t("refundTotal")), h("strong", { class: "amount" }, money(total))),
      h("button", { class: "button button--danger-fill button--large", type: "submit", form: "void-form" }, t("voidDo")),
    ],
  });
}
