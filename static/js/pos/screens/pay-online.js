// «Online» on the payment sheet (POS-30): which gateway, to whom the link goes, and what the server said of it.

import { fill, h } from "../../lib/dom.js";
import { toast } from "../../lib/toast.js";
import { makeLink, mayLink } from "../links.js";
import { addressOf } from "../mailing.js";
import { drop } from "../orders.js";
import { till } from "../till.js";
import { t } from "../words.js";
import { field } from "./gate.js";

/** @typedef {import("../words.js").Key} Key */

const REASONS = /** @type {Record<string, Key>} */ ({ rights: "linkRights", gateway: "linkGatewayGone", address: "customerEmailBad", nothing: "linkNothing" });

/** Why the server made no link. @param {string} [reason] */
export const whyUnmade = (reason = "") => t(REASONS[reason] ?? "linkFailed");

/** Whether the way is there at all: somebody takes money online for this store. */
export const offersOnline = () => mayLink() && till.get().gateways.length > 0;

/** The fields of a link. */
export class Online {
  /** @param {import("../customers.js").Customer | null} customer */
  constructor(customer) {
    this.address = field(t("customerEmail"), { id: "link-to", type: "email", autocomplete: "off", maxlength: "254", value: customer?.email ?? "", class: "input input--large" });
    this.set = h("fieldset", { class: "pay__gateways" });
    this.known = "";
    /** @type {HTMLInputElement[]} */
    this.choices = [];
    this.element = h("div", { class: "pay__online" }, this.set, this.address.element, h("p", { class: "caption" }, t("linkHelp")));
  }

  /** Show or hide it, with the gateways that there are now. @param {boolean} shown */
  draw(shown) {
    this.element.hidden = !shown;
    const { gateways } = till.get();
    if (this.known === JSON.stringify(gateways)) return;
    this.known = JSON.stringify(gateways);
    const chosen = this.choices.find(({ checked }) => checked)?.value;
    const first = gateways.some(({ id }) => id === chosen) ? chosen : gateways[0]?.id;
    this.choices = gateways.map(({ id }, place) => h("input", { type: "radio", name: "gateway", id: `gateway-${place}`, value: id, checked: id === first }));
    const labels = this.choices.map((choice, place) => h("label", { class: "choice", for: choice.id }, choice, h("span", {}, gateways[place].name)));
    fill(this.set, h("legend", { class: "field__label" }, t("linkGateway")), ...labels);
  }

  /** Why no link can be sent now, or nothing. @param {import("../pricing/engine.js").Cart} cart */
  against(cart) {
    if (till.get().link === "offline") return t("onlineOffline");
    return cart.points ? t("linkPoints") : "";
  }

  /** What was chosen; null while something is wrong, which is said beside its field. */
  wish() {
    const to = addressOf(this.address.input.value);
    this.address.say(to ? "" : t("customerEmailBad"));
    const gateway = this.choices.find(({ checked }) => checked)?.value;
    return to && gateway ? { to, gateway } : null;
  }
}

/**
 * Send it: answers the sentence that says why not, or nothing where the sale is put aside.
 * @param {import("../pricing/engine.js").Cart} cart
 * @param {import("../deals.js").Cart} open
 * @param {string | null} customer
 * @param {{to: string, gateway: string}} wish
 */
export async function sendLink(cart, open, customer, wish) {
  const { orders } = till.get();
  const answer = await makeLink(cart, open, customer, wish);
  if (answer && !answer.result?.made) return whyUnmade(answer.result?.reason);
  await drop(orders);
  till.set({ lines: [], customer: null, orders: [], query: "" });
  toast(t(answer ? "linkSent" : "linkOnItsWay", { to: wish.to }), { closeLabel: t("close") });
  return "";
}

/** Under the ways: why one of them is grey. @param {HTMLElement} host @param {boolean} offered */
export function sayWhy(host, offered) {
  const grey = offered && till.get().link === "offline";
  fill(host, grey ? t("onlineOffline") : "");
  host.hidden = !grey;
}
