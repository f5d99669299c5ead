// The till's own settings (POS-60): language, what the browser keeps, this device; and the catalogue fetched anew.

import { h } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { keep } from "../keeping.js";
import { dropCache } from "../kept.js";
import { build } from "../heartbeat.js";
import { printByItself, printsItself } from "../printing.js";
import { askForKeeping, reloadUnasked, room } from "../storage.js";
import { chooseLanguage } from "../sync.js";
import { clock, till } from "../till.js";
import { languageNow, quantityText, t, timeText } from "../words.js";
import { openPending } from "./pending.js";

const LANGUAGES = { en: "English", bs: "Bosanski" };

export async function openSettings() {
  const kept = await room();
  openSheet({
    title: t("tillSettings"),
    closeLabel: t("close"),
    name: "till-settings",
    body: [language(), printing(), storage(kept), device(), advanced()],
  });
}

/** @param {string} title @param {...import("../../lib/dom.js").Child} content */
const part = (title, ...content) => h("section", { class: "stack" }, h("h3", {}, title), ...content);

/** @param {string} name @param {string} value */
const fact = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));

function language() {
  const now = languageNow();
  const choose = async (/** @type {string} */ wanted) => {
    await Promise.all([chooseLanguage(wanted), keep()]);
    reloadUnasked();
  };
  const button = (/** @type {string[]} */ [code, name]) =>
    h("button", { type: "button", lang: code, "aria-pressed": String(code === now), onclick: () => code !== now && void choose(code) }, name);
  return part(t("languageTitle"), h("div", { class: "segmented", role: "group", "aria-label": t("languageTitle") }, ...Object.entries(LANGUAGES).map(button)));
}

/** @param {import("../storage.js").Room} kept */
function storage({ promised, used, free }) {
  const size = (/** @type {number} */ bytes) => (bytes < 1e9 ? `${Math.ceil(bytes / 1e6)}\u00a0MB` : `${quantityText((bytes / 1e9).toFixed(1))}\u00a0GB`);
  const ask = async (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    const given = await askForKeeping();
    toast(given ? t("storageKept") : t("storageNotKept"), { closeLabel: t("close") });
    if (given) button.remove();
  };
  return part(
    t("storageTitle"),
    h("p", {}, promised ? t("storageKept") : t("storageNotKept")),
    h("dl", { class: "facts" }, fact(t("storageUsed"), size(used)), free !== null && fact(t("storageFree"), size(free))),
    promised === false && h("button", { class: "button", type: "button", onclick: ask }, t("storageAsk")),
  );
}

/** The slip of each sale by itself, or by the button alone. */
function printing() {
  const wish = h("input", { type: "checkbox", role: "switch", id: "print-itself", checked: printsItself(), onchange: () => void printByItself(wish.checked) });
  return part(t("printTitle"), h("label", { class: "switch" }, h("span", {}, h("span", { class: "field__label" }, t("printItself")), h("span", { class: "field__help" }, t("printItselfHelp"))), wish));
}

function device() {
  const { place, catalog, seen } = till.get();
  return part(
    t("deviceTitle"),
    h(
      "dl",
      { class: "facts" },
      fact(t("deviceName"), `${place.device.name} · ${place.device.series}`),
      fact(t("terminalName"), `${place.store.name} · ${place.terminal.name}`),
      fact(t("articles"), String(catalog?.size ?? 0)),
      fact(t("lastContact"), seen ? timeText(new Date(seen).toISOString()) : t("never")),
      fact(t("clockDifference"), t("seconds", { seconds: Math.round(clock.offset / 1000) })),
      fact(t("version"), build.slice(0, 12)),
    ),
  );
}

function advanced() {
  return h("details", {}, h("summary", {}, t("advanced")), h("p", {}, t("clearOfflineHelp")), h("button", { class: "button button--danger", type: "button", onclick: () => void askClear() }, t("clearOffline")));
}

/** What waits, what only lies here, is never thrown away; and with no server there would be nothing to sell from. */
async function askClear() {
  const { waiting, link, lines } = till.get();
  if (waiting) return void openPending(t("clearOfflineWaiting"));
  if (link === "offline") return void toast(t("clearOfflineServer"), { closeLabel: t("close") });
  if (lines.length) return void toast(t("clearOfflineCart"), { closeLabel: t("close") });
  const clear = async () => {
    await dropCache();
    location.reload();
  };
  const sheet = openSheet({
    title: t("clearOfflineAsk"),
    closeLabel: t("close"),
    name: "clear-offline",
    body: [h("p", {}, t("clearOfflineHelp"))],
    foot: [
      h("button", { class: "button", type: "button", "data-first": true, onclick: () => sheet.close() }, t("cancel")),
      h("button", { class: "button button--danger-fill", type: "button", onclick: () => void clear() }, t("clearOffline")),
    ],
  });
}
