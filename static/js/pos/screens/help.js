// Help at the till: selling with no network, what to do when something does not arrive, the till as an app.

import { h } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { canInstall, install, isInstalled } from "../install.js";
import { wake } from "../queue.js";
import { look } from "../sync.js";
import { till } from "../till.js";
import { t, timeText } from "../words.js";
import { openPending } from "./pending.js";
import { openSettings } from "./till-settings.js";

const TIPS = /** @type {const} */ (["tipTab", "tipShift", "tipData", "tipPower", "tipCounter"]);
const GUIDES = /** @type {const} */ ([
  ["iPhone, iPad (Safari)", "installIos"],
  ["Android (Chrome)", "installAndroid"],
  ["Windows, Mac, Linux (Chrome, Edge)", "installDesktop"],
]);

export function openHelp() {
  const { part: stuckPart, away } = stuck();
  const sheet = openSheet({ title: t("help"), closeLabel: t("close"), name: "help", wide: true, body: [offline(), stuckPart, app()] });
  sheet.element.addEventListener("close", away);
}

/** @param {string} id @param {string} title @param {...import("../../lib/dom.js").Child} content */
const part = (id, title, ...content) => h("section", { class: "stack", id }, h("h3", {}, title), ...content);

/** OFF-16 */
const offline = () => part("help-offline", t("tipsTitle"), h("p", {}, t("tipsLead")), h("ul", { class: "bullets" }, ...TIPS.map((tip) => h("li", {}, t(tip)))));

/** OFF-19: what is known, as it changes, then what to try, in that order. */
function stuck() {
  const state = h("dl", { class: "facts" });
  const draw = () => {
    const { link, waiting, seen } = till.get();
    const fact = (/** @type {string} */ name, /** @type {string} */ value, /** @type {boolean} */ good) => h("div", {}, h("dt", {}, name), h("dd", {}, h("span", { class: `dot dot--${good ? "ok" : "danger"}` }), value));
    state.replaceChildren(
      fact(t("stuckInternet"), navigator.onLine ? t("stuckYes") : t("stuckNo"), navigator.onLine),
      fact(t("stuckServer"), link === "offline" ? t("stuckNo") : t("stuckYes"), link !== "offline"),
      fact(t("lastContact"), seen ? timeText(new Date(seen).toISOString()) : t("never"), Boolean(seen)),
      fact(t("pending"), String(waiting), !waiting),
    );
  };
  draw();
  const away = till.watch(["link", "waiting", "seen"], draw);
  const retry = async () => {
    await look();
    wake();
    draw(); // the browser's own word on the network is in no state
    toast(till.get().link === "offline" ? t("unreachable") : t("connected"), { closeLabel: t("close") });
  };
  const stuckPart = part(
    "help-stuck",
    t("stuckTitle"),
    state,
    h("ol", { class: "bullets" }, h("li", {}, t("stuckStepNetwork")), h("li", {}, t("stuckStepServer")), h("li", {}, t("stuckStepRetry")), h("li", {}, t("stuckStepCache")), h("li", {}, t("stuckStepSupport"))),
    h(
      "div",
      { class: "row" },
      h("button", { class: "button button--primary", type: "button", onclick: () => void retry() }, t("retry")),
      h("button", { class: "button", type: "button", onclick: () => void openPending() }, t("pending")),
      h("button", { class: "button", type: "button", onclick: () => void openSettings() }, t("tillSettings")),
    ),
  );
  return { part: stuckPart, away };
}

/** PWA-02, PWA-03 */
function app() {
  const ask = async (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    if (await install()) button.remove();
  };
  return part(
    "help-app",
    t("installTitle"),
    h("p", {}, isInstalled() ? t("installDone") : t("installLead")),
    canInstall() && h("button", { class: "button button--primary", type: "button", onclick: ask }, t("installNow")),
    h("dl", { class: "stack" }, ...GUIDES.map(([where, how]) => h("div", {}, h("dt", { class: "strong" }, where), h("dd", {}, t(how))))),
  );
}
