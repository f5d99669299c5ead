// The till says the same in both languages.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

import { bs } from "../../static/js/pos/texts.bs.js";
import { en } from "../../static/js/pos/texts.js";

const folder = new URL("../../static/js/pos/", import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js") && !name.startsWith("texts"));

test("every text has its translation, with the same values", () => {
  assert.deepEqual(Object.keys(bs).sort(), Object.keys(en).sort());
  const values = (/** @type {string} */ text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  for (const key of Object.keys(en)) assert.deepEqual(values(bs[key]), values(en[key]), key);
});

test("no two files of words have a key in common: the later one would be shown for both", () => {
  const words = readdirSync(folder).filter((name) => name.startsWith("texts"));
  for (const bosnian of [false, true]) {
    const files = words.filter((name) => name.endsWith(".bs.js") === bosnian);
    assert.ok(files.length > 3);
    const keys = files.flatMap((name) => [...readFileSync(new URL(name, folder), "utf8").matchAll(/^ {2}(\w+): /gm)].map((match) => match[1]));
    assert.deepEqual(keys.filter((key, place) => keys.indexOf(key) !== place), []);
  }
});

test("every text that a screen asks for is there", () => {
  for (const name of sources) {
    for (const [, key] of readFileSync(new URL(name, folder), "utf8").matchAll(/\bt\("(\w+)"/g)) assert.ok(key in en, `${name}: ${key}`);
  }
});
