// The store's payment links: how each stands, sending one once more, cancelling it (POS-30, POS-31).

import { fill, h, icon } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { bad } from "../../lib/sound.js";
import { toast } from "../../lib/toast.js";
import { cancelLink, mayLink, sendAgain, startLinks } from "../links.js";
import { addressOf } from "../mailing.js";
import { fetchOrders } from "../orders.js";
import { till } from "../till.js";
import { money, t, timeText } from "../words.js";
import { field } from "./gate.js";
import { takeUp } from "./held.js";
import { whyUnmade } from "./pay-online.js";

/** @typedef {import("../links.js").Link} Link */
/** @typedef {import("../words.js").Key} Key */

const STATES = /** @type {Record<string, [Key, string]>} */ ({
  waiting: ["linkWaiting", "badge badge--info"],
  paid: ["paid", "badge badge--ok"],
  cancelled: ["linkCancelled", "badge"],
  expired: ["linkExpired", "badge badge--warn"],
});

const say = (/** @type {string} */ text, stays = false) => toast(text, { closeLabel: t("close"), action: { label: t("show"), act: openLinks }, stays });

/** Say it when one of them was paid, has ended or was not made; how many were not stands on the button of the menu. @param {HTMLElement} menu */
export function watchLinks(menu) {
  const badge = h("span", { class: "rail__count", id: "unsent-links" });
  menu.append(badge);
  const draw = () => {
    const { unsent, training } = till.get();
    badge.hidden = training || !unsent.length;
    badge.textContent = String(unsent.length);
  };
  till.watch(["unsent", "training"], draw);
  draw();
  void startLinks({
    ended: (link) => {
      const total = money(link.total);
      if (link.state === "paid") say(t("linkPaid", { total, label: link.label }));
      else if (link.state === "expired") say(t("linkHasExpired", { total }));
    },
    unmade: ({ total, link }) => (bad(), say(t("linkUnmade", { total: money(total), to: link?.to ?? "" }), true)),
    late: (act, link, reason) => say(`${late(act, link)} ${t(reason === "rights" ? "linkRights" : "linkOver")}`, true),
  });
}

/** What did not happen after all. @param {import("../links.js").Act} act @param {import("../links.js").Link | undefined} link */
const late = (act, link) => t(act === "link.cancel" ? "linkNotCancelled" : act === "link.send" ? "linkNotAgain" : "linkNotSent", { total: link ? money(link.total) : "" }).trim();

/** Whether there is anything to show. */
export const hasLinks = () => !till.get().training && (till.get().unsent.length > 0 || (mayLink() && (till.get().gateways.length > 0 || till.get().online.length > 0)));

/** How many wait. */
export const waitingLinks = () => till.get().online.filter(({ state }) => state === "waiting").length;

export function openLinks() {
  void fetchOrders();
  const list = h("ul", { class: "list" });
  const draw = () => {
    const { online, unsent } = till.get();
    const rows = [...unsent.map((cart) => unmade(cart, () => (sheet.close(), takeUp({ ...cart, mine: true, free: true, terminal: "" })))), ...online.map(row)];
    fill(list, ...(rows.length ? rows : [h("li", { class: "empty" }, icon("link", "large"), t("linksNone"))]));
  };
  const away = till.watch(["online", "unsent"], draw);
  const sheet = openSheet({ title: t("links"), closeLabel: t("close"), name: "links", wide: true, body: [list], onClose: away });
  draw();
}

/** A cart whose link was not made: why, and the way back to it. @param {import("../orders.js").HeldRecord} cart @param {() => void} take */
function unmade({ id, link, at, by, name, total }, take) {
  const about = [timeText(at), by, name].filter(Boolean).join(" · ");
  return h(
    "li",
    { class: "list__item links__row", "data-unsent": id },
    icon("triangle-alert"),
    h("span", { class: "list__main" }, h("strong", {}, link?.to ?? ""), h("small", { class: "caption" }, about), h("small", { class: "caption" }, whyUnmade(link?.reason))),
    h("span", { class: "links__state" }, h("span", { class: "badge badge--danger" }, t("linkNotSent"))),
    h("strong", { class: "amount" }, money(total)),
    h("span", { class: "row" }, h("button", { class: "button button--small", type: "button", "data-act": "take", onclick: take }, icon("undo-2"), t("linkTakeBack"))),
  );
}

/** @param {Link} link */
function row(link) {
  const [word, look] = STATES[link.state];
  const about = [timeText(link.at), link.by, link.customer, link.gateway, link.label].filter(Boolean).join(" · ");
  const act = (/** @type {string} */ picture, /** @type {string} */ name, /** @type {(link: Link) => void} */ then) =>
    h("button", { class: "button button--small", type: "button", "data-act": picture, onclick: () => then(link) }, icon(picture), name);
  return h(
    "li",
    { class: "list__item links__row", "data-link": link.id, "data-state": link.state },
    icon("link"),
    h("span", { class: "list__main" }, h("strong", {}, link.to || t("links")), h("small", { class: "caption" }, about), link.state === "waiting" && h("small", { class: "caption" }, t("linkUntil", { until: timeText(link.until) }))),
    h("span", { class: "links__state" }, h("span", { class: look }, t(word)), link.stray && h("span", { class: "badge badge--danger" }, t("linkStray"))),
    h("strong", { class: "amount" }, money(link.total)),
    link.state === "waiting" && h("span", { class: "row" }, act("send", t("linkAgain"), openAgain), act("x", t("linkCancel"), openCancel)),
  );
}

/** @param {Link} link */
function openAgain(link) {
  const address = field(t("customerEmail"), { id: "link-again-to", type: "email", autocomplete: "off", maxlength: "254", value: link.to, class: "input input--large", "data-first": true });
  let busy = false;
  const send = async () => {
    const to = addressOf(address.input.value);
    address.say(to ? "" : t("customerEmailBad"));
    if (!to || busy) return;
    busy = true;
    const answer = await sendAgain(link.id, to).finally(() => (busy = false));
    if (answer && !answer.result?.sent) return address.say(answer.result?.reason === "over" ? t("linkOver") : t("noRight"));
    sheet.close();
    toast(t(answer ? "linkSent" : "linkOnItsWay", { to }), { closeLabel: t("close") });
  };
  const sheet = openSheet({
    title: t("linkAgain"),
    closeLabel: t("close"),
    name: "link-again",
    body: [h("form", { id: "link-again-form", novalidate: true, onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void send()) }, address.element)],
    foot: [h("button", { class: "button button--primary button--wide button--large", type: "submit", form: "link-again-form" }, icon("send"), t("linkSend"))],
  });
}

/** @param {Link} link */
function openCancel(link) {
  let busy = false;
  const cancel = async () => {
    if (busy) return;
    busy = true;
    const answer = await cancelLink(link.id).finally(() => (busy = false));
    sheet.close();
    const over = answer && !answer.result?.cancelled;
    toast(over ? t(answer.result?.reason === "rights" ? "noRight" : "linkOver") : t(answer ? "linkCancelDone" : "linkCancelLater"), { closeLabel: t("close") });
    void fetchOrders();
  };
  const sheet = openSheet({
    title: t("linkCancel"),
    closeLabel: t("close"),
    name: "link-cancel",
    body: [h("p", {}, t("linkCancelHelp", { total: money(link.total), to: link.to }))],
    foot: [
      h("button", { class: "button", type: "button", "data-first": true, onclick: () => sheet.close() }, t("back")),
      h("button", { class: "button button--danger-fill", type: "button", onclick: () => void cancel() }, t("linkCancel")),
    ],
  });
}
