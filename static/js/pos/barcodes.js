// Barcodes, pure: check digits of the EAN family, labels of scales, GS1 element strings. The twin of inventory/barcodes.py:
// both run the vectors in tests/golden/barcodes.json.

const LENGTHS = [8, 12, 13, 14];
const FNC1 = "\x1d";
const PREFIXES = ["]C1", "]e0", "]d2", "]Q3", "]J1"];
const FIXED = /** @type {Record<string, number>} */ ({ "00": 18, "01": 14, "02": 14, "03": 14, "04": 16, 11: 6, 12: 6, 13: 6, 14: 6, 15: 6, 16: 6, 17: 6, 18: 6, 19: 6, 20: 2, 31: 6, 32: 6, 33: 6, 34: 6, 35: 6, 36: 6, 41: 13 });
const LONG = /^(?:3[1-6]|39|7[0-9]|80|82)/;
const LONGEST_VALUE = 90;

/** @typedef {{item: string, kind: "weight" | "price", value: string}} Label value: digits without leading noughts */
/** @typedef {{gtin: string, lot: string, serial: string, expiry: string, best_before: string, weight: string | null, price: [string, number] | null}} Gs1 */

/** @param {string} text */
const digits = (text) => /^[0-9]+$/.test(text);

/** The check digit behind these digits: weights 3 and 1 from the right. @param {string} body */
export function checkDigit(body) {
  let total = 0;
  [...body].reverse().forEach((digit, place) => (total += Number(digit) * (place % 2 ? 1 : 3)));
  return String((10 - (total % 10)) % 10);
}

/**
 * What an EAN-8, UPC-A, EAN-13 or GTIN-14 should end with; null when it does, or the code is none of these.
 * @param {string} code
 */
export function checkDigitFault(code) {
  if (!LENGTHS.includes(code.length) || !digits(code)) return null;
  const expected = checkDigit(code.slice(0, -1));
  return code.endsWith(expected) ? null : { code, expected };
}

/** The ways one trade item's code is written, the scanned one first. @param {string} code */
export function spellings(code) {
  if (!digits(code) || !LENGTHS.includes(code.length)) return [code];
  const bare = code.replace(/^0+/, "");
  return [...new Set([code, ...LENGTHS.filter((length) => bare.length <= length).map((length) => bare.padStart(length, "0"))])];
}

/** A label of this shop that was misread: nothing may be sold by it. */
export class BadCheckDigit extends Error {}

/**
 * What a code says by the first pattern that fits, such as `28CCCCCWWWWWK`; null when none does.
 * @param {string} code
 * @param {string[]} patterns
 * @returns {Label | null}
 */
export function readLabel(code, patterns) {
  for (const pattern of patterns) {
    if (code.length !== pattern.length || !digits(code)) continue;
    if (![...pattern].every((letter, place) => !digits(letter) || letter === code[place])) continue;
    if (checkDigit(code.slice(0, -1)) !== code.at(-1)) throw new BadCheckDigit(code);
    const part = (/** @type {string} */ wanted) => [...code].filter((_digit, place) => pattern[place] === wanted).join("");
    const weight = pattern.includes("W");
    return { item: part("C"), kind: weight ? "weight" : "price", value: String(BigInt(part(weight ? "W" : "P"))) };
  }
  return null;
}

/**
 * A GS1-128 or DataMatrix string, raw from the scanner or in brackets; null when it is not one, or is broken.
 * @param {string} code
 * @returns {Gs1 | null}
 */
export function readGs1(code) {
  const elements = code.startsWith("(") ? bracketed(code) : raw(code);
  const gtin = elements?.get("01");
  if (!elements || !gtin || !digits(gtin) || checkDigitFault(gtin)) return null;
  const long = (/** @type {string} */ start) => [...elements].find(([ai]) => ai.length === 4 && ai.startsWith(start));
  const weight = long("310");
  const price = long("392");
  return {
    gtin,
    lot: elements.get("10") ?? "",
    serial: elements.get("21") ?? "",
    expiry: elements.get("17") ?? "",
    best_before: elements.get("15") ?? "",
    weight: weight && digits(weight[1]) ? thousandths(BigInt(weight[1]), Number(weight[0][3])) : null,
    price: price && digits(price[1]) ? [String(BigInt(price[1])), Number(price[0][3])] : null,
  };
}

/** Kilograms with so many decimals, as thousandths; finer ones are rounded half up. @param {bigint} value @param {number} places */
function thousandths(value, places) {
  if (places <= 3) return String(value * 10n ** BigInt(3 - places));
  const divisor = 10n ** BigInt(places - 3);
  return String((value * 2n + divisor) / (2n * divisor));
}

/** @param {string} code */
function bracketed(code) {
  const parts = [...code.matchAll(/\(([0-9]{2,4})\)([^(]+)/g)].map(([, ai, value]) => /** @type {[string, string]} */ ([ai, value]));
  const whole = parts.map(([ai, value]) => `(${ai})${value}`).join("") === code;
  return whole && parts.every(([ai, value]) => fits(ai, value)) ? new Map(parts) : null;
}

/** @param {string} ai @param {string} value */
function fits(ai, value) {
  const fixed = FIXED[ai.slice(0, 2)];
  return fixed === undefined ? value.length > 0 && value.length <= LONGEST_VALUE : value.length === fixed;
}

/** Element after element; those of variable length end with FNC1 or the end. @param {string} code */
function raw(code) {
  let rest = code;
  for (const prefix of PREFIXES) if (rest.startsWith(prefix)) rest = rest.slice(prefix.length);
  rest = rest.replace(/^\x1d+/, "");
  const found = new Map();
  while (rest) {
    const size = LONG.test(rest) ? 4 : 2;
    const ai = rest.slice(0, size);
    if (ai.length < size || !digits(ai)) return null;
    rest = rest.slice(size);
    const fixed = FIXED[ai.slice(0, 2)];
    const end = rest.indexOf(FNC1);
    const length = fixed ?? (end < 0 ? rest.length : end);
    const value = rest.slice(0, length);
    if (!fits(ai, value)) return null;
    rest = rest.slice(length).replace(fixed === undefined ? /^\x1d/ : /^\x1d+/, "");
    found.set(ai, value);
  }
  return found;
}
