// Giving back as operations: refunds of a receipt and without one, voids, and requests for a manager's yes.

import { uuid7 } from "../lib/ids.js";
import { goodsOf } from "./cart.js";
import { store } from "./db.js";
import { issuing } from "./invoices.js";
import { envelope, record, saleLines, tendersOf as saleTenders, zero } from "./operations.js";
import { roundingOf } from "./paying.js";
import { price } from "./pricing/engine.js";
import { exchange } from "./pricing/exchange.js";
import { refund } from "./pricing/refunds.js";
import { wake } from "./queue.js";
import { paidFor, roundingBack, tendersOf } from "./returns.js";
import { currency, setting, till } from "./till.js";

/** @typedef {import("./returns.js").Receipt} Receipt */
/** @typedef {import("./deals.js").Approval} Approval */
/** @typedef {Record<string, string>} Quantities per line id */
/** @typedef {{id: string, reason: string, approvals: Approval[]}} Given id: of the operation, which a manager said yes to */

/**
 * What giving back these quantities is worth, by the refund rule, and on what it goes back.
 * @param {Receipt} receipt
 * @param {Quantities} quantities
 * @param {import("./returns.js").Way} way
 */
export function refundQuote(receipt, quantities, way) {
  const lines = receipt.lines.filter((line) => quantities[line.id]);
  const asked = lines.map((line) => ({ id: line.id, quantity: line.quantity, payable: line.payable, taxes: line.taxes, now: quantities[line.id], refunded: line.refunded }));
  const { total } = refund({ currency: currency(), lines: asked });
  const cash_rounding = roundingBack(receipt, cashRounding());
  const result = refund({ currency: currency(), lines: asked, tenders: tendersOf(receipt, way, total), approved: true, ...(cash_rounding && { cash_rounding }) });
  return { lines, result };
}

/** The coins of the settings. */
export const cashRounding = () => roundingOf(setting("currency.cash_step", "0"), setting("currency.exact_coins", false), currency().digits);

/** As operations carry them. @param {Approval[]} approvals */
const carried = (approvals) => approvals.map(({ by, code, reason, offline, amounts }) => ({ by, code, reason, offline, amounts }));

/**
 * @param {Receipt} receipt
 * @param {{quantities: Quantities, damaged: Set<string>, way: import("./returns.js").Way, request?: string}} wanted damaged: ids of sold lines
 * @param {Given} by
 */
export const makeRefund = (receipt, wanted, by) => document(refundOf(receipt, refundQuote(receipt, wanted.quantities, wanted.way), wanted, by));

/**
 * What the document of a refund is made of.
 * @param {Receipt} receipt
 * @param {ReturnType<typeof refundQuote>} quote
 * @param {{quantities: Quantities, damaged: Set<string>, request?: string}} wanted
 * @param {Given} by
 * @param {string} [lent] what of it the sale of an exchange takes
 * @returns {Made}
 */
function refundOf(receipt, { lines, result }, { quantities, damaged, request }, { id, reason, approvals }, lent = "0") {
  const figures = { total: result.total, tax: result.tax, rounding: result.payout?.rounding ?? zero(), payable: result.lines.map((line) => line.payable) };
  const paid = (result.payout?.tenders ?? []).filter((tender) => /[1-9]/.test(tender.amount));
  if (/[1-9]/.test(lent)) paid.push({ method: "exchange", amount: lent, paid: lent });
  const tenders = paid.map(({ method, amount }) => ({ method, amount }));
  const rounding = cashRounding();
  const asked = lines.map((line) => ({ line: uuid7(), original_line: line.id, quantity: quantities[line.id] }));
  const off = asked.filter((line) => damaged.has(line.original_line)).map(({ line }) => line);
  const body = { original: receipt.id, reason, lines: asked, tenders, figures, ...(rounding && { cash_rounding: rounding }), ...(off.length && { damaged: off }), ...(request && { request }) };
  const shown = result.lines.map((line, index) => ({ ...lines[index], quantity: line.quantity, payable: line.payable, taxes: line.taxes, restocked: !damaged.has(line.id) }));
  return { kind: "refund.make", shown: "refund", id, body, lines: shown, totals: { ...result, rounding: figures.rounding }, tenders: paid.map(whole), approvals, more: { original: receipt.id, of: receipt.label, reason }, of: receipt };
}

/** @typedef {{receipt: Receipt, quantities: Quantities, damaged: Set<string>, way: import("./returns.js").Way, by: Given}} Exchange what comes back for what is bought now, and who said yes to it */

/**
 * A cart for which something comes back: what the refund lends to it, what remains due, or what is paid out (rule 14).
 * @param {Exchange} wanted
 * @param {import("./pricing/engine.js").Cart} cart
 */
export function exchangeQuote({ receipt, quantities, way }, cart) {
  const { tenders: _tenders, ...sold } = cart;
  const { lines } = refundQuote(receipt, quantities, way);
  const asked = lines.map((line) => ({ id: line.id, quantity: line.quantity, payable: line.payable, taxes: line.taxes, now: quantities[line.id], refunded: line.refunded }));
  const cash_rounding = roundingBack(receipt, cashRounding());
  const base = { currency: currency(), lines: asked, approved: true, ...(cash_rounding && { cash_rounding }) };
  const { payout } = exchange({ cart: sold, refund: base });
  const { refund: result, credit, due } = exchange({ cart: sold, refund: { ...base, tenders: tendersOf(receipt, way, payout) } });
  return { lines, result, credit, due, payout };
}

/**
 * The refund as the first document of an exchange, to be stored with its sale in one transaction.
 * @param {Exchange} wanted
 * @param {import("./pricing/engine.js").Cart} cart
 * @returns {(take: import("./db.js").Take) => Stored}
 */
export function exchangeRefund(wanted, cart) {
  const { credit, ...quote } = exchangeQuote(wanted, cart);
  return (take) => stored(refundOf(wanted.receipt, quote, wanted, wanted.by, credit), take);
}

/**
 * @param {Receipt} receipt
 * @param {Given} by
 */
export async function makeVoid(receipt, { id, reason, approvals }) {
  const body = { original: receipt.id, reason, total: paidFor(receipt, currency().digits) };
  const tenders = receipt.tenders.map((tender) => ({ ...tender, tendered: tender.amount, change: zero() }));
  return document({ kind: "receipt.void", shown: "void", id, body, lines: receipt.lines, totals: { total: receipt.total, tax: receipt.tax ?? zero(), rounding: receipt.rounding ?? zero() }, tenders, approvals, more: { original: receipt.id, of: receipt.label, reason }, of: receipt });
}

/**
 * Without a receipt: priced like a sale, booked with its signs turned.
 * @param {import("./pricing/engine.js").Cart} cart with its tender
 * @param {import("./cart.js").CartLine[]} lines
 * @param {Set<string>} damaged
 * @param {Given} by
 */
export async function makeRefundWithout(cart, lines, damaged, { id, reason, approvals }) {
  const sale = price(cart);
  const goods = goodsOf(lines);
  const figures = { total: sale.totals.total, tax: sale.totals.tax, rounding: sale.payment?.rounding ?? zero(), payable: sale.lines.map((line) => line.payable) };
  const body = { original: null, reason, cart, goods, figures, ...(damaged.size && { damaged: [...damaged] }) };
  const shown = saleLines(sale, cart, goods).map((line) => ({ ...line, restocked: !damaged.has(line.id) }));
  return document({ kind: "refund.make", shown: "refund", id, body, lines: shown, totals: { ...sale.totals, rounding: figures.rounding }, tenders: saleTenders(sale), approvals, more: { reason } });
}

/**
 * Ask the Backoffice: nothing moves.
 * @param {Receipt} receipt
 * @param {{quantities: Quantities, damaged: Set<string>, way: import("./returns.js").Way}} wanted
 * @param {string} reason
 */
export async function askForRefund(receipt, { quantities, damaged, way }, reason) {
  const { lines, result } = refundQuote(receipt, quantities, way);
  const asked = lines.map((line) => ({ original_line: line.id, quantity: quantities[line.id], restock: !damaged.has(line.id) }));
  await store(false, ({ seq }) => ({ operation: envelope("refund.request", seq, { original: receipt.id, reason, lines: asked, total: result.total, method: way }) }));
  wake();
}

/** @param {{method: string, amount: string, paid: string}} tender */
const whole = ({ method, amount, paid }) => ({ method, part: amount, amount: paid, tendered: paid, change: zero() });

/** The credit note goes with what turns an invoice (POS-62). @param {import("./invoices.js").Paper} paper */
const credited = ({ company, tax_number, address }) => issuing({ company, tax_number, address });

/** @typedef {{kind: string, shown: string, id: string, body: object, lines: any[], totals: any, tenders: any[], approvals: Approval[], more: object, of?: Receipt}} Made */
/** @typedef {{operation: import("./db.js").Operation, receipt: import("./db.js").ReceiptRecord, further: import("./db.js").Operation[]}} Stored */

/** Store an operation with its number and the document it makes: one durable transaction. @param {Made} made */
async function document(made) {
  const { receipt } = await store(true, (take) => stored(made, take));
  wake();
  return /** @type {Receipt} */ (/** @type {unknown} */ (receipt));
}

/** @param {Made} made @param {import("./db.js").Take} take @returns {Stored} */
function stored({ kind, shown, id, body, lines, totals, tenders, approvals, more, of }, take) {
  const { seq, number } = take;
  const series = till.get().place.device.series;
  const operation = { ...envelope(kind, seq, { series, number, ...body }), id, approvals: carried(approvals) };
  const sums = { total: totals.total, tax: totals.tax, ...(totals.rounding && { rounding: totals.rounding }) };
  const made = { ...record(operation, shown, `${series}-${number}`, lines, sums, tenders), ...more };
  const invoiced = of?.invoice?.kind === "invoice" ? of.invoice : null;
  return { operation, receipt: made, further: invoiced ? [credited(invoiced)(take, made)] : [] };
}
