// The connection said calmly, what waits, and the rest of the menu.

import { fill, h, need } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { parked, waiting } from "../db.js";
import { closeShift } from "../operations.js";
import { onAnswer, wake } from "../queue.js";
import { till } from "../till.js";
import { money, plainNumber, t, timeText } from "../words.js";
import { field } from "./gate.js";
import { padded } from "./pay.js";

/** @param {HTMLElement} host */
export function startStatus(host) {
  const pill = need("#status", host);
  pill.addEventListener("click", () => void openPending());
  const draw = () => {
    const { link, waiting: count } = till.get();
    const kind = link === "offline" ? "danger" : count ? "warn" : "ok";
    const text = link === "offline" ? (count ? t("offlineWaiting", { count }) : t("offline")) : count ? t("sending", { count }) : t("connected");
    fill(pill, h("span", { class: `dot dot--${kind}` }), text);
    pill.dataset.link = link;
    pill.dataset.waiting = String(count);
  };
  till.watch(["link", "waiting"], draw);
  draw();
}

async function openPending() {
  const [queue, refused] = await Promise.all([waiting(), parked()]);
  const row = (/** @type {any} */ operation) => h("li", { class: "list__item" }, h("span", { class: "list__main" }, `${operation.kind} · ${timeText(operation.at)}`), operation.answer?.error?.message);
  const save = () => {
    const file = new Blob([JSON.stringify({ queue, refused }, null, 2)], { type: "application/json" });
    const link = h("a", { href: URL.createObjectURL(file), download: "smartpos-pending.json" });
    link.click();
    URL.revokeObjectURL(link.href);
  };
  openSheet({
    title: t("pending"),
    closeLabel: t("close"),
    name: "pending",
    body: [h("ul", { class: "list" }, ...queue.map(row), ...refused.map(row)), !queue.length && !refused.length && h("p", { class: "empty" }, t("pendingNone"))],
    foot: [h("button", { class: "button", type: "button", onclick: save }, t("export")), h("button", { class: "button button--primary", type: "button", "data-first": true, onclick: wake }, t("sync"))],
  });
}

/** @param {{lock: () => void, afterShift: () => void}} ways */
export function openMore(ways) {
  const sheet = openSheet({
    title: t("moreActions"),
    closeLabel: t("close"),
    name: "more",
    body: [
      h("button", { class: "button button--large button--wide", type: "button", onclick: () => (sheet.close(), ways.lock()) }, t("goodbye")),
      h("button", { class: "button button--large button--wide", type: "button", onclick: () => (sheet.close(), openClosing(ways.afterShift)) }, t("closeShift")),
    ],
  });
}

/** @param {() => void} afterShift */
function openClosing(afterShift) {
  const counted = field(t("counted"), { id: "counted", inputmode: "decimal", autocomplete: "off", class: "input input--large", "data-first": true });
  const close = async () => {
    const digits = till.get().place.store.digits;
    const amount = plainNumber(counted.input.value, digits);
    if (amount === null) return counted.say(t("quantityBad"));
    const id = await closeShift(padded(amount, digits));
    sheet.close();
    const quiet = setTimeout(() => toast(t("countedLater"), { closeLabel: t("close") }), 5000);
    const off = onAnswer((answer) => {
      if (answer.id !== id) return;
      off();
      clearTimeout(quiet);
      const { expected, counted: sum, difference } = answer.result ?? { expected: "0", counted: "0", difference: "0" };
      toast(t("countedDone", { expected: money(expected), counted: money(sum), difference: money(difference) }), { closeLabel: t("close") });
    });
    afterShift();
  };
  const sheet = openSheet({
    title: t("closeShift"),
    closeLabel: t("close"),
    name: "closing",
    body: [h("form", { onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void close()) }, counted.element, h("button", { class: "button button--primary button--large button--wide", type: "submit" }, t("closeShift")))],
  });
}
