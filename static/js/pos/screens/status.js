// The connection said calmly, what waits, and the rest of the menu.

import { fill, h, icon, need } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { padded } from "../money.js";
import { closeShift } from "../operations.js";
import { onAnswer } from "../queue.js";
import { setting, till } from "../till.js";
import { money, plainNumber, t } from "../words.js";
import { field } from "./gate.js";
import { heldWarning } from "./held.js";
import { openHelp } from "./help.js";
import { openKeys } from "./keys.js";
import { openPending } from "./pending.js";
import { QUICK, openReport } from "./report.js";
import { openSettings } from "./till-settings.js";

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

/** @param {{lock: () => void, afterShift: () => void}} ways */
export function openMore(ways) {
  const entry = (/** @type {string} */ picture, /** @type {string} */ name, /** @type {() => void} */ act, /** @type {string} */ known = "") =>
    h("button", { class: "button button--large button--wide menu__item", type: "button", "data-act": known || null, onclick: () => (sheet.close(), act()) }, icon(picture), name);
  const { person, shift } = till.get();
  const sheet = openSheet({
    title: t("moreActions"),
    closeLabel: t("close"),
    name: "more",
    body: [
      entry("lock", t("goodbye"), ways.lock),
      person?.codes.includes(QUICK) && entry("chart-column", t("reports"), () => void openReport(), "report"),
      shift && entry("wallet", t("closeShift"), () => openClosing(ways.afterShift)),
      entry("settings", t("tillSettings"), () => void openSettings()),
      entry("keyboard", t("keys"), openKeys),
      entry("circle-help", t("help"), openHelp),
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
      if (setting("shift.blind", false)) return toast(t("countedBlind"), { closeLabel: t("close") });
      const { expected, counted: sum, difference } = answer.result ?? { expected: "0", counted: "0", difference: "0" };
      toast(t("countedDone", { expected: money(expected), counted: money(sum), difference: money(difference) }), { closeLabel: t("close") });
    });
    afterShift();
  };
  const sheet = openSheet({
    title: t("closeShift"),
    closeLabel: t("close"),
    name: "closing",
    body: [heldWarning(), h("form", { onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void close()) }, counted.element, h("button", { class: "button button--primary button--large button--wide", type: "submit" }, t("closeShift")))],
  });
}
