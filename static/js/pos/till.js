// What the till knows while it runs: one store, watched by the screens.

import { makeStore } from "../lib/store.js";

/**
 * @typedef {object} Person
 * @property {string} id
 * @property {string} name
 * @property {string} role
 * @property {string[]} codes
 */
/**
 * @typedef {object} TillState
 * @property {any} place device, terminal, store, business as the snapshot gives them
 * @property {import("./catalog.js").Catalog | null} catalog
 * @property {Person | null} person
 * @property {{id: string, opening_float: string} | null} shift
 * @property {import("./cart.js").CartLine[]} lines
 * @property {"connected" | "offline" | "sending"} link
 * @property {number} waiting
 * @property {string} query
 * @property {string} category
 */

/** @type {import("../lib/store.js").Store<TillState>} */
export const till = makeStore(
  /** @type {TillState} */ ({
    place: null,
    catalog: null,
    person: null,
    shift: null,
    lines: [],
    link: "connected",
    waiting: 0,
    query: "",
    category: "",
  }),
);

/** Milliseconds to add to this device's clock, from the quickest round trip so far. */
export const clock = { offset: 0, trip: Infinity };

export const currency = () => {
  const { store } = till.get().place;
  return { code: store.currency, digits: store.digits };
};
