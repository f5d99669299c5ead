// Words, amounts and times in the language of the till. Browsers format Bosnian wrongly, so numbers are written here.

import { bs } from "./texts.bs.js";
import { en } from "./texts.js";

/** @typedef {keyof typeof en} Key */

const LANGUAGES = { en, bs };
const SYMBOLS = /** @type {Record<string, string>} */ ({ BAM: "KM", EUR: "€", USD: "$", GBP: "£" });
/** @type {"en" | "bs"} */
let language = "en";
let currency = { code: "BAM", digits: 2 };

/** @param {string} wanted */
export function setLanguage(wanted) {
  language = wanted === "bs" ? "bs" : "en";
  document.documentElement.lang = language;
}

export const languageNow = () => language;

/** @param {{code: string, digits: number}} wanted */
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

/**
 * A counted noun: `ticketCount` with one, few or other.
 * @param {"ticketCount"} key
 * @param {number} count
 */
export function counted(key, count) {
  const rule = new Intl.PluralRules(language).select(count);
  return t(/** @type {Key} */ (`${key}_${rule === "one" || rule === "few" ? rule : "other"}`), { count });
}

/**
 * "1234.50" as it is read here, with the currency behind a space that does not break.
 * @param {string} amount
 * @param {boolean} [bare] without the currency
 */
export function money(amount, bare = false) {
  const [whole, fraction = ""] = amount.replace("-", "").split(".");
  const comma = language === "bs";
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, comma ? "." : ",");
  const padded = fraction.padEnd(currency.digits, "0");
  const text = (amount.startsWith("-") ? "\u2212" : "") + grouped + (padded ? (comma ? "," : ".") + padded : "");
  return bare ? text : `${text}\u00a0${SYMBOLS[currency.code] ?? currency.code}`;
}

/** @param {string} quantity */
export const quantityText = (quantity) => (language === "bs" ? quantity.replace(".", ",") : quantity);

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
