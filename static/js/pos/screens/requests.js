// Refunds that wait for the Backoffice: their state, and paying out what was approved.

import { fill, h, icon } from "../../lib/dom.js";
import { uuid7 } from "../../lib/ids.js";
import { listen } from "../../lib/events.js";
import { openSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { call } from "../api.js";
import { makeRefund } from "../giveback.js";
import { byLabel } from "../history.js";
import { money, soldText, t, timeText } from "../words.js";
import { openGiven } from "./given.js";
import { sentence } from "./pin.js";

/** @typedef {{id: string, state: "pending" | "approved" | "rejected" | "paid", label: string, total: string, reason: string, method: import("../returns.js").Way, lines: {line: string, quantity: string, restock: boolean}[], by: string, asked_at: string, decided_by: string, note: string}} Request */

const STATES = /** @type {Record<string, [import("../words.js").Key, string]>} */ ({
  pending: ["requestPending", "badge badge--warn"],
  approved: ["requestApproved", "badge badge--ok"],
  rejected: ["requestRejected", "badge badge--danger"],
  paid: ["requestPaid", "badge"],
});

/** Say it when somebody in the Backoffice has decided. */
export function startRequests() {
  listen((name) => name === "refund.decided" && toast(t("requestDecided"), { closeLabel: t("close"), action: { label: t("show"), act: () => void openRequests() } }));
}

export async function openRequests() {
  const list = h("ul", { class: "list" });
  const sheet = openSheet({ title: t("requests"), closeLabel: t("close"), name: "requests", wide: true, body: [list] });
  try {
    const { requests } = await call("refund-requests");
    fill(list, ...requests.map((/** @type {Request} */ request) => row(request, () => (sheet.close(), void openPayout(request)))));
    if (!requests.length) fill(list, h("li", { class: "empty" }, t("requestsNone")));
  } catch (error) {
    fill(list, h("li", { class: "empty" }, sentence(error)));
  }
}

/**
 * @param {Request} request
 * @param {() => void} pay
 */
function row(request, pay) {
  const [word, look] = STATES[request.state];
  const about = [timeText(request.asked_at), request.by, request.reason].join(" · ");
  const said = request.decided_by && `${request.decided_by}${request.note ? `: ${request.note}` : ""}`;
  return h(
    "li",
    { class: "list__item" },
    icon("inbox"),
    h("span", { class: "list__main" }, h("strong", {}, request.label), h("small", { class: "caption" }, about), said && h("small", { class: "caption" }, said)),
    h("span", { class: look }, t(word)),
    h("strong", { class: "amount" }, money(request.total)),
    request.state === "approved" && h("button", { class: "button button--primary button--small", type: "button", onclick: pay }, t("payOut")),
  );
}

/** @param {Request} request */
async function openPayout(request) {
  const receipt = await byLabel(request.label);
  if (!receipt) return toast(t("receiptUnknown", { label: request.label }), { closeLabel: t("close") });
  const quantities = Object.fromEntries(request.lines.map(({ line, quantity }) => [line, quantity]));
  const damaged = new Set(request.lines.filter(({ restock }) => !restock).map(({ line }) => line));
  const names = receipt.lines.filter((line) => quantities[line.id]).map((line) => h("li", { class: "list__item" }, h("span", { class: "list__main" }, `${soldText({ ...line, quantity: quantities[line.id] })} × ${line.name}`), damaged.has(line.id) && h("span", { class: "badge badge--warn" }, t("notOnShelf"))));
  let busy = false;
  const make = async () => {
    if (busy) return;
    busy = true;
    const refund = await makeRefund(receipt, { quantities, damaged, way: request.method, request: request.id }, { id: uuid7(), reason: request.reason, approvals: [] }).finally(() => (busy = false));
    sheet.close();
    openGiven(refund);
  };
  const sheet = openSheet({
    title: `${t("refund")} · ${receipt.label}`,
    closeLabel: t("close"),
    name: "payout",
    body: [h("p", {}, t("approvedBy", { name: request.decided_by })), h("ul", { class: "list" }, ...names)],
    foot: [
      h("p", { class: "refund__total" }, h("span", {}, t("refundTotal")), h("strong", { class: "amount" }, money(request.total))),
      h("button", { class: "button button--danger-fill button--large", type: "button", "data-first": true, onclick: () => void make() }, t("payOut")),
    ],
  });
}
