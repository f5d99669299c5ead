// What is on promotion here and now: looked at when something is added, and every few seconds for what the screens show.

import { wallNow } from "./day.js";
import { bestAt, runningAt } from "./promotions.js";
import { setting, till } from "./till.js";

const EVERY = 5_000;

const switchedOn = () => setting("module.promotional_prices", true);

/**
 * What a line of this product is made with: what the store's clock shows, and the best promotion that holds then. The server must
 * know the minute also where there was none, for one may begin before the sale is paid.
 * @param {string} product
 * @returns {{promotion?: import("./promotions.js").Promoted, added: string}}
 */
export function offerFor(product) {
  const added = wallNow();
  const best = switchedOn() ? bestAt(till.get().catalog?.promotions.get(product), added) : undefined;
  return { added, ...(best && { promotion: { id: best.id, percent: best.percent } }) };
}

/** Keep `offers` true: with every news, and as promotions begin and end. */
export function startOffers() {
  const look = () => {
    const { catalog, place, offers } = till.get();
    const running = catalog && place && switchedOn() ? runningAt(catalog.promotions, wallNow()) : new Map();
    const same = running.size === offers.size && [...running].every(([product, { id, percent }]) => offers.get(product)?.id === id && offers.get(product)?.percent === percent);
    if (!same) till.set({ offers: running });
  };
  till.watch(["catalog", "place"], look);
  setInterval(look, EVERY);
  look();
}
