// Words, amounts and times in the language of the till. Browsers format Bosnian wrongly, so numbers are written here.

import { bs } from "./texts.bs.js";
import { en } from "./texts.js";

/** @typedef {keyof typeof en} Key */

const LANGUAGES = { en, bs };
const SYMBOLS = /** @type {Record<string, string>} */ ({ BAM: "KM", EUR: "€", USD: "$", GBP: "£" });
/** @type {"en" | "bs"} */
let language = "en";
/** @type {MoneyFormat} */
let currency = { code: "BAM", digits: 2 };

/** @param {string} wanted */
export function setLanguage(wanted) {
  language = wanted === "bs" ? "bs" : "en";
  document.documentElement.lang = language;
}

export const languageNow = () => language;

/**
 * How amounts are written; empty separators are the language's, an empty symbol the usual sign.
 * @typedef {{code: string, digits: number, symbol?: string, before?: boolean, decimal?: string, thousands?: string}} MoneyFormat
 */
/** @param {MoneyFormat} wanted */
export function setCurrency(wanted) {
  currency = wanted;
}

/**
 * @param {Key} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  return LANGUAGES[language][key].replace(/\{(\w+)\}/g, (_all, name) => String(values[name] ?? ""));
}

/** @type {Record<string, Intl.PluralRules>} */
const rules = {};

/**
 * A counted noun: `ticketCount` with one, few or other.
 * @param {"ticketCount" | "leftHeld" | "leftRequests" | "parcels" | "waits"} key
 * @param {number} count
 */
export function counted(key, count) {
  const rule = (rules[language] ??= new Intl.PluralRules(language)).select(count);
  return t(/** @type {Key} */ (`${key}_${rule === "one" || rule === "few" ? rule : "other"}`), { count });
}

/** The decimal mark and the grouping, unless what is set cannot be told apart. */
function separators() {
  const { decimal, thousands } = currency;
  const group = thousands === "space" ? "\u00a0" : thousands;
  if (decimal && group && decimal !== group) return [decimal, group];
  return language === "bs" ? [",", "."] : [".", ","];
}

/**
 * "1234.50" as it is read here, with the currency beside it; the space does not break.
 * @param {string} amount
 * @param {boolean} [bare] without the currency
 */
export function money(amount, bare = false) {
  const [whole, fraction = ""] = amount.replace("-", "").split(".");
  const [mark, group] = separators();
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  const padded = fraction.padEnd(currency.digits, "0");
  const minus = amount.startsWith("-") ? "\u2212" : "";
  const text = grouped + (padded ? mark + padded : "");
  if (bare) return minus + text;
  const symbol = currency.symbol || SYMBOLS[currency.code] || currency.code;
  if (!currency.before) return `${minus}${text}\u00a0${symbol}`;
  return `${minus}${symbol}${/\p{L}$/u.test(symbol) ? "\u00a0" : ""}${text}`;
}

/** @param {string} quantity */
export const quantityText = (quantity) => (language === "bs" ? quantity.replace(".", ",") : quantity);

/**
 * A quantity with its unit's word: «2», «0.350 kg», «2 kg».
 * @param {string} quantity
 * @param {{unit: string, decimals: number}} item
 */
export function measured(quantity, { unit, decimals }) {
  const [whole, fraction] = quantity.split(".");
  const number = quantityText(fraction ? `${whole}.${fraction.padEnd(decimals, "0")}` : whole);
  return unit === "piece" ? number : `${number}\u00a0${unit}`;
}

/**
 * How much was sold, as the printed receipt says it. Lines of before this was kept have no unit.
 * @param {{quantity: string, unit?: string}} line
 */
export const soldText = ({ quantity, unit = "" }) => measured(quantity.replace("-", ""), { unit: unit || "piece", decimals: 3 });

/**
 * What was typed as a plain decimal, or null.
 * @param {string} typed
 * @param {number} places
 */
export function plainNumber(typed, places) {
  const match = /^(\d{1,9})(?:[.,](\d*))?$/.exec(typed.trim());
  if (!match || (match[2] ?? "").length > places) return null;
  const whole = match[1].replace(/^0+(?=\d)/, "");
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  return fraction ? `${whole}.${fraction}` : whole;
}

/** @param {string} at */
export function timeText(at) {
  const date = new Date(at);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${two(date.getDate())}.${two(date.getMonth() + 1)}.${date.getFullYear()}. ${two(date.getHours())}:${two(date.getMinutes())}`;
}
