// From a tap or a scanned code to a line: which variant, how much of it, what with it.

import { h } from "../../lib/dom.js";
import { uuid7 } from "../../lib/ids.js";
import { announce } from "../../lib/live.js";
import { closeSheets, openSheet } from "../../lib/sheet.js";
import { bad, good } from "../../lib/sound.js";
import { BadCheckDigit } from "../barcodes.js";
import { addItem } from "../cart.js";
import { understand } from "../codes.js";
import { listPrice, usualPrice } from "../deals.js";
import { offerFor } from "../offers.js";
import { currency, setting, till } from "../till.js";
import { money, t } from "../words.js";
import { scannedCard } from "./customer.js";
import { askOptions, unasked } from "./options.js";
import { askQuantity } from "./quantity.js";
import { scannedReceipt } from "./receipts.js";

/** @typedef {import("../catalog.js").Item} Item */
/** @typedef {{quantity?: string, choices?: import("../cart.js").Choice[], label?: string}} More */

const SHIPPED_PATTERNS = "28CCCCCWWWWWK\n29CCCCCPPPPPK";

/** A code from a scanner or typed into the search closes whatever is open; whether it meant something. @param {string} code */
export function scanned(code) {
  if (!code.trim() || !till.get().catalog) return false;
  closeSheets();
  return taken(code);
}

/** What a code means goes onto the ticket; whether it meant something. @param {string} code */
export function taken(code) {
  const { catalog } = till.get();
  if (!catalog) return false;
  try {
    const meant = understand(code, catalog, setting("barcode.patterns", SHIPPED_PATTERNS).split("\n"), currency().digits);
    if (!meant && (scannedReceipt(code) || scannedCard(code))) return (good(), true);
    if (!meant) return refuse(t("unknownCode"), t("unknownCodeHelp", { code: code.trim() }));
    good();
    const { item, quantity, label } = meant;
    if (label) put(item, { quantity, label });
    else if (quantity !== "1" || !item.decimals) withChoices(item, { quantity });
    else add(item);
    return true;
  } catch (error) {
    if (!(error instanceof BadCheckDigit)) throw error;
    return refuse(t("misread"), t("misreadHelp", { code: code.trim() }));
  }
}

/** @param {string} title @param {string} sentence */
function refuse(title, sentence) {
  bad();
  openSheet({ title, closeLabel: t("close"), name: "unknown", body: [h("p", {}, sentence)] });
  return false;
}

/** One tap on a product: its only variant at once, or the choice. @param {Item[]} variants */
export function tapped(variants) {
  if (variants.length === 1) return add(variants[0]);
  const sheet = openSheet({
    title: variants[0].name,
    closeLabel: t("close"),
    name: "variants",
    body: variants.map((item) =>
      h(
        "button",
        { class: "button button--large button--wide variant-choice", type: "button", onclick: () => (sheet.close(), add(item)) },
        h("span", {}, item.variant || item.name),
        prices(item),
      ),
    ),
  });
}

/** What a variant costs now, and by the list where that is more. @param {Item} item */
function prices(item) {
  const line = { id: "", item, quantity: "1", promotion: till.get().offers.get(item.product) };
  const now = h("span", { class: "amount" }, money(usualPrice(line, currency())));
  return line.promotion ? h("span", {}, h("s", { class: "caption" }, money(listPrice(line), true)), " ", now) : now;
}

/** What is weighed is asked how much first. @param {Item} item */
function add(item) {
  if (!item.decimals) return withChoices(item, {});
  askQuantity({ name: item.name, item, value: "", save: (quantity) => withChoices(item, { quantity }) });
}

/** @param {Item} item @param {More} more */
function withChoices(item, more) {
  const choices = unasked(item);
  if (choices) put(item, { ...more, choices });
  else askOptions(item, null, (chosen) => put(item, { ...more, choices: chosen }));
}

/** @param {Item} item @param {More} more */
function put(item, more) {
  const before = till.get().lines;
  const offer = offerFor(item.product);
  const lines = addItem(before, item, uuid7(), { ...more, ...offer });
  till.set({ lines, selected: lines.find((line, index) => line !== before[index])?.id ?? "" });
  announce(`${item.name} ${money(more.label ?? usualPrice({ id: "", item, quantity: "1", ...offer }, currency()))}`);
}
