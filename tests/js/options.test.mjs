// Modifier groups, tabs and favourites of the till, without a page.

import assert from "node:assert/strict";
import test from "node:test";

import { addItem, engineCart, goodsOf } from "../../static/js/pos/cart.js";
import { FAVOURITES } from "../../static/js/pos/catalog.js";
import { answersOf, asked, beforehand, missing, toggled } from "../../static/js/pos/options.js";
import { price } from "../../static/js/pos/pricing/engine.js";
import { catalogOf } from "./goods.mjs";

const news = {
  cursor: 1,
  full: true,
  changes: {
    category: [["drinks", ["Drinks", "blue", 1, ""]], ["hot", ["Hot", "red", 1, "drinks"]], ["coffee", ["Coffee", "red", 1, "hot"]], ["food", ["Food", "green", 0, ""]]],
    modifiers: [
      ["size", ["Size", 1, 1, [["s", "Small", "", "0", false, ""], ["l", "Large", "", "1.5", false, "milk"]]]],
      ["milk", ["Milk", 1, 1, [["oat", "Oat", "", "0.5", false, ""], ["cow", "Cow", "", "0", true, ""]]]],
      ["extras", ["Extras", 0, 2, [["a", "A", "", "0.2", false, ""], ["b", "B", "", "0.3", false, ""], ["c", "C", "", "-0.1", false, ""]]]],
    ],
    item: [
      ["latte", ["p1", "Latte", "", "1", "", "3", "tax", "coffee", "piece", false, 0, "", [], "", ["size", "extras"], true]],
      ["soup", ["p2", "Soup", "", "2", "", "5", "tax", "food", "piece", false, 0, "", [], "", [], false]],
      ["old", ["p3", "Old row", "", "3", "", "5", "tax", "", "kg", false, 0]],
    ],
    profile: [["tax", ["PDV", [["E", "standard", "17", true, false, 1]]]]],
  },
};
const catalog = catalogOf(news);
const latte = catalog.item("latte");

test("a mandatory group wants an answer, and a chosen answer may lead to another group", () => {
  let chosen = beforehand(latte.groups, catalog.groups);
  assert.equal(missing(latte.groups, catalog.groups, chosen)?.id, "size");
  chosen = toggled(catalog.groups.get("size"), "l", chosen);
  assert.deepEqual(asked(latte.groups, catalog.groups, chosen).map(({ id }) => id), ["size", "milk", "extras"]);
  assert.equal(missing(latte.groups, catalog.groups, chosen)?.id, "milk");
  chosen = toggled(catalog.groups.get("milk"), "oat", chosen);
  assert.equal(missing(latte.groups, catalog.groups, chosen), undefined);
  assert.deepEqual(answersOf(latte.groups, catalog.groups, chosen).map(({ id }) => id), ["l", "oat"]);
});

test("a single choice replaces, a full group takes no more, what is not asked falls away", () => {
  const size = catalog.groups.get("size");
  const extras = catalog.groups.get("extras");
  let chosen = toggled(size, "s", toggled(size, "l", new Set()));
  assert.deepEqual([...chosen], ["s"]);
  for (const answer of ["a", "b", "c"]) chosen = toggled(extras, answer, chosen);
  assert.deepEqual([...chosen], ["s", "a", "b"]);
  assert.deepEqual(answersOf(latte.groups, catalog.groups, chosen.add("oat")).map(({ id }) => id), ["s", "a", "b"]);
});

test("price differences reach the engine, names and ids the operation", () => {
  const choices = [{ id: "l", name: "Large", price: "1.5" }, { id: "c", name: "C", price: "-0.1" }];
  let lines = addItem([], latte, "01934b7e-0000-7000-8000-000000000001", { choices });
  lines = addItem(lines, latte, "01934b7e-0000-7000-8000-000000000002", { choices });
  lines = addItem(lines, latte, "01934b7e-0000-7000-8000-000000000003", { choices: [] });
  assert.deepEqual(lines.map(({ quantity }) => quantity), ["2", "1"]);
  const sale = price(engineCart(lines, catalog.profiles, { code: "BAM", digits: 2 }));
  assert.equal(sale.totals.total, "11.80");
  assert.deepEqual([goodsOf(lines)[0].name, goodsOf(lines)[0].modifiers], ["Latte · Large, C", ["l", "c"]]);
  assert.equal("modifiers" in goodsOf(lines)[1], false);
});

test("a tab shows its subcategories' products, however deep", () => {
  for (const tab of ["drinks", "hot", "coffee"]) assert.deepEqual(catalog.find("", tab, 9).map(([{ id }]) => id), ["latte"]);
  assert.deepEqual(catalog.find("", "food", 9).map(([{ id }]) => id), ["soup"]);
  assert.deepEqual(catalog.find("", FAVOURITES, 9).map(([{ id }]) => id), ["latte"]);
  assert.deepEqual(catalog.categories.map(({ id }) => id).at(0), "food");
});

test("rows of an older server are still read", () => {
  const old = catalog.item("old");
  assert.deepEqual([old.decimals, old.unit, old.groups, old.picture], [3, "kg", [], ""]);
});
