// What stands on the payment sheet besides the money: each part is a module of its own and knows nothing of the others.

/** @typedef {import("../pricing/engine.js").Cart} EngineCart */
/**
 * What a part may know of the payment it stands on.
 * @typedef {object} Around
 * @property {import("../customers.js").Customer | null} customer who is buying
 * @property {() => string} due what is due now
 * @property {() => void} changed something that decides the amount is another now: reckon and draw anew
 */
/**
 * @typedef {object} Part
 * @property {HTMLElement} element
 * @property {(cart: EngineCart) => EngineCart} [priced] the cart with what this part changes of its cost
 * @property {(paid: boolean) => void} [closed] the sheet is gone, with the sale stored or without
 * @property {() => import("../operations.js").Said | null} [said] what it adds to the operation; null while something is wrong, which it has said beside its field
 */
/** @typedef {(around: Around) => Part | null} MakePart null: not for this payment */

/** @type {MakePart[]} */
const makers = [];

/** Make a part known, in the order in which they stand. @param {MakePart} make */
export function declarePart(make) {
  makers.push(make);
}

/** The parts of one payment. @param {Around} around @returns {Part[]} */
export const partsOf = (around) => makers.flatMap((make) => make(around) ?? []);

/** The cart with everything that the parts change. @param {Part[]} parts @param {EngineCart} cart */
export const pricedBy = (parts, cart) => parts.reduce((changed, part) => part.priced?.(changed) ?? changed, cart);

/** What all parts add to the operation, or null while one of them is not ready. @param {Part[]} parts */
export function saidBy(parts) {
  const said = parts.map((part) => (part.said ? part.said() : {}));
  if (said.includes(null)) return null;
  return /** @type {import("../operations.js").Said} */ ({ ...Object.assign({}, ...said), further: said.flatMap((each) => each?.further ?? []) });
}
