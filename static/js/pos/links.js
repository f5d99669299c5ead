// Payment links (docs/terminal-protocol.md, 5.15): made, sent once more, cancelled, and how those of the store stand.

import { uuid7 } from "../lib/ids.js";
import { goodsOf } from "./cart.js";
import { read, store, write } from "./db.js";
import { carried } from "./deals.js";
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
/** @type {(link: Link) => void} */
let tell = () => {};

/** Hear of links that were paid or ended, and know from before who takes money here. @param {(link: Link) => void} news */
export async function startLinks(news) {
  tell = news;
  const kept = /** @type {GatewayRow[] | undefined} */ (await read(KEPT));
  if (kept && !till.get().gateways.length) till.set({ gateways: kept });
}

/** What the server said of the store's links, and of who takes money online. @param {{online?: Link[], gateways?: GatewayRow[]}} answer */
export async function heardLinks({ online = [], gateways = [] }) {
  const before = new Map(till.get().online.map((link) => [link.id, link]));
  till.set({ online, gateways });
  await write(KEPT, gateways);
  for (const link of online) if (before.get(link.id)?.state === "waiting" && link.state !== "waiting") tell(link);
}

export const mayLink = () => Boolean(till.get().person?.codes.includes("sale.online")) && !till.get().training;

/**
 * Put a sale aside and mail its link. What becomes of it is the server's answer; null where none came, then it is still on its way.
 * @param {import("./pricing/engine.js").Cart} cart whose tender is online
 * @param {import("./deals.js").Cart} open
 * @param {string | null} customer
 * @param {{to: string, gateway: string}} wish
 */
export async function makeLink(cart, open, customer, { to, gateway }) {
  const sale = price(cart);
  const body = { order: uuid7(), gateway, to, cart, goods: goodsOf(open.lines), figures: figuresOf(sale), customer };
  return asked("link.make", body, carried(open, sale));
}

/** @param {string} order @param {string} to */
export const sendAgain = (order, to) => asked("link.send", { order, to });

/** @param {string} order */
export const cancelLink = (order) => asked("link.cancel", { order });

/**
 * Store the operation and wait for its answer.
 * @param {string} kind
 * @param {unknown} body
 * @param {any[]} [approvals]
 * @returns {Promise<any>}
 */
async function asked(kind, body, approvals = []) {
  const { operation } = await store(false, ({ seq }) => ({ operation: { ...envelope(kind, seq, body), approvals } }));
  return new Promise((resolve) => {
    const end = (/** @type {any} */ answer) => {
      off();
      clearTimeout(timer);
      resolve(answer);
    };
    const off = onAnswer((answer) => answer.id === operation.id && end(answer));
    const timer = setTimeout(end, PATIENCE, null);
    wake();
  });
}
