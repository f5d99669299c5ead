// Cash without a sale: in, out, and handed over to an owner or manager, who enters their own PIN.

import { fill, h } from "../../lib/dom.js";
import { uuid7 } from "../../lib/ids.js";
import { pinPad } from "../../lib/pinpad.js";
import { openSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { Refusal } from "../api.js";
import { approve } from "../approvals.js";
import { expectedCash } from "../drawer.js";
import { formatPrice, padded, parsePrice } from "../money.js";
import { handOver, moveCash } from "../shifts.js";
import { setting, till } from "../till.js";
import { money, plainNumber, t } from "../words.js";
import { field } from "./gate.js";
import { courierPart } from "./party.js";
import { padWords, sentence } from "./pin.js";
import { reasonField } from "./reason.js";

const RECEIVE = "cash.receive";
const MANAGERS = ["owner", "admin", "manager"];
const REASONS = /** @type {const} */ ({ in: ["reasonChangeFund"], out: ["reasonBank", "reasonSupplier"] });

const done = (/** @type {string} */ text) => void toast(text, { closeLabel: t("close") });

/** The categories that are set; names and whether each is an expense. */
export const categories = () => /** @type {[string, boolean][]} */ (/** @type {unknown} */ (till.get().place?.settings?.["shift.cash_categories"] ?? []));

/** A field for an amount above nought, which may be held against the drawer. @param {string} id */
export function amountField(id) {
  const amount = field(t("cashAmount"), { id, inputmode: "decimal", autocomplete: "off", "data-first": true });
  const { digits } = till.get().place.store;
  /** The amount, or null, which is said. @param {boolean} goesOut */
  const read = async (goesOut) => {
    const typed = plainNumber(amount.input.value, digits);
    if (typed === null || !parsePrice(typed)) return amount.say(t("cashMissing")), null;
    const expected = goesOut ? await expectedCash() : null;
    if (expected !== null && parsePrice(typed) > parsePrice(expected, true)) return amount.say(setting("shift.blind", false) ? t("cashShortBlind") : t("cashShort", { expected: money(expected) })), null;
    amount.say("");
    return padded(formatPrice(parsePrice(typed)), digits);
  };
  return { ...amount, read };
}

/** Cash in or cash out. @param {"in" | "out"} direction */
export function openMove(direction) {
  const amount = amountField("cash-amount");
  const why = reasonField("cash-reason", REASONS[direction]);
  const category = direction === "out" ? choice("cash-category", t("cashCategory"), t("chooseCategory"), categories().map(([name]) => [name, name])) : null;
  let busy = false;
  const send = async () => {
    const sum = await amount.read(direction === "out");
    const named = category ? category.read() : "";
    if (sum === null || named === null) return;
    const reason = why.read();
    if (!reason) return;
    await moveCash({ direction, amount: sum, reason, ...(named && { category: named }) });
    sheet.close();
    done(t(direction === "in" ? "cashInDone" : "cashOutDone", { amount: money(sum) }));
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    void send().finally(() => (busy = false));
  };
  const title = t(direction === "in" ? "cashIn" : "cashOut");
  const sheet = openSheet({
    title,
    closeLabel: t("close"),
    name: `cash-${direction}`,
    body: [h("form", { class: "stack", novalidate: true, onsubmit: submit }, amount.element, category && category.element, why.element, h("button", { class: "button button--primary button--large button--wide", type: "submit" }, t(direction === "in" ? "cashInDo" : "cashOutDo")))],
  });
}

/**
 * A list of which one must be chosen.
 * @param {string} id
 * @param {string} label
 * @param {string} missing
 * @param {[string, string][]} options
 */
export function choice(id, label, missing, options) {
  const error = h("p", { class: "field__error", id: `${id}-error`, role: "alert" });
  const select = h("select", { class: "select", id, "aria-describedby": `${id}-error` }, h("option", { value: "" }, "–"), ...options.map(([value, name]) => h("option", { value }, name)));
  const read = () => {
    error.textContent = select.value ? "" : missing;
    if (!select.value) select.focus();
    return select.value || null;
  };
  return { select, read, element: h("div", { class: "field" }, h("label", { class: "field__label", for: id }, label), select, error) };
}

/** Who may take cash over here, besides the one who gives it. @returns {[string, string][]} */
function receivers() {
  const { catalog, person, place } = till.get();
  return Object.entries(catalog?.employees ?? {})
    .filter(([id, [, role, codes, stores]]) => id !== person?.id && MANAGERS.includes(role) && codes.includes(RECEIVE) && (!stores || stores.includes(place.store.id)))
    .map(([id, [name]]) => [id, name]);
}

export function openHandover() {
  const people = receivers();
  const amount = amountField("handover-amount");
  const who = choice("handover-to", t("handoverTo"), t("chooseReceiver"), people);
  const cod = courierPart();
  const inside = h("div", { class: "stack" });
  const first = h("form", { class: "stack", novalidate: true, onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void ask()) }, cod && cod.element, amount.element, who.element, h("p", { class: "caption" }, t("cashStays")), h("button", { class: "button button--primary button--large button--wide", type: "submit" }, t("handoverDo")));
  const ask = async () => {
    const sum = await amount.read(true);
    const courier = sum === null || !cod ? undefined : cod.read(sum);
    const receiver = sum === null || courier === null ? null : who.read();
    if (sum !== null && receiver && courier !== null) confirm(sum, receiver, people.find(([id]) => id === receiver)?.[1] ?? "", courier);
  };
  const confirm = (/** @type {string} */ sum, /** @type {string} */ receiver, /** @type {string} */ name, /** @type {import("../entrusted.js").Party | undefined} */ courier) => {
    const id = uuid7();
    const pad = pinPad(padWords(t("handoverPin", { name })), {
      onPin: async (pin) => {
        try {
          const given = await approve(pin, [{ code: RECEIVE, amounts: { total: sum }, scope: {} }], `operation:${id}`, t("handover"), receiver);
          await handOver({ receiver, amount: sum, ...(courier && { courier }) }, id, given);
        } catch (error) {
          return tell(pad, error);
        }
        sheet.close();
        done(t("handoverDone", { amount: money(sum), name: courier?.name ?? name }));
      },
    });
    fill(inside, h("p", {}, h("strong", { class: "amount" }, money(sum)), ` → ${name}`), pad.element, h("button", { class: "button", type: "button", onclick: () => fill(inside, first) }, t("back")));
    pad.focus();
  };
  if (people.length) inside.append(first);
  else inside.append(h("p", { class: "banner banner--warn banner--card" }, t("handoverNobody")));
  const giver = till.get().person?.id;
  // whoever comes to the lock in between finds the question gone
  const away = till.watch(["person"], ({ person }) => person?.id !== giver && sheet.close());
  const sheet = openSheet({ title: t("handover"), closeLabel: t("close"), name: "handover", body: [inside], onClose: () => away() });
}

/** @param {import("../../lib/pinpad.js").Pad} pad @param {unknown} error */
function tell(pad, error) {
  const words = sentence(error);
  const code = error instanceof Refusal ? error.code : "";
  if (error instanceof Refusal && code === "too_many_tries" && error.seconds) pad.lock(error.seconds);
  else pad.say(["pin_unknown", "not_approved"].includes(code) ? t("pinUnknown") : words);
}
