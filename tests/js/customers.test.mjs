// Customers of the cache, without a page.

import assert from "node:assert/strict";
import test from "node:test";

import { byCard, customersOf, findCustomers } from "../../static/js/pos/customers.js";
import { catalogOf } from "./goods.mjs";

const rows = [
  ["a", ["Zlatan Đulić", "061 123-456", "zlatan@example.com", "4711", "Čapljina", "Kuća d.o.o.", "4200", ""]],
  ["b", ["Amra", "", "", "", "", "", "", ""]],
];
const catalog = catalogOf({ cursor: 1, full: true, changes: { customer: rows } });

test("customers stand by name and are found by the beginning of words, marks or not", () => {
  const all = customersOf(catalog);
  assert.deepEqual(all.map(({ name }) => name), ["Amra", "Zlatan Đulić"]);
  assert.equal(customersOf(catalog), all);
  for (const query of ["zlatan", "djulic", "061123", "061 123", "capljina", "kuca", "4711", "ZLATAN@"]) assert.deepEqual(findCustomers(all, query, 9).map(({ id }) => id), ["a"], query);
  assert.equal(findCustomers(all, "", 1).length, 1);
  assert.equal(findCustomers(all, "latan", 9).length, 0);
});

test("a card is its owner's, and no card is nobody's", () => {
  const all = customersOf(catalog);
  assert.equal(byCard(all, " 47 11 ")?.id, "a");
  assert.equal(byCard(all, ""), undefined);
  assert.equal(byCard(all, "471"), undefined);
});
