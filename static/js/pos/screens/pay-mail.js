// «Email receipt» on the payment sheet (POS-39): the address of who is buying, or another.

import { h } from "../../lib/dom.js";
import { addressOf, mailing } from "../mailing.js";
import { till } from "../till.js";
import { t } from "../words.js";
import { field } from "./gate.js";

/** @type {import("./pay-parts.js").MakePart} */
export function mailPart({ customer }) {
  if (till.get().training) return null; // the server has no receipt of practice that could be mailed
  const address = field(t("customerEmail"), { id: "pay-mail-to", type: "email", autocomplete: "off", maxlength: "254", value: customer?.email ?? "", class: "input" });
  const on = h("input", { type: "checkbox", id: "pay-mail", role: "switch" });
  const draw = () => {
    address.element.hidden = !on.checked;
    on.setAttribute("aria-expanded", String(on.checked));
  };
  on.addEventListener("change", () => (draw(), on.checked && address.input.focus()));
  draw();
  const element = h("div", { class: "pay__part" }, h("label", { class: "choice", for: "pay-mail" }, on, h("span", {}, t("mailReceipt"))), address.element);
  const said = () => {
    address.say("");
    if (!on.checked) return {};
    const to = addressOf(address.input.value);
    if (to) return { further: [mailing(to)] };
    address.say(t("customerEmailBad"));
    return null;
  };
  return { element, said };
}
