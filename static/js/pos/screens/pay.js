// Payment: cash, card or both; the sale is stored before anything says "paid".

import { fill, h } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { engineCart, quickCash } from "../cart.js";
import { parsePrice, PricingError } from "../money.js";
import { settle } from "../operations.js";
import { price } from "../pricing/engine.js";
import { currency, till } from "../till.js";
import { money, plainNumber, t } from "../words.js";
import { field } from "./gate.js";
import { receiptBody, showReceipt } from "./receipts.js";
import { pricedCart } from "./ticket.js";

/** @typedef {"cash" | "card" | "mixed"} Way */

/** Open the payment of the cart. */
export function openPayment() {
  const sale = pricedCart();
  if (!sale) return;
  const { lines, catalog } = till.get();
  const due = sale.totals.total;
  /** @type {Way} */
  let way = "cash";
  let busy = false;
  const received = field(t("given"), { id: "received", inputmode: "decimal", autocomplete: "off", class: "input input--large", "data-first": true });
  const card = field(t("card"), { id: "card-part", inputmode: "decimal", autocomplete: "off", class: "input input--large" });
  const change = h("p", { class: "pay__change", "aria-live": "polite" });
  const quick = h("div", { class: "chips chips--wrap" });
  const tabs = h("div", { class: "segmented", role: "group" });
  const done = h("button", { class: "button button--pay button--wide", type: "submit" }, t("complete"));
  /** @returns {import("../pricing/payment.js").TenderText[]} */
  const tenders = () => {
    const digits = currency().digits;
    if (way === "card") return [{ method: "card", amount: due }];
    const cardPart = way === "mixed" ? padded(plainNumber(card.input.value, digits) ?? "0", digits) : null;
    const cash = cardPart ? difference(due, cardPart, digits) : due;
    const given = padded(plainNumber(received.input.value, digits) ?? cash, digits);
    const cashTender = { method: /** @type {const} */ ("cash"), amount: cash, tendered: given };
    return cardPart ? [{ method: "card", amount: cardPart }, cashTender] : [cashTender];
  };
  const draw = () => {
    fill(tabs, ...(/** @type {Way[]} */ (["cash", "card", "mixed"])).map((name) => h("button", { class: "chip", type: "button", "aria-pressed": name === way ? "true" : "false", onclick: () => ((way = name), draw()) }, t(name))));
    card.element.hidden = way !== "mixed";
    received.element.hidden = quick.hidden = way === "card";
    try {
      const tried = price(engineCart(lines, catalog?.profiles ?? {}, currency(), tenders()));
      change.textContent = `${t("change")} ${money(tried.payment?.change ?? "0")}`;
      done.disabled = false;
    } catch (error) {
      if (!(error instanceof PricingError)) throw error;
      change.textContent = error.params.missing ? `${t("missing")} ${money(error.params.missing)}` : error.params.excess ? `+${money(error.params.excess)}` : "";
      done.disabled = true;
    }
  };
  fill(
    quick,
    ...quickCash(due, parsePrice(due)).map((amount, index) =>
      h("button", { class: "chip", type: "button", onclick: () => ((received.input.value = padded(amount, currency().digits)), draw()) }, index ? money(amount) : t("payExact")),
    ),
  );
  const complete = async () => {
    if (busy || done.disabled) return;
    busy = true;
    try {
      const cart = engineCart(lines, catalog?.profiles ?? {}, currency(), tenders());
      const receipt = await settle(cart, lines);
      till.set({ lines: [] });
      sheet.close();
      paid(receipt);
    } catch (error) {
      change.textContent = t("notDurable");
      change.setAttribute("role", "alert");
      throw error;
    } finally {
      busy = false;
    }
  };
  const form = h(
    "form",
    { class: "pay", id: "pay-form", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void complete()) },
    h("p", { class: "pay__due" }, t("amountDue"), h("strong", { class: "amount" }, money(due))),
    tabs,
    card.element,
    received.element,
    quick,
    change,
    done,
  );
  for (const input of [received.input, card.input]) input.addEventListener("input", draw);
  draw();
  const sheet = openSheet({ title: t("pay"), closeLabel: t("back"), name: "pay", wide: true, body: [form] });
}

/** What was given, less a part; both with all digits. @param {string} due @param {string} part @param {number} digits */
function difference(due, part, digits) {
  const rest = parsePrice(due) - parsePrice(part);
  if (rest < 0n) return padded("0", digits);
  const text = String(rest).padStart(5, "0");
  return padded(`${text.slice(0, -4)}.${text.slice(-4)}`.replace(/\.?0+$/, "") || "0", digits);
}

/** @param {string} amount @param {number} digits */
export function padded(amount, digits) {
  const [whole, fraction = ""] = amount.split(".");
  return digits ? `${whole}.${fraction.padEnd(digits, "0")}` : whole;
}

/** The change, big, until the next sale begins. @param {import("../db.js").ReceiptRecord} receipt */
function paid(receipt) {
  const change = receipt.tenders.find((/** @type {any} */ tender) => tender.method === "cash")?.change ?? "0";
  const sheet = openSheet({
    title: `${t("paid")} · ${receipt.label}`,
    closeLabel: t("close"),
    name: "paid",
    wide: true,
    onScan: () => (sheet.close(), false),
    body: [
      h("p", { class: "paid__change" }, t("change"), h("strong", { class: "amount", id: "change-due" }, money(change))),
      h("details", { class: "paid__receipt" }, h("summary", {}, t("receipt")), receiptBody(receipt, false)),
    ],
    foot: [
      h("button", { class: "button button--large", type: "button", onclick: () => showReceipt(receipt, false) }, t("print")),
      h("button", { class: "button button--primary button--large", type: "button", "data-first": true, onclick: () => sheet.close() }, t("newSale")),
    ],
  });
}
