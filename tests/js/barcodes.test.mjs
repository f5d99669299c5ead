// Barcodes: the vectors of tests/golden, and what a scanned code means with a catalogue at hand.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { BadCheckDigit, checkDigit, checkDigitFault, readGs1, readLabel, spellings } from "../../static/js/pos/barcodes.js";
import { addItem, engineCart, goodsOf } from "../../static/js/pos/cart.js";
import { understand } from "../../static/js/pos/codes.js";
import { price } from "../../static/js/pos/pricing/engine.js";
import { catalogOf } from "./goods.mjs";

const golden = JSON.parse(readFileSync(new URL("../golden/barcodes.json", import.meta.url), "utf8"));
const PATTERNS = ["28CCCCCWWWWWK", "29CCCCCPPPPPK"];

test("check digits and spellings are those of the server", () => {
  for (const { body, digit } of golden.check_digits) assert.equal(checkDigit(body), digit);
  for (const { code, expected } of golden.faults) assert.equal(checkDigitFault(code)?.expected ?? null, expected, code);
  for (const { code, all } of golden.spellings) assert.deepEqual(spellings(code), all);
});

test("labels and GS1 are read as the server reads them", () => {
  for (const { code, patterns, label } of golden.labels) {
    if (label === "bad_check_digit") assert.throws(() => readLabel(code, patterns), BadCheckDigit);
    else assert.deepEqual(readLabel(code, patterns), label, code);
  }
  for (const { code, read } of golden.gs1) assert.deepEqual(readGs1(code), read, JSON.stringify(code));
});

const row = (name, sku, barcode, amount, unit, further = []) => [`p-${sku}`, name, "", sku, barcode, amount, "tax", "", unit === "kg" ? "kg" : "piece", true, 0, unit, further, "", [], false];
const catalog = catalogOf({
  cursor: 1,
  full: true,
  changes: {
    unit: [["kg", ["kg", 3, "kilogram"]], ["pc", ["piece", 0, "piece"]]],
    item: [["cheese", row("Trapist", "10040", "", "16.5", "kg")], ["beer", row("Beer", "7", "4006381333931", "3", "pc", ["036000291452"])], ["ham", row("Ham", "H", "09501101530003", "20", "kg")]],
    profile: [["tax", ["PDV", [["E", "standard", "17", true, false, 1]]]]],
  },
});

test("a weight label gives the quantity, a price label its amount and the quantity behind it", () => {
  const weight = understand("2810040003507", catalog, PATTERNS, 2);
  assert.deepEqual([weight.item.id, weight.quantity, weight.label], ["cheese", "0.35", undefined]);
  const priced = understand("2910040012506", catalog, PATTERNS, 2);
  assert.deepEqual([priced.item.id, priced.quantity, priced.label], ["cheese", "0.758", "12.50"]);
});

test("a price label is charged exactly, whatever its quantity would come to", () => {
  const { item, quantity, label } = understand("2910040012506", catalog, PATTERNS, 2);
  const lines = addItem([], item, "01934b7e-0000-7000-8000-000000000001", { quantity, label });
  const sale = price(engineCart(lines, catalog.profiles, { code: "BAM", digits: 2 }));
  assert.equal(sale.totals.total, "12.50");
  assert.equal(goodsOf(lines)[0].unit, "kg");
});

test("a misread label, a weight of nought and a weight of pieces sell nothing", () => {
  assert.throws(() => understand("2810040003500", catalog, PATTERNS, 2), BadCheckDigit);
  assert.equal(understand("2810040000001", catalog, PATTERNS, 2), null);
  assert.equal(understand("2800007003500".slice(0, 12) + checkDigit("280000700350"), catalog, PATTERNS, 2), null);
});

test("further barcodes and other spellings find the item", () => {
  for (const code of ["4006381333931", "036000291452", "0036000291452", "7"]) assert.equal(understand(code, catalog, PATTERNS, 2)?.item.id, "beer");
  assert.equal(understand("999", catalog, PATTERNS, 2), null);
});

test("GS1: the weight becomes the quantity", () => {
  const meant = understand("(01)09501101530003(3103)000350", catalog, PATTERNS, 2);
  assert.deepEqual([meant.item.id, meant.quantity], ["ham", "0.35"]);
});
