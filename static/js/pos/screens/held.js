// Holding a cart and taking it back: the note, the list, what to do with the cart that is open, prices that changed meanwhile.

import { fill, h, icon, setHidden, setText } from "../../lib/dom.js";
import { openSheet, topSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { drop, fetchOrders, hold, open, startOrders, take } from "../orders.js";
import { till } from "../till.js";
import { counted, money, t, timeText } from "../words.js";
import { field } from "./gate.js";

/** @typedef {import("../orders.js").Held} Held */

export const mayHold = () => Boolean(till.get().person?.codes.includes("sale.hold") && !till.get().preview);

const say = (/** @type {string} */ text) => void toast(text, { closeLabel: t("close") });

/**
 * The button of the ticket and the one of the list, which says how many wait.
 * @param {HTMLElement} button
 * @param {HTMLElement} list
 */
export function startHeld(button, list) {
  button.addEventListener("click", openHold);
  list.addEventListener("click", openHeld);
  const badge = h("span", { class: "rail__count" });
  list.append(badge);
  const draw = () => {
    const { lines, held } = till.get();
    for (const element of [button, list]) setHidden(element, !mayHold());
    button.toggleAttribute("disabled", !lines.length);
    setHidden(badge, !held.length);
    setText(badge, String(held.length));
  };
  till.watch(["lines", "held", "person", "preview"], draw);
  startOrders({ lost: openLost, again: () => say(t("heldAgain")) });
  draw();
}

/** F8: hold what is open; with an empty cart, what waits. */
export function holdKey() {
  if (!mayHold()) return say(t("noRight"));
  if (till.get().lines.length) openHold();
  else openHeld();
}

/** Ask for a note and hold the cart. */
export function openHold() {
  if (!till.get().lines.length || topSheet()) return;
  if (till.get().exchange) return say(t("exchangeFirst"));
  const note = field(t("holdNote"), { id: "hold-note", autocomplete: "off", maxlength: "200", "data-first": true });
  const done = async () => {
    await hold(note.input.value.trim());
    sheet.close();
    say(t("heldDone"));
  };
  const sheet = openSheet({
    title: t("holdDo"),
    closeLabel: t("close"),
    name: "hold",
    body: [h("form", { class: "stack", id: "hold-form", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void done()) }, note.element, h("p", { class: "caption" }, t("holdHelp")))],
    foot: [h("button", { class: "button button--primary button--wide button--large", type: "submit", form: "hold-form" }, t("holdDo"))],
  });
}

/** What waits in the store. */
export function openHeld() {
  if (topSheet()) return;
  void fetchOrders();
  const list = h("ul", { class: "list" });
  const choose = (/** @type {Held} */ held) => (sheet.close(), takeUp(held));
  const draw = () => {
    const { held } = till.get();
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.order;
    fill(list, ...(held.length ? held.map((each) => row(each, choose)) : [h("li", { class: "empty" }, icon("pause", "large"), t("heldNone"))]));
    const again = /** @type {HTMLElement | null} */ (list.querySelector(focused ? `[data-order="${focused}"]` : "button:not([aria-disabled])"));
    if (list.isConnected) again?.focus();
  };
  const away = till.watch(["held", "link"], draw);
  const sheet = openSheet({ title: t("held"), closeLabel: t("close"), name: "held", wide: true, body: [list], onClose: away });
  draw();
}

/** @param {Held} held @param {(held: Held) => void} choose */
function row(held, choose) {
  // another till's cart is given out by the server alone
  const away = !held.mine && till.get().link === "offline";
  const why = away ? t("noNetwork") : held.free ? "" : t("heldElsewhere", { terminal: held.terminal });
  const where = held.mine ? "" : why || held.terminal;
  const about = [timeText(held.at), held.by, where, held.note && held.name].filter(Boolean).join(" · ");
  const act = () => (why ? say(why) : choose(held));
  return h(
    "li",
    {},
    h(
      "button",
      { class: "list__item", type: "button", "data-order": held.id, "aria-disabled": why ? "true" : null, onclick: act },
      icon(held.mine ? "pause" : "monitor"),
      h("span", { class: "list__main" }, h("strong", {}, held.note || held.name || counted("ticketCount", held.pieces)), h("small", { class: "caption" }, about)),
      h("span", { class: "held__sum" }, h("strong", { class: "amount" }, money(held.total)), h("small", { class: "caption" }, counted("ticketCount", held.pieces))),
    ),
  );
}

/** Open a cart that waits, or ask what becomes of the one that is open. @param {Held} held */
export function takeUp(held) {
  if (till.get().lines.length) askWhere(held);
  else void takeBack(held, false);
}

/** Something is open already: hold it first, put both together, or leave it. @param {Held} held */
function askWhere(held) {
  const way = (/** @type {string} */ name, /** @type {string} */ picture, /** @type {() => unknown} */ act, kind = "") =>
    h("button", { class: `button button--large button--wide ${kind}`, type: "button", "data-first": kind ? true : null, onclick: () => (sheet.close(), void act()) }, icon(picture), name);
  const first = async () => {
    await hold("");
    await takeBack(held, false);
  };
  const sheet = openSheet({
    title: t("heldOpenCart"),
    closeLabel: t("close"),
    name: "held-where",
    body: [
      mayHold() && way(t("heldFirst"), "pause", first, "button--primary"),
      way(t("heldTogether"), "plus", () => takeBack(held, true)),
      way(t("cancel"), "x", () => {}),
    ],
  });
}

/** @param {Held} held @param {boolean} merge */
async function takeBack(held, merge) {
  const answer = await take(held);
  if ("lost" in answer) return say(lostText(answer.lost));
  if ("late" in answer) return say(t("heldLate"));
  const { customer } = answer.record;
  const changes = open(answer.record, merge);
  if (customer && !till.get().customer) say(t("heldCustomerGone"));
  if (changes.length) openChanges(changes);
}

/** Old and new price, line by line. @param {import("../held.js").Change[]} changes */
export function openChanges(changes) {
  const price = (/** @type {string} */ amount) => money(amount, true);
  const line = (/** @type {import("../held.js").Change} */ { name, before, now }) =>
    h("li", { class: "changes__line" }, h("span", {}, name), h("s", { class: "amount" }, price(before)), now === null ? h("strong", {}, t("heldGone")) : h("strong", { class: "amount" }, price(now)));
  const sheet = openSheet({
    title: t("heldChanged"),
    closeLabel: t("close"),
    name: "held-changes",
    body: [h("p", {}, t("heldChangedHelp")), h("ul", { class: "changes" }, ...changes.map(line))],
    foot: [h("button", { class: "button button--primary button--wide button--large", type: "button", "data-first": true, onclick: () => sheet.close() }, "OK")],
  });
}

/** @param {import("../orders.js").Lost} lost */
const lostText = ({ reason, terminal }) => t(reason === "elsewhere" ? "heldElsewhere" : reason === "over" ? "heldOver" : "heldMoved", { terminal });

/** The cart in hand was taken or paid elsewhere while this till had no network. @param {import("../orders.js").Lost} lost */
function openLost(lost) {
  const away = () => {
    till.set({ lines: [], customer: null, orders: [], query: "" });
    sheet.close();
  };
  const sheet = openSheet({
    title: t("heldLost"),
    closeLabel: t("close"),
    name: "held-lost",
    body: [h("p", {}, lostText(lost)), h("p", {}, t("heldLostHelp"))],
    foot: [
      h("button", { class: "button", type: "button", onclick: () => sheet.close() }, t("heldKeep")),
      h("button", { class: "button button--primary", type: "button", "data-first": true, onclick: away }, t("heldPutAway")),
    ],
  });
}

/** What clearing does to the held carts that the open one was made of. */
export const discardHeld = () => drop(till.get().orders);
