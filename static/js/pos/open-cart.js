// The open cart as the engine takes it: what it costs, what it may be, and what somebody has to say yes to.

import { uuid7 } from "../lib/ids.js";
import { cartOf, costOf, fitted, limitOf, missing } from "./deals.js";
import { today } from "./day.js";
import { exchangeQuote } from "./giveback.js";
import { currency, setting, till } from "./till.js";

/** @typedef {import("./deals.js").Cart} Cart */
/** @typedef {(needs: import("./deals.js").Need[], subject: string) => Promise<import("./deals.js").Approval[] | null>} Ask */

/** What decides over carts here and now. @returns {import("./deals.js").Frame} */
export function frame(day = today()) {
  const { catalog, customer, person, place } = till.get();
  const limit = limitOf(place?.settings?.["discount.tiers"] ?? [], setting("discount.with_customer", "100"), currency().digits);
  return { profiles: catalog?.profiles ?? {}, currency: currency(), day, limit, customer: customer !== null, may: (code) => Boolean(person?.codes.includes(code)) };
}

/** @returns {Cart} */
export function openCart() {
  const { lines, deal } = till.get();
  return { lines, deal };
}

/** What the open cart costs, or null when it is empty. */
export const pricedCart = () => (till.get().lines.length && till.get().catalog ? costOf(openCart(), frame()) : null);

/** What comes back for the open cart beside it, or null. */
export function exchangeNow() {
  const { exchange, lines, catalog } = till.get();
  return exchange && lines.length && catalog ? exchangeQuote(exchange, cartOf(openCart(), frame(), true)) : null;
}

/**
 * A cart as somebody wants it: with a manager's yes where it takes one, null where that was refused. PricingError where no rule
 * lets it be.
 * @param {Cart} cart
 * @param {Ask} ask
 * @returns {Promise<Cart | null>}
 */
export async function allowed(cart, ask) {
  const { lines, deal } = cart;
  const around = frame();
  const needs = missing(cart, costOf(cart, around), around.may);
  if (!needs.length) return cart;
  const id = deal.id || uuid7();
  const given = await ask(needs, `operation:${id}`);
  return given && { lines, deal: { ...deal, id, approvals: [...deal.approvals, ...given] } };
}

/**
 * Watch the contents and who is buying: what a change leaves too large gives way before anybody sees it (POS-18).
 * @param {(lowered: import("./deals.js").Lowered[]) => void} tell
 */
export function startFitting(tell) {
  till.watch(["lines", "customer"], ({ lines, deal, catalog, place }) => {
    if (!catalog || !place) return;
    const fits = fitted({ lines, deal }, frame());
    if (fits.lines !== lines || fits.deal !== deal) till.set({ lines: fits.lines, deal: fits.deal });
    if (fits.lowered.length) tell(fits.lowered);
  });
}
