// What waits to be sent and what the server refused: never lost, sent by hand, taken along as a file.

import { fill, h } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { lyingHere, saveAsFile, totalOf } from "../discarding.js";
import { wake } from "../queue.js";
import { till } from "../till.js";
import { money, t, timeText } from "../words.js";
import { openDiscard } from "./discard.js";

/** @typedef {import("../db.js").Operation} Operation */

const KINDS = /** @type {Record<string, import("../words.js").Key>} */ ({
  "sale.settle": "receipt",
  "refund.make": "refund",
  "receipt.void": "voidName",
  "queue.discard": "discarded",
  "shift.open": "openShift",
  "shift.close": "closeShift",
  "customer.put": "customer",
});

/** @param {string} [why] somebody is told to see to it first */
export async function openPending(why = "") {
  const inside = h("div", { class: "stack" });
  const sheet = openSheet({
    title: t("pending"),
    closeLabel: t("close"),
    name: "pending",
    body: [why && h("p", { class: "banner banner--warn" }, why), inside],
    foot: [h("button", { class: "button", type: "button", onclick: () => void saveAsFile() }, t("export")), h("button", { class: "button button--primary", type: "button", "data-first": true, onclick: wake }, t("sync"))],
    onClose: () => stop(),
  });
  const draw = async () => {
    const { queue, refused } = await lyingHere();
    if (!sheet.element.open) return;
    fill(
      inside,
      ...(refused.length ? [h("h3", {}, t("pendingRefused")), h("ul", { class: "list" }, ...refused.map(row))] : []),
      queue.length > 0 && refused.length > 0 && h("h3", {}, t("pendingWaiting")),
      queue.length > 0 && h("ul", { class: "list" }, ...queue.map(row)),
      !queue.length && !refused.length && h("p", { class: "empty" }, t("pendingNone")),
      (queue.length > 0 || refused.length > 0) && h("details", {}, h("summary", {}, t("advanced")), h("button", { class: "button button--danger", type: "button", onclick: openDiscard }, t("discard"))),
    );
  };
  const stop = till.watch(["waiting"], () => void draw());
  await draw();
}

/** @param {any} operation */
function row({ kind, at, body, answer }) {
  const number = body?.series && body?.number ? ` ${body.series}-${body.number}` : "";
  const known = KINDS[kind];
  return h(
    "li",
    { class: "list__item" },
    h("span", { class: "list__main" }, `${known ? t(known) : kind}${number}`, h("small", { class: "caption" }, timeText(at))),
    totalOf(body) && h("span", { class: "amount" }, money(totalOf(body))),
    answer && h("span", { class: "caption" }, answer.error?.message ?? answer.error?.code ?? ""),
  );
}
