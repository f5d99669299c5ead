// Payment links (docs/terminal-protocol.md, 5.15): made, sent once more, cancelled, and how those of the store stand.

import { uuid7 } from "../lib/ids.js";
import { countOf, goodsOf } from "./cart.js";
import { heldRecords, keepHeld, read, store, write } from "./db.js";
import { carried } from "./deals.js";
import { contentsOf } from "./held.js";
import { envelope, figuresOf } from "./operations.js";
import { price } from "./pricing/engine.js";
import { onAnswer, wake } from "./queue.js";
import { till } from "./till.js";

/** @typedef {{id: string, name: string}} GatewayRow */
/**
 * @typedef {object} Link a payment link of the store, as the server tells it
 * @property {string} id of its order
 * @property {"waiting" | "paid" | "cancelled" | "expired"} state
 * @property {string} gateway
 * @property {string} to
 * @property {string} by
 * @property {string} at
 * @property {string} until
 * @property {string} customer
 * @property {number} pieces
 * @property {string} total
 * @property {string} label of the receipt
 * @property {boolean} stray money of it is to be given back
 */

const PATIENCE = 12_000;
const KEPT = "gateways";
/** @typedef {"link.make" | "link.send" | "link.cancel"} Act */
/**
 * @typedef {object} News
 * @property {(link: Link) => void} ended it was paid, or has expired
 * @property {(cart: import("./orders.js").HeldRecord) => void} unmade long after the press the server said that it made none
 * @property {(act: Act, link: Link | undefined, reason?: string) => void} late long after the press the server said that the link had ended before, or that somebody may not
 */
/** @type {News} */
let tell = { ended: () => {}, unmade: () => {}, late: () => {} };
/** Operations whose answer somebody waits for. @type {Set<string>} */
const asking = new Set();
/** Those whose answer did not come in time: what was to happen, and to which link. @type {Map<string, {act: Act, order: string}>} */
const unanswered = new Map();

/** Hear of links that were paid, have ended or were not made, and know from before who takes money here. @param {News} news */
export async function startLinks(news) {
  tell = news;
  onAnswer((answer) => void heardLate(answer));
  const kept = /** @type {GatewayRow[] | undefined} */ (await read(KEPT));
  if (kept && !till.get().gateways.length) till.set({ gateways: kept });
  for (const { id, link } of await heldRecords()) if (link && !link.reason) unanswered.set(link.operation, { act: "link.make", order: id });
  await showUnsent();
  for (const cart of till.get().unsent) tell.unmade(cart);
}

/** The carts whose link was not made, as they are now. */
export async function showUnsent() {
  till.set({ unsent: (await heldRecords()).filter(({ link }) => link?.reason && !asking.has(link.operation)) });
}

/** An answer that nobody waits for any more. @param {any} answer */
async function heardLate({ id, result }) {
  const meant = unanswered.get(id);
  if (asking.has(id) || !meant) return;
  unanswered.delete(id);
  if (result?.made || result?.sent || result?.cancelled) return;
  await showUnsent();
  const cart = till.get().unsent.find(({ link }) => link?.operation === id);
  if (cart) tell.unmade(cart);
  else tell.late(meant.act, till.get().online.find((link) => link.id === meant.order), result?.reason);
}

/** What the server said of the store's links, and of who takes money online. @param {{online?: Link[], gateways?: GatewayRow[]}} answer */
export async function heardLinks({ online = [], gateways = [] }) {
  const before = new Map(till.get().online.map((link) => [link.id, link]));
  till.set({ online, gateways });
  await write(KEPT, gateways);
  for (const link of online) if (before.get(link.id)?.state === "waiting" && link.state !== "waiting") tell.ended(link);
}

export const mayLink = () => Boolean(till.get().person?.codes.includes("sale.online")) && !till.get().training;

/**
 * Put a sale aside and mail its link. What becomes of it is the server's answer; null where none came, then it is still on its way.
 * The cart is kept until the server has made the link.
 * @param {import("./pricing/engine.js").Cart} cart whose tender is online
 * @param {import("./deals.js").Cart} open
 * @param {string | null} customer
 * @param {{to: string, gateway: string}} wish
 */
export async function makeLink(cart, open, customer, { to, gateway }) {
  const sale = price(cart);
  const order = uuid7();
  const body = { order, gateway, to, cart, goods: goodsOf(open.lines), figures: figuresOf(sale), customer };
  const { customer: buyer, person } = till.get();
  const kept = { id: order, version: 0, note: "", customer, name: buyer?.name ?? "", by: person?.name ?? "", at: new Date().toISOString(), total: sale.totals.total, pieces: countOf(open.lines), contents: contentsOf(open) };
  const answer = await asked("link.make", body, carried(open, sale), (operation) => ({ ...kept, link: { to, operation } }));
  // whoever hears a no has the cart before them
  if (answer) await keepHeld(null, order);
  return answer;
}

/** @param {string} order @param {string} to */
export const sendAgain = (order, to) => asked("link.send", { order, to });

/** @param {string} order */
export const cancelLink = (order) => asked("link.cancel", { order });

/**
 * Store the operation and wait for its answer; one that comes later is told (`News`).
 * @param {Act} act
 * @param {{order: string} & Record<string, unknown>} body
 * @param {any[]} [approvals]
 * @param {(operation: string) => import("./orders.js").HeldRecord} [keep] a cart that is kept with it
 * @returns {Promise<any>}
 */
async function asked(act, body, approvals = [], keep) {
  const { operation } = await store(false, ({ seq }) => {
    const made = { ...envelope(act, seq, body), approvals };
    asking.add(made.id);
    return { operation: made, ...(keep && { order: keep(made.id), over: true }) };
  });
  return new Promise((resolve) => {
    const end = (/** @type {any} */ answer) => {
      off();
      clearTimeout(timer);
      asking.delete(operation.id);
      if (!answer) unanswered.set(operation.id, { act, order: body.order });
      resolve(answer);
    };
    const off = onAnswer((answer) => answer.id === operation.id && end(answer));
    const timer = setTimeout(end, PATIENCE, null);
    wake();
  });
}
