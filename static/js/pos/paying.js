// How somebody pays what is due: cash, card, or both in parts that add up. Pure: no page, no network, no clock.

import { PricingError, formatPrice, padded, parsePrice } from "./money.js";
import { cashDue } from "./pricing/payment.js";

/** @typedef {"cash" | "card" | "mixed" | "online"} Way */
/** @typedef {import("./pricing/payment.js").TenderText} TenderText */
/** @typedef {import("./pricing/payment.js").RoundingText} RoundingText */
/** @typedef {{due: string, digits: number, rounding: RoundingText | null}} Terms what is due, and how cash is rounded */
/**
 * What was typed, as plain decimals; null where nothing was.
 * @typedef {object} Typed
 * @property {string | null} received the cash handed over
 * @property {string | null} cash the part in cash
 * @property {(string | null)[]} cards the parts on cards
 */

/** What a till takes by itself; «online» is there where a gateway is connected. @type {Way[]} */
export const WAYS = ["cash", "card", "mixed"];
/** So many cards pay one sale at most. */
export const MOST_CARDS = 4;

/**
 * The cash increment of the settings, where the currency can say it.
 * @param {string} step "0": cash is not rounded
 * @param {boolean} exact whether exact coins are taken
 * @param {number} digits
 * @returns {RoundingText | null}
 */
export function roundingOf(step, exact, digits) {
  const size = parsePrice(step);
  if (!size || size % 10n ** BigInt(4 - digits)) return null;
  return { step: padded(formatPrice(size), digits), exact_coins: exact };
}

/** @param {RoundingText | null} rounding */
const scaledRounding = (rounding) => (rounding ? { step: parsePrice(rounding.step), exact: rounding.exact_coins ?? false } : null);

/** What cash pays of an exact part. @param {string} part @param {Terms} terms */
export const cashFor = (part, { digits, rounding }) => written(cashDue(parsePrice(part), scaledRounding(rounding)), digits);

/** @param {bigint} amount @param {number} digits */
const written = (amount, digits) => padded(formatPrice(amount), digits);

/**
 * The tenders as the engine takes them, which says what is missing or too much. PricingError `coins_unknown` where so much cash
 * was handed over that nobody could lay it down or give it back in coins that there are.
 * @param {Way} way
 * @param {Typed} typed
 * @param {Terms} terms
 * @returns {TenderText[]}
 */
export function tendersOf(way, typed, terms) {
  const { due, digits } = terms;
  if (!parsePrice(due)) return [];
  if (way === "card" || way === "online") return [{ method: way, amount: due }];
  if (way === "cash") return [cashTender(due, null, typed.received, terms)];
  const cards = typed.cards.filter((part) => part !== null && parsePrice(part) > 0n).map((part) => padded(part ?? "0", digits));
  const left = restOf(terms, cards);
  if (left < 0n) throw new PricingError("tender_above_due", { due, excess: written(-left, digits) });
  const tenders = cards.map((amount) => ({ method: /** @type {const} */ ("card"), amount }));
  return left || (typed.cash !== null && parsePrice(typed.cash)) ? [...tenders, cashTender(written(left, digits), typed.cash, typed.received, terms)] : tenders;
}

/** What cards leave to cash. @param {Terms} terms @param {string[]} cards */
const restOf = ({ due }, cards) => cards.reduce((left, part) => left - parsePrice(part), parsePrice(due));

/**
 * @param {string} part what is left for cash, exact
 * @param {string | null} share what somebody typed as the cash part
 * @param {string | null} received
 * @param {Terms} terms
 * @returns {TenderText}
 */
function cashTender(part, share, received, terms) {
  const { digits, rounding } = terms;
  const exact = rounding?.exact_coins && (received ?? share) !== null && parsePrice(received ?? share ?? "0") === parsePrice(part);
  const amount = exact ? part : share === null ? cashFor(part, terms) : padded(share, digits);
  const tendered = padded(received ?? amount, digits);
  const step = rounding && parsePrice(rounding.step);
  if (step && !exact && parsePrice(tendered) % step) throw new PricingError("coins_unknown", { due: cashFor(part, terms) });
  return { method: "cash", amount, tendered };
}

/**
 * What a part that nobody typed comes to, so that the parts add up: cash as it is rounded, a card exactly.
 * @param {Typed} typed
 * @param {Terms} terms
 * @param {"cash" | number} which cash, or the place of a card
 * @returns {string} "" where nothing is left
 */
export function suggested(typed, terms, which) {
  const others = typed.cards.filter((part, place) => part !== null && place !== which).map(String);
  const left = restOf(terms, which === "cash" || typed.cash === null ? others : [...others, typed.cash]);
  if (left <= 0n) return "";
  return which === "cash" ? cashFor(written(left, terms.digits), terms) : written(left, terms.digits);
}
