// X reads what the store took since its last Z; Z closes the day. Both are the server's: there is no number without it.

import { fill, h } from "../../lib/dom.js";
import { uuid7 } from "../../lib/ids.js";
import { openSheet } from "../../lib/sheet.js";
import { Refusal, call } from "../api.js";
import { wake } from "../queue.js";
import { till } from "../till.js";
import { money, t, timeText } from "../words.js";
import { sentence } from "./pin.js";
import { figureRows, head, letterhead, row } from "./shift-slip.js";

const PATIENCE = 10_000;

const actor = () => till.get().person?.id ?? "";
const printing = () => h("button", { class: "button button--primary button--wide", type: "button", "data-first": true, onclick: () => print() }, t("print"));
const banner = (/** @type {string} */ text) => h("p", { class: "banner banner--warn banner--card", role: "alert" }, text);

/** @param {string} title @param {(Node | string)[]} lines @param {any} figures */
function slip(title, lines, figures) {
  const days = figures.days.length > 1 ? [head(t("businessDays")), ...figures.days.map((/** @type {any} */ day) => row(`${day.date} (${day.receipts})`, money(day.total)))] : [];
  return h("article", { class: "slip", "data-report": title }, ...letterhead(), head(title), ...lines, ...figureRows(figures), ...days);
}

/** @param {any} z @param {boolean} copy */
const zSlip = (z, copy) => slip(`${t("zReport")} ${z.number}`, [h("p", {}, `${timeText(z.at)} · ${z.by}`, copy && h("strong", {}, ` · ${t("copy")}`))], z.figures);

/** X: any number a day, nothing is reset. */
export async function openX() {
  const inside = h("div", { "aria-live": "polite" });
  openSheet({ title: t("xReport"), closeLabel: t("close"), name: "x-report", body: [inside], foot: [printing()] });
  try {
    const { at, since, last, figures } = await call(`x?actor=${actor()}`, undefined, PATIENCE);
    const from = since ? [h("p", {}, t("sinceZ", { number: last, time: timeText(since) }))] : [];
    fill(inside, slip(t("xReport"), [h("p", {}, timeText(at)), ...from], figures));
  } catch (error) {
    fill(inside, banner(sentence(error)));
  }
}

/** Z: asked once more, because nothing takes it back; earlier ones are printed again from here. */
export async function openZ() {
  const inside = h("div", { class: "stack", "aria-live": "polite" });
  const id = uuid7();
  let busy = false;
  const make = async (/** @type {boolean} */ empty) => {
    if (busy) return;
    busy = true;
    try {
      const { report } = await call("z", { id, actor: actor(), empty }, PATIENCE);
      fill(inside, zSlip(report, false), printing());
    } catch (error) {
      if (error instanceof Refusal && error.code === "z_empty") fill(inside, banner(t("zEmpty")), confirmed(t("zAnyway"), true));
      else fill(inside, banner(sentence(error)), confirmed(t("retry"), empty));
    } finally {
      busy = false;
    }
  };
  const confirmed = (/** @type {string} */ text, /** @type {boolean} */ empty) => h("button", { class: "button button--danger-fill button--large button--wide", type: "button", id: "make-z", onclick: () => void make(empty) }, text);
  openSheet({ title: t("zReport"), closeLabel: t("close"), name: "z-report", body: [inside] });
  if (till.get().waiting) {
    wake();
    return fill(inside, banner(t("zWaiting")));
  }
  fill(inside, h("p", {}, t("zHelp")), confirmed(t("zMake"), false));
  try {
    const { reports } = await call(`z?actor=${actor()}`, undefined, PATIENCE);
    const again = (/** @type {any} */ z) => h("li", {}, h("button", { class: "list__item", type: "button", "data-z": z.number, onclick: () => fill(inside, zSlip(z, true), printing()) }, h("span", { class: "list__main" }, h("span", { class: "strong" }, `Z ${z.number}`), h("span", { class: "caption" }, timeText(z.at))), h("span", { class: "amount" }, money(z.figures.total))));
    if (reports.length && inside.querySelector("#make-z")) inside.append(h("h3", {}, t("zEarlier")), h("ul", { class: "list" }, ...reports.map(again)));
  } catch (error) {
    fill(inside, banner(sentence(error)));
  }
}
