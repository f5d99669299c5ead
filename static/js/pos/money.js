// Exact numbers, the twin of smartpos/money.py: BigInt inside, plain decimal strings outside. One rounding each.

/** @typedef {{code: string, digits: number}} CurrencyText */

export const ONE = 1000n;
export const WHOLE = 1_000_000n;
const AMOUNT_DIGITS = 11;
export const MAX_AMOUNT = 10n ** 15n - 1n;
export const MAX_QUANTITY = 10n ** 10n - 1n;
/** Price times a number per unit, both with four decimals: what one whole of it is. */
export const UNIT = 10_000n;
const NUMBER = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;
/** @type {Record<number, bigint>} */
const STEPS = { 0: 10_000n, 2: 100n, 3: 10n };

/** What the rules refuse; `code` is stable, `params` are strings (docs/pricing.md). */
export class PricingError extends Error {
  /**
   * @param {string} code
   * @param {Record<string, string>} [params]
   */
  constructor(code, params = {}) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

/** @param {bigint} value */
const absolute = (value) => (value < 0n ? -value : value);

/**
 * Half-up on the absolute value; the denominator is positive.
 * @param {bigint} numerator
 * @param {bigint} denominator
 */
export function roundHalfUp(numerator, denominator) {
  const rounded = (2n * absolute(numerator) + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/**
 * @param {bigint} amount
 * @param {bigint} step
 */
export const roundToStep = (amount, step) => step * roundHalfUp(amount, step);

/**
 * @param {string} text
 * @param {number} places
 * @param {number} digits
 * @param {boolean} signed
 */
function parse(text, places, digits, signed) {
  const match = typeof text === "string" && text.length <= 32 ? NUMBER.exec(text) : null;
  if (!match) throw new PricingError("bad_number");
  const [, sign, whole, fraction = ""] = match;
  if (fraction.length > places) throw new PricingError("too_many_decimals");
  if (whole.length > digits) throw new PricingError("number_too_large");
  const value = BigInt(whole + fraction.padEnd(places, "0"));
  if (!sign) return value;
  if (!signed) throw new PricingError("negative_number");
  if (!value) throw new PricingError("bad_number");
  return -value;
}

/** @param {string} text @param {boolean} [signed] */
export const parsePrice = (text, signed = false) => parse(text, 4, AMOUNT_DIGITS, signed);
/** @param {string} text */
export const parseQuantity = (text) => parse(text, 3, 7, false);
/** @param {string} text */
export const parseCount = (text) => parse(text, 0, 12, false);

/** @param {string} text */
export function parseRate(text) {
  const rate = parse(text, 4, AMOUNT_DIGITS, false);
  if (rate > WHOLE) throw new PricingError("number_too_large");
  return rate;
}

/**
 * @param {bigint} scaled
 * @param {number} places
 */
function shortest(scaled, places) {
  const sign = scaled < 0n ? "-" : "";
  const size = 10n ** BigInt(places);
  const whole = absolute(scaled) / size;
  const fraction = absolute(scaled) % size;
  return fraction ? `${sign}${whole}.${String(fraction).padStart(places, "0").replace(/0+$/, "")}` : `${sign}${whole}`;
}

/** @param {bigint} price */
export const formatPrice = (price) => shortest(price, 4);
/** @param {bigint} quantity */
export const formatQuantity = (quantity) => shortest(quantity, 3);
/** @param {bigint} rate */
export const formatRate = (rate) => shortest(rate, 4);

/** A currency: rounds to its minor unit, reads and writes amounts of it. */
export class Currency {
  /** @param {CurrencyText} text */
  constructor({ code, digits }) {
    if (!(digits in STEPS)) throw new PricingError("bad_currency");
    this.code = code;
    this.digits = digits;
    this.step = STEPS[digits];
  }

  /** @param {bigint} numerator @param {bigint} [denominator] */
  round(numerator, denominator = 1n) {
    return this.step * roundHalfUp(numerator, denominator * this.step);
  }

  /** @param {bigint} numerator @param {bigint} denominator */
  floor(numerator, denominator) {
    return this.step * (numerator / (denominator * this.step));
  }

  /** @param {string} text */
  parse(text) {
    return this.step * parse(text, this.digits, AMOUNT_DIGITS, false);
  }

  /** @param {bigint} amount whole minor units */
  format(amount) {
    if (amount % this.step) throw new RangeError(`${amount} is not whole minor units of ${this.code}`);
    const minor = String(absolute(amount) / this.step).padStart(this.digits + 1, "0");
    const sign = amount < 0n ? "-" : "";
    return this.digits ? `${sign}${minor.slice(0, -this.digits)}.${minor.slice(-this.digits)}` : sign + minor;
  }
}

/** A plain decimal with all digits of its currency: "2.5" → "2.50". @param {string} amount @param {number} digits */
export function padded(amount, digits) {
  const [whole, fraction = ""] = amount.split(".");
  return digits ? `${whole}.${fraction.padEnd(digits, "0")}` : whole;
}

/** @param {bigint[]} values */
export const sum = (values) => values.reduce((total, value) => total + value, 0n);

/**
 * Equal parts; what is left goes one step each to the first (pricing rule 15).
 * @param {bigint} amount whole steps
 * @param {number} count
 * @param {bigint} step
 */
export function equalSplit(amount, count, step) {
  const units = amount / step;
  const share = units / BigInt(count);
  const left = units % BigInt(count);
  return Array.from({ length: count }, (_, index) => (share + (BigInt(index) < left ? 1n : 0n)) * step);
}

/** @param {bigint} value never below nothing */
export const floored = (value) => (value > 0n ? value : 0n);

/**
 * In proportion to the weights, by largest remainder, ties to the earlier (pricing rule 8).
 * @param {bigint} amount whole steps
 * @param {bigint[]} weights
 * @param {bigint} step
 */
export function allocate(amount, weights, step) {
  const whole = sum(weights);
  if (!whole) {
    if (amount) throw new RangeError("nothing to allocate over");
    return weights.map(() => 0n);
  }
  const units = amount / step;
  const parts = weights.map((weight) => (units * weight) / whole);
  const remainders = weights.map((weight) => (units * weight) % whole);
  const order = [...weights.keys()].sort((a, b) => (remainders[a] === remainders[b] ? a - b : remainders[a] > remainders[b] ? -1 : 1));
  for (const index of order.slice(0, Number(units - sum(parts)))) parts[index] += 1n;
  return parts.map((part) => part * step);
}
