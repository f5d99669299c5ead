// Whose money it is: a name that is known or entered, what is owed, and whether a handover is a courier's.

import { h } from "../../lib/dom.js";
import { owed, partiesOf, partyNamed } from "../entrusted.js";
import { parsePrice } from "../money.js";
import { setting } from "../till.js";
import { money, t } from "../words.js";
import { field } from "./gate.js";

const LONGEST = "60";
const OFFERED = 6;

/**
 * A name, chosen of those that are known or entered.
 * @param {"owner" | "courier"} kind
 * @param {string} label
 */
export function partyField(kind, label) {
  const known = partiesOf(kind);
  const name = field(label, { id: "party", list: "party-known", autocomplete: "off", maxlength: LONGEST, required: true, "data-first": true });
  name.element.append(h("datalist", { id: "party-known" }, ...known.map((party) => h("option", { value: party.name }))));
  const chips = h("div", { class: "discount__presets" }, ...known.slice(0, OFFERED).map((party) => h("button", { class: "button button--small", type: "button", onclick: () => ((name.input.value = party.name), name.input.dispatchEvent(new Event("change"))) }, party.name)));
  if (known.length) name.element.append(chips);
  const read = () => (name.input.value.trim() ? partyNamed(kind, name.input.value) : (name.say(t("partyMissing")), null));
  return { ...name, read };
}

/** Says beside the name what is owed, once the server has answered. @param {ReturnType<typeof partyField>} who @param {"owner" | "courier"} kind */
export function owedLine(who, kind) {
  const line = h("p", { class: "caption", "aria-live": "polite" });
  /** @type {Map<string, string> | null} */
  let sums = null;
  const show = () => {
    const named = who.input.value.trim() ? partyNamed(kind, who.input.value) : null;
    line.textContent = !named ? "" : sums ? t("owedNow", { amount: money(sums.get(named.id) ?? "0") }) : t("owedUnknown");
  };
  who.input.addEventListener("input", show);
  who.input.addEventListener("change", show);
  void owed().then((found) => ((sums = found), show()));
  /** Whether so much is owed, as far as anybody knows. @param {import("../entrusted.js").Party} party @param {string} amount */
  const covers = (party, amount) => !sums || parsePrice(sums.get(party.id) ?? "0", true) >= parsePrice(amount);
  return { element: line, covers };
}

/** What a handover is of: takings, or the money of parcels that goes on to their courier (C-45). Null where the shop knows no parcels. */
export function courierPart() {
  if (!setting("module.postal_packages", true)) return null;
  const who = partyField("courier", t("courier"));
  const line = owedLine(who, "courier");
  const inside = h("div", { class: "stack", hidden: true }, who.element, line.element);
  const radio = (/** @type {string} */ value, /** @type {string} */ label, checked = false) => h("label", { class: "choice" }, h("input", { type: "radio", name: "handover-of", value, checked, onchange: () => (inside.hidden = value !== "cod") }), h("span", {}, label));
  const element = h("fieldset", { class: "checks" }, h("legend", { class: "field__label" }, t("handoverOf")), radio("takings", t("handoverTakings"), true), radio("cod", t("codToCourier")), inside);
  /** The courier, undefined for takings; null while something is missing, which is said. @param {string} sum */
  const read = (sum) => {
    if (inside.hidden) return undefined;
    const courier = who.read();
    return courier && !line.covers(courier, sum) ? (who.say(t("owedLess")), null) : courier;
  };
  return { element, read };
}
