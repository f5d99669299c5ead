// Money that is somebody else's: a commission sale, paying the owner of the goods, parcels of a courier.

import { h } from "../../lib/dom.js";
import { uuid7 } from "../../lib/ids.js";
import { openSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { PAY_OWNER, book } from "../entrusted.js";
import { parsePrice } from "../money.js";
import { setting, till } from "../till.js";
import { counted, money, plainNumber, t } from "../words.js";
import { askApproval } from "./approve.js";
import { amountField } from "./cash.js";
import { field } from "./gate.js";
import { owedLine, partyField } from "./party.js";


/** Whether the shop uses a part, and this person may. @param {string} module @param {string} code */
export const knows = (module, code) => Boolean(till.get().shift && setting(module, true) && till.get().person?.codes.includes(code));

const done = (/** @type {string} */ text) => void toast(text, { closeLabel: t("close") });

/** @param {string} name @param {string} title @param {string} verb @param {(Node | false)[]} fields @param {() => Promise<string | null>} act what was done, in words; null while something is missing */
function form(name, title, verb, fields, act) {
  let busy = false;
  const send = async () => {
    const said = await act();
    if (said === null) return;
    sheet.close();
    done(said);
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    void send().finally(() => (busy = false));
  };
  const button = h("button", { class: "button button--primary button--large button--wide", type: "submit" }, verb);
  const sheet = openSheet({ title, closeLabel: t("close"), name, body: [h("form", { class: "stack", novalidate: true, onsubmit: submit }, ...fields, button)] });
}

/** INV-20: goods of an owner, paid with the store. */
export function openCommission() {
  const who = partyField("owner", t("goodsOwner"));
  const amount = amountField("commission-amount");
  const note = field(t("note"), { id: "commission-note", autocomplete: "off", maxlength: "200" });
  const radio = (/** @type {string} */ value, /** @type {string} */ label, checked = false) => h("label", { class: "choice" }, h("input", { type: "radio", name: "method", value, checked }), h("span", {}, label));
  const method = h("fieldset", { class: "checks" }, h("legend", { class: "field__label" }, t("howPaid")), radio("card", t("card"), true), radio("cash", t("cash")));
  form("commission", t("commissionSale"), t("commissionDo"), [h("p", { class: "caption" }, t("commissionHelp")), who.element, amount.element, method, note.element], async () => {
    const owner = who.read();
    const sum = owner ? await amount.read(false) : null;
    if (!owner || sum === null) return null;
    const chosen = /** @type {HTMLInputElement | null} */ (method.querySelector(":checked"))?.value ?? "card";
    await book("consignment.sell", { owner, amount: sum, method: chosen, note: note.input.value.trim() });
    return t("commissionDone", { amount: money(sum), name: owner.name });
  });
}

/** INV-21: cash to an owner; whoever may not alone asks a manager. */
export function openPayOwner() {
  const who = partyField("owner", t("goodsOwner"));
  const line = owedLine(who, "owner");
  const amount = amountField("owner-amount");
  const note = field(t("whoTook"), { id: "owner-note", autocomplete: "off", maxlength: "200", required: true });
  form("pay-owner", t("payOwner"), t("payOwnerDo"), [who.element, line.element, amount.element, note.element], async () => {
    const owner = who.read();
    const sum = owner ? await amount.read(true) : null;
    if (!owner || sum === null) return null;
    if (!line.covers(owner, sum)) return amount.say(t("owedLess")), null;
    const signed = note.input.value.trim();
    if (!signed) return note.say(t("whoTookMissing")), null;
    const id = uuid7();
    const may = till.get().person?.codes.includes(PAY_OWNER);
    const given = may ? [] : await askApproval([{ code: PAY_OWNER, amounts: { total: sum, label: owner.name }, scope: {} }], `operation:${id}`, signed);
    if (!given) return null;
    await book("consignment.pay", { owner, amount: sum, note: signed }, id, given);
    return t("payOwnerDone", { amount: money(sum), name: owner.name });
  });
}

/** INV-24: parcels that a courier left, and what customers paid for them. */
export function openParcels() {
  const { digits } = till.get().place.store;
  const who = partyField("courier", t("courier"));
  const packages = field(t("packages"), { id: "packages", inputmode: "numeric", autocomplete: "off" });
  const cod = field(t("codAmount"), { id: "cod", inputmode: "decimal", autocomplete: "off" });
  form("parcels", t("postal"), t("parcelsDo"), [who.element, packages.element, cod.element, h("p", { class: "caption" }, t("codHelp"))], async () => {
    const courier = who.read();
    if (!courier) return null;
    const count = packages.input.value.trim() || "0";
    if (!/^\d{1,5}$/.test(count)) return packages.say(t("packagesWrong")), null;
    packages.say("");
    const typed = plainNumber(cod.input.value.trim() || "0", digits);
    if (typed === null) return cod.say(t("codWrong")), null;
    if (!Number(count) && !parsePrice(typed)) return cod.say(t("parcelsNothing")), null;
    await book("parcels.receive", { courier, packages: Number(count), cod: typed });
    return t("parcelsDone", { packages: counted("parcels", Number(count)), amount: money(typed), name: courier.name });
  });
}
