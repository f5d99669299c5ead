// A manager's yes to one act: what is asked, why, and their PIN. Whoever closes the sheet has said no.

import { h } from "../../lib/dom.js";
import { pinPad } from "../../lib/pinpad.js";
import { openSheet } from "../../lib/sheet.js";
import { Refusal } from "../api.js";
import { approve } from "../approvals.js";
import { ABOVE_LIMIT, DISCOUNT, GRATIS, PRICE } from "../deals.js";
import { DISCARD } from "../discarding.js";
import { PAY_OWNER } from "../entrusted.js";
import { ALONE, OTHER_TENDER, VOID, WITHOUT_RECEIPT } from "../returns.js";
import { till } from "../till.js";
import { money, quantityText, t } from "../words.js";
import { NOT_HERE, padWords, sentence } from "./pin.js";
import { reasonField } from "./reason.js";

/** @typedef {import("../deals.js").Need} Need */
/** @typedef {import("../deals.js").Approval} Approval */

const REASONS = /** @type {const} */ (["reasonGuest", "reasonDamaged", "reasonComplaint", "reasonStaff"]);

/**
 * @param {Need[]} needs
 * @param {string} subject the act that it is for
 * @param {string} [said] the reason, where it was given already
 * @returns {Promise<Approval[] | null>}
 */
export function askApproval(needs, subject, said = "") {
  return new Promise((resolve) => {
    /** @type {Approval[] | null} */
    let given = null;
    const why = reasonField("approve-reason", REASONS, () => pad.focus());
    const send = async (/** @type {string} */ pin) => {
      const reason = said || why.read();
      if (!reason) return;
      try {
        given = await approve(pin, needs, subject, reason);
        sheet.close();
      } catch (error) {
        tell(error);
      }
    };
    const tell = (/** @type {unknown} */ error) => {
      const words = sentence(error);
      const code = error instanceof Refusal ? error.code : "";
      if (error instanceof Refusal && code === "too_many_tries" && error.seconds) pad.lock(error.seconds);
      else if (code === NOT_HERE) pad.say(`${t("notApproved")} ${t("pinKnownHere")}`);
      else pad.say(code === "not_approved" ? t("notApproved") : words);
    };
    const pad = pinPad(padWords(t("approvalPin")), { onPin: send });
    const asked = h("ul", { class: "approve__asked" }, ...needs.map((need) => h("li", {}, ...described(need))));
    const sheet = openSheet({
      title: t("approvalTitle"),
      closeLabel: t("close"),
      name: "approve",
      wide: true,
      body: [h("div", { class: "deal" }, h("div", { class: "deal__fields" }, h("p", { class: "caption" }, t("approvalHelp", { name: till.get().person?.name ?? "" })), asked, said ? h("p", {}, `${t("reason")}: ${said}`) : why.element), pad.element)],
      onClose: () => (away(), resolve(given)),
    });
    // Whoever comes to the lock in between finds the question gone: their PIN is no yes.
    const asker = till.get().person?.id;
    const away = till.watch(["person"], ({ person }) => person?.id !== asker && sheet.close());
    // a finger's first press is one of the usual reasons: no keyboard jumps up before it
    if (said) pad.focus();
    else if (matchMedia("(pointer: fine)").matches) why.input.focus();
    why.input.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), pad.focus()));
  });
}

/** @type {Record<string, import("../words.js").Key>} */
const WITH_TOTAL = { [DISCARD]: "needDiscard", [ALONE]: "needRefund", [OTHER_TENDER]: "needTender", [WITHOUT_RECEIPT]: "needWithout", [VOID]: "needVoid", [PAY_OWNER]: "needPayOwner" };

/** What is asked for, with its amounts. @param {Need} need @returns {(Node | string)[]} */
function described({ code, amounts }) {
  const sum = (/** @type {string} */ amount) => h("strong", { class: "amount" }, money(amount));
  if (code === ABOVE_LIMIT) return [t("needAbove"), sum(amounts.discount), h("small", {}, t("needAllowed", { allowed: money(amounts.allowed) }))];
  if (code === DISCOUNT) return [t("needDiscount"), sum(amounts.discount)];
  if (WITH_TOTAL[code]) return [t(WITH_TOTAL[code], { label: amounts.label ?? "", count: amounts.count ?? "" }), sum(amounts.total)];
  const article = `${quantityText(amounts.quantity)} × ${amounts.article}`;
  if (code === PRICE) return [t("needPrice", { article }), sum(amounts.price), h("small", {}, t("listPrice", { price: money(amounts.list_price) }))];
  if (code === GRATIS) return [t("needGratis", { article }), sum("0"), h("small", {}, t("listPrice", { price: money(amounts.list_price) }))];
  return [code];
}
