// The connection said calmly, what waits, and the rest of the menu.

import { fill, h, icon, need } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { setting, till } from "../till.js";
import { counted, t } from "../words.js";
import { openHandover, openMove } from "./cash.js";
import { hasBonus, openBonus } from "./bonus.js";
import { checklistEntry, openChecklists } from "./checklist.js";
import { openClosing } from "./closing.js";
import { openX, openZ } from "./day-reports.js";
import { knows, openCommission, openParcels, openPayOwner } from "./entrusted.js";
import { openHelp } from "./help.js";
import { openKeys } from "./keys.js";
import { hasLinks, openLinks, waitingLinks } from "./links.js";
import { openPending } from "./pending.js";
import { QUICK, openReport } from "./report.js";
import { openSettings } from "./till-settings.js";

/** Who stands where: the person, and beneath the place and its store. */
export function whereabouts() {
  const { person, place } = till.get();
  return [h("span", {}, person?.name ?? ""), h("small", {}, `${place.terminal.name} · ${place.store.name}`)];
}

/** @param {HTMLElement} host */
export function startStatus(host) {
  const pill = need("#status", host);
  pill.addEventListener("click", () => void openPending());
  const draw = () => {
    const { link, waiting: count } = till.get();
    const kind = link === "offline" ? "danger" : count ? "warn" : "ok";
    const away = link === "offline";
    const [long, short] = away ? [t("offline"), t("offlineShort")] : [count ? t("sending", { count }) : t("connected"), ""];
    fill(pill, h("span", { class: `dot dot--${kind}` }), h("span", { class: "status" }, short ? h("span", { class: "status__word" }, long) : long, short && h("span", { class: "status__short" }, short), away && count > 0 && h("span", {}, " · ", h("span", { class: "status__word" }, counted("waits", count)), h("span", { class: "status__short" }, String(count)))));
    pill.dataset.link = link;
    pill.dataset.waiting = String(count);
  };
  till.watch(["link", "waiting"], draw);
  draw();
}

/** @param {{lock: () => void, afterShift: () => void, endPreview: () => void}} ways */
export function openMore(ways) {
  const entry = (/** @type {string} */ picture, /** @type {string} */ name, /** @type {() => void} */ act, /** @type {string} */ known = "") =>
    h("button", { class: "button button--large button--wide menu__item", type: "button", "data-act": known || null, onclick: () => (sheet.close(), act()) }, icon(picture), name);
  // what comes from the server alone stands there all the same, and says why it cannot be had now
  const asked = (/** @type {string} */ picture, /** @type {string} */ name, /** @type {() => void} */ act, /** @type {string} */ known) => {
    if (till.get().link !== "offline") return entry(picture, name, act, known);
    return h("button", { class: "button button--large button--wide menu__item", type: "button", "data-act": known, disabled: true }, icon(picture), h("span", {}, name, h("small", { class: "caption menu__why" }, t("noNetwork"))));
  };
  const { person, shift, preview } = till.get();
  const may = (/** @type {string} */ code) => person?.codes.includes(code) ?? false;
  const sheet = openSheet({
    title: t("moreActions"),
    closeLabel: t("close"),
    name: "more",
    wide: true,
    body: [
      // where the screen has no room for it in the head
      h("p", { class: "menu__who" }, ...whereabouts()),
      preview && entry("play", t("previewEnd"), ways.endPreview, "preview-end"),
      entry("lock", t("goodbye"), ways.lock),
      shift && may("cash.in") && entry("plus", t("cashIn"), () => openMove("in"), "cash-in"),
      shift && may("cash.out") && entry("minus", t("cashOut"), () => openMove("out"), "cash-out"),
      shift && may("cash.handover") && setting("module.cash_handover", true) && entry("hand-coins", t("handover"), openHandover, "handover"),
      knows("module.commission_sales", "consignment.sell") && entry("tag", t("commissionSale"), openCommission, "commission"),
      knows("module.commission_sales", "consignment.sell") && entry("banknote", t("payOwner"), openPayOwner, "pay-owner"),
      knows("module.postal_packages", "parcels.receive") && entry("package", t("postal"), openParcels, "parcels"),
      checklistEntry() && entry("list-checks", checklistEntry(), () => openChecklists(), "checklist"),
      hasBonus() && asked("coins", t("bonus"), () => void openBonus(), "bonus"),
      may(QUICK) && entry("chart-column", t("reports"), () => void openReport(), "report"),
      may("report.x") && asked("receipt-text", t("xReport"), () => void openX(), "x-report"),
      may("report.z") && asked("badge-check", t("zReport"), () => void openZ(), "z-report"),
      shift && may("shift.close") && entry("wallet", t("closeShift"), () => void openClosing(ways.afterShift), "close-shift"),
      hasLinks() && entry("link", `${t("links")}${waitingLinks() ? ` · ${waitingLinks()}` : ""}`, openLinks, "links"),
      entry("settings", t("tillSettings"), () => void openSettings()),
      entry("keyboard", t("keys"), openKeys),
      entry("circle-help", t("help"), openHelp),
    ],
  });
}
