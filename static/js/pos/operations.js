// Making operations (docs/terminal-protocol.md, 5): stored first, durably; sent afterwards.

import { uuid7 } from "../lib/ids.js";
import { goodsOf } from "./cart.js";
import { today } from "./day.js";
import { store } from "./db.js";
import { carried } from "./deals.js";
import { formatPrice, padded, parsePrice } from "./money.js";
import { movedBy, programmeOf } from "./points.js";
import { price } from "./pricing/engine.js";
import { wake } from "./queue.js";
import { clock, currency, till } from "./till.js";

const TRAINING_SERIES = "TEST";

/** This device's wall clock with its offset from UTC. */
export function localTime(date = new Date()) {
  const minutes = -date.getTimezoneOffset();
  const two = (/** @type {number} */ n) => String(Math.abs(n)).padStart(2, "0");
  const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * @param {string} kind
 * @param {number} seq
 * @param {unknown} body
 * @returns {import("./db.js").Operation}
 */
export function envelope(kind, seq, body) {
  const { person, shift, catalog, training } = till.get();
  const now = new Date();
  return {
    v: 1,
    id: uuid7(),
    seq,
    kind,
    at: localTime(now),
    clock_offset_ms: clock.offset,
    business_date: today(now),
    actor: person?.id ?? "",
    shift: (!training && shift?.id) || null,
    cursor: catalog?.cursor ?? 0,
    approvals: [],
    needs: [],
    body,
  };
}

/** @typedef {(take: import("./db.js").Take, receipt: import("./db.js").ReceiptRecord) => import("./db.js").Operation} Further an operation that goes with a sale; it may write on the receipt that the till keeps */
/** @typedef {Record<string, unknown> & {further?: Further[], exchange?: (take: import("./db.js").Take) => import("./giveback.js").Stored}} Said what the parts of the payment sheet add to the body of a sale, and after it */

/** What the customer is shown and pays. @param {ReturnType<typeof price>} sale */
export const figuresOf = (sale) => ({
  total: sale.totals.total,
  tax: sale.totals.tax,
  rounding: sale.payment?.rounding ?? zero(),
  change: sale.payment?.change ?? zero(),
  payable: sale.lines.map((line) => line.payable),
});

/**
 * Settle a paid cart: throws where it cannot be kept, before any money is taken.
 * @param {import("./pricing/engine.js").Cart} cart with tenders
 * @param {import("./deals.js").Cart} open
 * @param {string | null} customer id of who is buying
 * @param {Said} [said]
 */
export async function settle(cart, open, customer, { further = [], exchange, ...said } = {}) {
  const sale = price(cart);
  const figures = figuresOf(sale);
  const goods = goodsOf(open.lines);
  const named = open.deal.id && { id: open.deal.id };
  const { customer: buyer, place, training } = till.get();
  const points = movedBy(sale, currency(), programmeOf(place?.settings), customer && !training ? buyer : null);
  const orders = till.get().orders.map(({ id }) => id);
  const { receipt } = await store(!training, (take) => {
    // the refund of an exchange goes first: the sale needs it
    const first = exchange?.(take);
    const seq = first ? take.next() : take.seq;
    const [series, number] = training ? [TRAINING_SERIES, take.paper("training")] : [place.device.series, first ? take.nextNumber() : take.number];
    const operation = { ...envelope(training ? "training.sale" : "sale.settle", seq, { series, number, cart, goods, figures, ...(customer && { customer }), ...(orders.length && !training && { orders }), ...(first && { exchange: first.operation.id }), ...said }), ...named, ...(first && { needs: [first.operation.id] }), approvals: carried(open, sale) };
    const made = record(operation, "sale", `${series}-${number}`, saleLines(sale, cart, goods), { ...sale.totals, rounding: figures.rounding, moved: points }, tendersOf(sale));
    if (training) return { operation, receipt: { ...made, training }, without: orders, over: true };
    const whole = first ? { ...made, original: first.operation.id, exchanged: first.receipt.label } : made;
    return { operation, receipt: whole, earlier: first?.receipt, further: [...(first ? [first.operation, ...first.further] : []), ...further.map((make) => make(take, whole))], without: orders, over: true };
  });
  wake();
  return /** @type {import("./db.js").ReceiptRecord} */ (receipt);
}

/**
 * Keep somebody new: stored like a sale, and sent before the sale that names them.
 * @param {string} id
 * @param {Record<string, string>} contact
 * @param {boolean} [enrolled] left out: as they are, or as new ones are
 */
export async function putCustomer(id, contact, enrolled) {
  await store(false, ({ seq }) => ({ operation: envelope("customer.put", seq, { customer: id, ...contact, ...(enrolled !== undefined && { enrolled }) }) }));
  wake();
}

/** @param {bigint} amount */
const formatted = (amount) => padded(formatPrice(amount), till.get().place.store.digits);

export const zero = () => (till.get().place.store.digits ? `0.${"0".repeat(till.get().place.store.digits)}` : "0");

/** @param {ReturnType<typeof price>} sale @param {import("./pricing/engine.js").Cart} cart @param {ReturnType<typeof goodsOf>} goods */
export const saleLines = (sale, cart, goods) =>
  sale.lines.map((line, index) => ({
    id: line.id,
    item: goods[index].item,
    name: goods[index].name,
    unit: goods[index].unit,
    quantity: line.quantity,
    unit_price: line.unit,
    gross: line.gross,
    discount: formatted(parsePrice(line.discount) + parsePrice(line.cart_discount)),
    agreed: cart.lines[index].discount ? { ...cart.lines[index].discount, off: line.discount } : null,
    gratis: line.gratis,
    promotion: cart.lines[index].promotion ?? null,
    list_price: cart.lines[index].list,
    note: goods[index].note ?? "",
    payable: line.payable,
    taxes: line.taxes,
    refunded: { quantity: "0", payable: zero(), taxes: [] },
  }));

/** @param {ReturnType<typeof price>} sale */
export const tendersOf = (sale) => (sale.payment?.tenders ?? []).map(({ method, part, amount, tendered, change }) => ({ method, part, amount, tendered, change }));

/**
 * @param {import("./db.js").Operation} operation
 * @param {string} kind
 * @param {string} label
 * @param {any[]} lines
 * @param {{total: string, tax: string, gross?: string, discounts?: string, rounding?: string, moved?: import("./points.js").Moved | null}} totals
 * @param {any[]} tenders
 */
export function record(operation, kind, label, lines, { total, tax, gross = total, discounts = zero(), rounding = zero(), moved = null }, tenders) {
  return { id: operation.id, seq: operation.seq, kind, label, occurred_at: operation.at, lines, gross, discount: discounts, total, tax, rounding, points: moved, tenders, employee: till.get().person?.name ?? "", shift: operation.shift, business_date: operation.business_date, buyer: kind === "sale" ? (till.get().customer?.id ?? "") : "" };
}
