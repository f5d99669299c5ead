// Making operations (docs/terminal-protocol.md, 5): stored first, durably; sent afterwards.

import { uuid7 } from "../lib/ids.js";
import { goodsOf } from "./cart.js";
import { store } from "./db.js";
import { price } from "./pricing/engine.js";
import { refund } from "./pricing/refunds.js";
import { wake } from "./queue.js";
import { clock, till } from "./till.js";

/** This device's wall clock with its offset from UTC. */
export function localTime(date = new Date()) {
  const minutes = -date.getTimezoneOffset();
  const two = (/** @type {number} */ n) => String(Math.abs(n)).padStart(2, "0");
  const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * The store's local date, counted from its cut-off.
 * @param {Date} date
 * @param {string} zone
 * @param {number} cutoff minutes after midnight
 */
export function businessDate(date, zone, cutoff) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).formatToParts(date);
  const get = (/** @type {string} */ type) => Number(parts.find((part) => part.type === type)?.value);
  const day = new Date(Date.UTC(get("year"), get("month") - 1, get("day")));
  if (get("hour") * 60 + get("minute") < cutoff) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

/**
 * @param {string} kind
 * @param {number} seq
 * @param {unknown} body
 * @returns {import("./db.js").Operation}
 */
function envelope(kind, seq, body) {
  const { place, person, shift, catalog } = till.get();
  const now = new Date();
  return {
    v: 1,
    id: uuid7(),
    seq,
    kind,
    at: localTime(now),
    clock_offset_ms: clock.offset,
    business_date: businessDate(new Date(now.getTime() + clock.offset), place.store.time_zone, place.store.cutoff_minutes),
    actor: person?.id ?? "",
    shift: shift?.id ?? null,
    cursor: catalog?.cursor ?? 0,
    approvals: [],
    needs: [],
    body,
  };
}

/** @param {string} openingFloat */
export async function openShift(openingFloat) {
  const shift = { id: uuid7(), opening_float: openingFloat };
  await store(false, ({ seq }) => ({ operation: { ...envelope("shift.open", seq, { shift: shift.id, opening_float: openingFloat }), shift: null } }));
  till.set({ shift });
  wake();
  return shift;
}

/** @param {string} counted */
export async function closeShift(counted) {
  const { shift } = till.get();
  const { operation } = await store(false, ({ seq }) => ({ operation: envelope("shift.close", seq, { shift: shift?.id, counted }) }));
  till.set({ shift: null });
  wake();
  return operation.id;
}

/**
 * Settle a paid cart: throws where it cannot be kept, before any money is taken.
 * @param {import("./pricing/engine.js").Cart} cart with tenders
 * @param {import("./cart.js").CartLine[]} lines
 */
export async function settle(cart, lines) {
  const sale = price(cart);
  const figures = {
    total: sale.totals.total,
    tax: sale.totals.tax,
    rounding: sale.payment?.rounding ?? zero(),
    change: sale.payment?.change ?? zero(),
    payable: sale.lines.map((line) => line.payable),
  };
  const goods = goodsOf(lines);
  const { receipt } = await store(true, ({ seq, number }) => {
    const series = till.get().place.device.series;
    const operation = envelope("sale.settle", seq, { series, number, cart, goods, figures });
    return { operation, receipt: record(operation, "sale", `${series}-${number}`, saleLines(sale, goods), sale.totals, tendersOf(sale)) };
  });
  wake();
  return /** @type {import("./db.js").ReceiptRecord} */ (receipt);
}

const zero = () => (till.get().place.store.digits ? `0.${"0".repeat(till.get().place.store.digits)}` : "0");

/** @param {ReturnType<typeof price>} sale @param {ReturnType<typeof goodsOf>} goods */
const saleLines = (sale, goods) =>
  sale.lines.map((line, index) => ({
    id: line.id,
    item: goods[index].item,
    name: goods[index].name,
    quantity: line.quantity,
    unit_price: line.unit,
    payable: line.payable,
    taxes: line.taxes,
    refunded: { quantity: "0", payable: zero(), taxes: [] },
  }));

/** @param {ReturnType<typeof price>} sale */
const tendersOf = (sale) => (sale.payment?.tenders ?? []).map(({ method, part, amount, tendered, change }) => ({ method, part, amount, tendered, change }));

/**
 * @param {import("./db.js").Operation} operation
 * @param {string} kind
 * @param {string} label
 * @param {any[]} lines
 * @param {{total: string, tax: string}} totals
 * @param {any[]} tenders
 */
function record(operation, kind, label, lines, { total, tax }, tenders) {
  return { id: operation.id, seq: operation.seq, kind, label, occurred_at: operation.at, lines, total, tax, tenders, employee: till.get().person?.name ?? "" };
}

/**
 * What giving back these quantities costs, by the refund rule.
 * @param {any} receipt
 * @param {Record<string, string>} quantities per line id
 */
export function refundQuote(receipt, quantities) {
  const lines = receipt.lines.filter((/** @type {any} */ line) => quantities[line.id]);
  const tenders = receipt.tenders.map((/** @type {any} */ tender) => ({ method: tender.method, amount: tender.part, refunded: tender.refunded ?? zero() }));
  const request = {
    currency: { code: till.get().place.store.currency, digits: till.get().place.store.digits },
    lines: lines.map((/** @type {any} */ line) => ({ id: line.id, quantity: line.quantity, payable: line.payable, taxes: line.taxes, now: quantities[line.id], refunded: line.refunded })),
    tenders,
  };
  return { lines, result: refund(request) };
}

/**
 * @param {any} receipt
 * @param {Record<string, string>} quantities
 * @param {string} reason
 */
export async function makeRefund(receipt, quantities, reason) {
  const { lines, result } = refundQuote(receipt, quantities);
  const figures = { total: result.total, tax: result.tax, rounding: result.payout?.rounding ?? zero(), payable: result.lines.map((line) => line.payable) };
  const tenders = (result.payout?.tenders ?? []).filter((tender) => !/^0(\.0+)?$/.test(tender.amount)).map(({ method, amount }) => ({ method, amount }));
  const stored = await store(true, ({ seq, number }) => {
    const series = till.get().place.device.series;
    const asked = lines.map((/** @type {any} */ line) => ({ line: uuid7(), original_line: line.id, quantity: quantities[line.id] }));
    const operation = envelope("refund.make", seq, { series, number, original: receipt.id, reason, lines: asked, tenders, figures });
    const shown = result.lines.map((line, index) => ({ ...lines[index], quantity: line.quantity, payable: line.payable, taxes: line.taxes }));
    return { operation, receipt: record(operation, "refund", `${series}-${number}`, shown, result, tenders.map((tender) => ({ ...tender, part: tender.amount, tendered: tender.amount, change: zero() }))) };
  });
  wake();
  return /** @type {import("./db.js").ReceiptRecord} */ (stored.receipt);
}
