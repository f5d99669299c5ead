// Receipts of the store: asked of the server; with no network those that this till made itself.

import { Refusal, call } from "./api.js";
import { receipts as kept } from "./db.js";
import { withBack } from "./returns.js";
import { currency, till } from "./till.js";

/** @typedef {import("./returns.js").Receipt} Receipt */
/** @typedef {{number?: string, customer?: string, from?: string, to?: string, before?: string}} Search */
/** @typedef {{receipts: Receipt[], more: boolean, offline: boolean}} Found */

const PATIENCE = 4000;
// What a scanner types where the keyboard's layout is another: the sign beside the nought.
const LABEL = /^([A-Z]+[0-9]+)['\-/]([0-9]{1,15})$/;

/** The number of a receipt as it was scanned or typed, or "". @param {string} code */
export const labelOf = (code) => code.trim().toUpperCase().replace(LABEL, "$1-$2").match(/^[A-Z]+[0-9]+-[0-9]+$/)?.[0] ?? "";

/**
 * @param {Search} search
 * @returns {Promise<Found>}
 */
export async function find(search) {
  // who bought is looked up, not kept: a person who was erased is in no cache any more
  const people = till.get().catalog?.customers ?? {};
  const { training } = till.get();
  const own = /** @type {Receipt[]} */ (/** @type {unknown} */ (await kept())).filter((receipt) => Boolean(receipt.training) === training).map((receipt) => ({ ...receipt, customer: people[receipt.buyer]?.[0] ?? "" }));
  if (training) return { receipts: own.filter((receipt) => fits(receipt, search)), more: false, offline: false };
  const back = (/** @type {Receipt} */ receipt) => withBack(receipt, own, currency().digits);
  try {
    const asked = new URLSearchParams(Object.entries({ ...search, actor: till.get().person?.id ?? "" }).filter(([, value]) => value));
    const { receipts, more } = await call(`receipts?${asked}`, undefined, PATIENCE);
    const known = new Set(receipts.map((/** @type {Receipt} */ receipt) => receipt.id));
    const waiting = till.get().waiting > 0 && !search.before ? own.filter((receipt) => !known.has(receipt.id) && fits(receipt, search)) : [];
    return { receipts: [...waiting, ...receipts].map(back), more, offline: false };
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return { receipts: own.filter((receipt) => search.number && fits(receipt, search)).map(back), more: false, offline: false };
    if (!(error instanceof Refusal) || error.status !== 0) throw error;
    return { receipts: search.before ? [] : own.filter((receipt) => fits(receipt, search)).map(back), more: false, offline: true };
  }
}

/** One receipt by its number, or null. @param {string} label */
export async function byLabel(label) {
  const { receipts } = await find({ number: label });
  return receipts.find((receipt) => receipt.label === label) ?? null;
}

/**
 * Whether one of the till's own is looked for.
 * @param {Receipt} receipt
 * @param {Search} search
 */
function fits(receipt, { number = "", customer = "", from = "", to = "" }) {
  const wanted = labelOf(number) || number.trim().toUpperCase();
  const day = receipt.business_date ?? receipt.occurred_at.slice(0, 10);
  if (wanted && receipt.label !== wanted && receipt.label.split("-")[1] !== wanted) return false;
  if (customer && !(receipt.customer ?? "").toLowerCase().includes(customer.trim().toLowerCase())) return false;
  return (!from || day >= from) && (!to || day <= to);
}
