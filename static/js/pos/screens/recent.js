// On the empty ticket: this till's last receipts, for whoever comes back for one.

import { h, refill } from "../../lib/dom.js";
import { receipts } from "../db.js";
import { till } from "../till.js";
import { money, t, timeText } from "../words.js";
import { scannedReceipt } from "./receipts.js";

const SHOWN = 3;

/** The list, which looks anew whenever the ticket has become empty. */
export function recentReceipts() {
  const list = h("div", { class: "recent", hidden: true });
  const draw = async () => {
    const { lines, person, preview, training } = till.get();
    if (lines.length) return;
    const may = !preview && person?.codes.includes("receipt.history");
    const last = may ? (await receipts()).filter((receipt) => Boolean(receipt.training) === training).slice(0, SHOWN) : [];
    list.hidden = !last.length;
    refill(list, h("h3", { class: "caption" }, t("recentReceipts")), ...last.map(row));
  };
  till.watch(["lines", "person", "preview", "training"], () => void draw());
  addEventListener("order-done", () => void draw());
  void draw();
  return list;
}

/** @param {import("../db.js").ReceiptRecord} receipt */
function row({ label, kind, occurred_at: at, total }) {
  const amount = money((kind === "sale" ? "" : "-") + total.replace("-", ""));
  return h(
    "button",
    { class: "list__item", type: "button", "data-recent": label, onclick: () => void scannedReceipt(label) },
    h("span", { class: "list__main" }, h("span", { class: "strong" }, label), h("small", { class: "caption" }, timeText(at))),
    h("span", { class: "amount" }, amount),
  );
}
