// The float before the first sale: the standard amount or a reason, and a reason for a late start.

import { h } from "../../lib/dom.js";
import { lateMinutes } from "../hours.js";
import { formatPrice, padded, parsePrice } from "../money.js";
import { clockNow, openElsewhere, openShift, workHours } from "../shifts.js";
import { setting, till } from "../till.js";
import { money, plainNumber, quantityText, t } from "../words.js";
import { field, gate } from "./gate.js";

const PREVIEW = "shift.preview";

/** A field for a reason, hidden until it is due. @param {string} id @param {string} label */
export function whyField(id, label) {
  const why = field(label, { id, autocomplete: "off", maxlength: "200" });
  const show = (/** @type {boolean} */ due) => (why.element.hidden = !due);
  /** What was written, "" where none is due; null where it is missing, which is said. */
  const read = () => (why.element.hidden ? "" : why.input.value.trim() || (why.say(t("reasonMissing")), null));
  return { ...why, show, read };
}

/** A word in capitals, and what it is about. @param {string} word @param {string} text */
export const tag = (word, text) => h("p", { class: "banner banner--warn banner--card" }, h("strong", { class: "badge badge--warn" }, word), text);

/** @param {HTMLElement} host @param {() => void} next */
export function shiftScreen(host, next) {
  const fixed = setting("shift.opening_mode", "") === "fixed" ? setting("shift.opening_amount", "0") : null;
  const late = lateMinutes(workHours(), clockNow());
  const float = field(t("openingFloat"), { id: "float", inputmode: "decimal", autocomplete: "off", value: quantityText(fixed ?? "0"), class: "input input--large" });
  const note = h("p", { class: "caption", id: "float-note", role: "status" });
  const why = whyField("float-why", t("openingWhy"));
  const lateWhy = whyField("late-why", t("lateWhy"));
  const { digits } = till.get().place.store;
  const differs = () => {
    const amount = plainNumber(float.input.value, digits);
    return fixed !== null && amount !== null && parsePrice(amount) !== parsePrice(fixed);
  };
  const draw = () => {
    why.show(differs());
    note.textContent = differs() ? t("deviates", { amount: money(fixed ?? "0") }) : "";
  };
  float.input.addEventListener("input", draw);
  lateWhy.show(late > 0);
  draw();
  let busy = false;
  const open = async () => {
    const amount = plainNumber(float.input.value, digits);
    if (amount === null) return float.say(t("quantityBad"));
    const [reason, lateReason] = [why.read(), lateWhy.read()];
    if (reason === null || lateReason === null) return;
    const elsewhere = await openElsewhere();
    if (elsewhere) return float.say(t("elsewhereOpen", { terminal: elsewhere }));
    await openShift(padded(formatPrice(parsePrice(amount)), digits), { ...(reason && { reason }), ...(lateReason && { late_reason: lateReason }) });
    next();
  };
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    await open().finally(() => (busy = false));
  };
  gate(
    host,
    h("h1", {}, t("openShift")),
    h("p", {}, t("openShiftHelp")),
    h(
      "form",
      { class: "gate__form", novalidate: true, onsubmit: (/** @type {Event} */ event) => void submit(event) },
      late > 0 && tag(t("lateTag"), t("lateText", { minutes: late })),
      lateWhy.element,
      float.element,
      note,
      why.element,
      h("button", { class: "button button--primary button--large button--wide", type: "submit" }, t("openShift")),
    ),
    Boolean(till.get().person?.codes.includes(PREVIEW)) && h("button", { class: "button button--large button--wide", type: "button", id: "preview-start", onclick: () => (till.set({ preview: true }), next()) }, t("previewStart")),
  );
  float.input.select();
}
