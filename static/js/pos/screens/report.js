// Quick reports: the server's figures; with no network those of this till's own receipts of the running shift.

import { h } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { Refusal, call } from "../api.js";
import { receipts as kept } from "../db.js";
import { ofShift } from "../quick.js";
import { currency, setting, till } from "../till.js";
import { money, quantityText, soldText, t } from "../words.js";
import { tenderName } from "./slip.js";

export const QUICK = "report.quick";
const PERIODS = /** @type {const} */ ([["today", "today"], ["week", "thisWeek"], ["month", "thisMonth"]]);

export async function openReport() {
  const body = h("div", { class: "report", "aria-live": "polite" });
  const sheet = openSheet({ title: t("reports"), closeLabel: t("close"), name: "report", wide: true, body: [body] });
  const shown = await figures();
  if (sheet.element.open) body.append(...shown);
}

async function figures() {
  try {
    return online(await call(`quick?actor=${till.get().person?.id ?? ""}`, undefined, 5000));
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 0) throw error;
    const { shift } = till.get();
    const own = ofShift(/** @type {any[]} */ (await kept()), shift?.id ?? "", currency().digits);
    return [h("p", { class: "banner banner--warn" }, t(own.whole ? "reportOffline" : "reportPart")), section(t("shift"), shiftRows({ ...own, opening_float: shift?.opening_float ?? "0" }))];
  }
}

/** @param {any} report */
function online({ periods, shift, own }) {
  const period = PERIODS.map(([name, word]) => row(t(word), money(periods[name].total), t("salesCount", { count: periods[name].sales })));
  return [
    section(t("totalSales"), period),
    shift ? section(t("shift"), shiftRows(shift)) : h("p", { class: "caption" }, t("noShift")),
    own && section(t("ownToday"), figureRows(own)),
    shift?.top.length ? section(t("topArticles"), shift.top.map((/** @type {any} */ one) => row(one.name, soldText(one)))) : "",
  ].filter(Boolean);
}

/** @param {any} shift */
function* shiftRows(shift) {
  yield* figureRows(shift);
  if (shift.pieces !== undefined) yield row(t("soldPieces"), quantityText(shift.pieces));
  yield row(t("openingFloat"), money(shift.opening_float));
  if (shift.expected && !setting("shift.blind", false)) yield row(t("expectedCash"), money(shift.expected));
}

/** @param {any} found */
function* figureRows(found) {
  yield row(t("total"), money(found.total), t("salesCount", { count: found.sales }));
  yield row(t("averageSale"), money(found.average));
  for (const [method, amount] of Object.entries(found.tenders)) yield row(t(tenderName(method)), money(/** @type {string} */ (amount)));
  if (found.refunds) yield row(t("refunds"), money(found.refunded), String(found.refunds));
  if (found.voids) yield row(t("voids"), String(found.voids));
}

/** @param {string} title @param {Iterable<Node>} rows */
const section = (title, rows) => h("section", { class: "card report__card" }, h("h3", {}, title), h("dl", { class: "facts" }, ...rows));

/** @param {string} name @param {string} value @param {string} [note] */
const row = (name, value, note) => h("div", {}, h("dt", {}, name, note && h("small", { class: "caption" }, ` ${note}`)), h("dd", { class: "amount" }, value));
