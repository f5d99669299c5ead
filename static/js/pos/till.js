// What the till knows while it runs: one store, watched by the screens.

import { makeStore } from "../lib/store.js";
import { NO_DEAL } from "./deals.js";

/**
 * @typedef {object} Person
 * @property {string} id
 * @property {string} name
 * @property {string} role
 * @property {string[]} codes
 * @property {string} [pass] the server's word that the PIN was entered here just now
 * @property {boolean} [places] whether there is another terminal to choose
 */
/**
 * @typedef {object} TillState
 * @property {any} place device, terminal, store, business as the snapshot gives them
 * @property {import("./catalog.js").Catalog | null} catalog
 * @property {Person | null} person
 * @property {{id: string, opening_float: string, opened_by?: string, employee?: string, business_date?: string, expected?: string} | null} shift
 * @property {import("./cart.js").CartLine[]} lines
 * @property {import("./deals.js").Deal} deal
 * @property {import("./customers.js").Customer | null} customer who is buying
 * @property {Map<string, import("./promotions.js").Promotion>} offers what is on promotion now, by product
 * @property {Set<string>} out variants on promotion of which the server last knew that none is left
 * @property {import("./orders.js").Taken[]} orders the held carts that the open one was made of
 * @property {import("./orders.js").Held[]} held carts that wait in the store
 * @property {import("./links.js").Link[]} online the store's payment links that wait, and those that ended lately
 * @property {import("./orders.js").HeldRecord[]} unsent carts whose payment link the server would not make
 * @property {import("./links.js").GatewayRow[]} gateways who takes money online for this store
 * @property {boolean} preview whether the till is only looked at, without a shift
 * @property {import("./giveback.js").Exchange | null} exchange what comes back for the open cart
 * @property {boolean} training whether what is sold is practice
 * @property {string} selected id of the line last touched; "" for the last one
 * @property {"connected" | "offline" | "sending"} link
 * @property {number} waiting
 * @property {number} seen when the server answered last, in milliseconds; 0: not since this page is open
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
    deal: NO_DEAL,
    customer: null,
    offers: new Map(),
    out: new Set(),
    orders: [],
    exchange: null,
    held: [],
    online: [],
    unsent: [],
    gateways: [],
    preview: false,
    training: false,
    selected: "",
    link: "connected",
    waiting: 0,
    seen: 0,
    query: "",
    category: "",
  }),
);

/** When the browser said that its network is gone, by `performance.now()`; an answer to what was asked before says nothing of now. */
const lost = { at: -1 };

/** The network is gone. @param {number} [at] */
export function networkGone(at = performance.now()) {
  lost.at = at;
  till.set({ link: "offline" });
}

/** The server answered. @param {number} asked when, by `performance.now()` */
export function answered(asked) {
  if (asked > lost.at) till.set({ link: "connected" });
}

/** Milliseconds to add to this device's clock, from the quickest round trip so far, and how far the clock is from the time that only runs on. */
export const clock = { offset: 0, trip: Infinity, base: 0 };

export const currency = () => {
  const { store } = till.get().place;
  return { code: store.currency, digits: store.digits };
};

/**
 * What the shop has set, by code (docs/access.md); the fallback where a cache from before does not know it.
 * @template {string | number | boolean} T
 * @param {string} code
 * @param {T} fallback
 * @returns {T extends string ? string : T extends number ? number : boolean}
 */
export const setting = (code, fallback) => till.get().place?.settings?.[code] ?? fallback;
