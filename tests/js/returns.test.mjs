// What may go back of a receipt, and which rights that takes; the bars of its number.

import assert from "node:assert/strict";
import test from "node:test";

import { bars } from "../../static/js/lib/code128.js";
import { labelOf } from "../../static/js/pos/history.js";
import { refund } from "../../static/js/pos/pricing/refunds.js";
import { ALONE, OTHER_TENDER, noRefund, noVoid, paidFor, refundNeeds, roundingBack, tendersOf, withBack } from "../../static/js/pos/returns.js";

const BAM = { code: "BAM", digits: 2 };
const tax = (amount) => [{ code: "17", kind: "standard", rate: "17", inclusive: true, amount }];
const none = { quantity: "0", payable: "0.00", taxes: [] };
const receipt = (more = {}) => ({
  id: "r", label: "A1-1", kind: "sale", shift: "s",
  lines: [{ id: "a", name: "A", quantity: "3", payable: "10.00", taxes: tax("1.45"), refunded: none }],
  tenders: [{ method: "card", part: "4.00", amount: "4.00" }, { method: "cash", part: "6.00", amount: "6.00" }],
  ...more,
});
const back = (id, quantity, payable, amount, tenders, more = {}) => ({ id, kind: "refund", original: "r", label: "A1-2", reason: "x", lines: [{ id: "a", quantity, payable, taxes: [{ code: "17", amount }] }], tenders, ...more });
const needs = (...asked) => refundNeeds(...asked).map(({ code }) => code);

test("what this till gave back and has not sent yet is counted in, what the server knows only once", () => {
  const own = [back("x", "1", "3.33", "0.48", [{ method: "card", part: "1.33", amount: "1.33" }, { method: "cash", part: "2.00", amount: "2.00" }])];
  const seen = withBack(receipt(), own, 2);
  assert.deepEqual(seen.lines[0].refunded, { quantity: "1", payable: "3.33", taxes: [{ code: "17", amount: "0.48" }] });
  assert.deepEqual(seen.tenders.map(({ refunded }) => refunded), ["1.33", "2.00"]);
  assert.equal(seen.tenders[1].paid_back, "2.00");
  assert.equal(withBack(receipt({ reversals: [{ id: "x" }] }), own, 2).lines[0].refunded, none);
});

test("what an exchange paid goes back as cash does, and it is not voided alone", () => {
  const half = receipt({ tenders: [{ method: "exchange", part: "4.00", amount: "4.00" }, { method: "cash", part: "6.00", amount: "6.00" }] });
  assert.deepEqual(tendersOf(half, "", "10.00"), [{ method: "cash", amount: "10", refunded: "0" }]);
  assert.deepEqual(needs(half, "cash", "10.00"), [ALONE]);
  assert.equal(noVoid(receipt({ original: "refund" }), "s"), "noVoidExchange");
  const even = withBack(receipt(), [{ ...back("x", "1", "3.33", "0.48", []), kind: "sale" }], 2);
  assert.equal(even.lines[0].refunded, none, "its sale is nothing that came back");
});

test("the rest is worth what is left, to the cent", () => {
  const seen = withBack(receipt(), [back("x", "1", "3.33", "0.48", [{ method: "cash", part: "3.33", amount: "3.35" }])], 2);
  const [line] = seen.lines;
  const asked = { currency: BAM, lines: [{ ...line, now: "2" }] };
  const { total } = refund(asked);
  assert.equal(total, "6.67");
  const { payout } = refund({ ...asked, tenders: tendersOf(seen, "", total) });
  assert.deepEqual(payout.tenders.map(({ amount }) => amount), ["4.00", "2.67"]);
});

test("all on one tender: cash beyond what was paid in cash takes a further yes, a card takes no more than it paid", () => {
  assert.deepEqual(needs(receipt(), "", "10.00"), [ALONE]);
  assert.deepEqual(needs(receipt(), "cash", "6.00"), [ALONE]);
  assert.deepEqual(needs(receipt(), "cash", "6.01"), [ALONE, OTHER_TENDER]);
  const lines = [{ ...receipt().lines[0], now: "3" }];
  assert.throws(() => refund({ currency: BAM, lines, tenders: tendersOf(receipt(), "card", "10.00"), approved: true }), /refund_above_tender/);
  const { payout } = refund({ currency: BAM, lines, tenders: tendersOf(receipt({ tenders: [receipt().tenders[0]] }), "cash", "10.00"), approved: true });
  assert.deepEqual(payout.tenders.map(({ method, amount }) => [method, amount]), [["card", "0.00"], ["cash", "10.00"]]);
});

test("only what is whole and of the running shift is voided; what was voided is not refunded", () => {
  assert.equal(noVoid(receipt(), "s"), null);
  assert.equal(noVoid(receipt(), "t"), "noVoidShift");
  assert.equal(noVoid(receipt(), undefined), "noVoidShift");
  const part = withBack(receipt(), [back("x", "1", "3.33", "0.48", [])], 2);
  assert.equal(noVoid(part, "s"), "noVoidTouched");
  assert.equal(noRefund(part), null);
  const gone = withBack(receipt(), [back("v", "3", "10.00", "1.45", [], { kind: "void" })], 2);
  assert.deepEqual(gone.voided, { label: "A1-2", reason: "x" });
  assert.equal(noRefund(gone), "noRefundVoided");
  assert.equal(noVoid(gone, "s"), "noRefundVoided");
  assert.equal(noRefund(withBack(receipt(), [back("x", "3", "10.00", "1.45", [])], 2)), "refundedAll");
  assert.equal(noRefund({ ...receipt(), kind: "refund" }), "noRefundKind");
  assert.equal(paidFor(receipt(), 2), "10.00");
});

test("a number as scanners type it", () => {
  assert.equal(labelOf("a1-13"), "A1-13");
  assert.equal(labelOf("A1'13"), "A1-13");
  assert.equal(labelOf("3870000000014"), "");
  assert.equal(labelOf("A1"), "");
});

test("bars are those of Code 128, as the server draws them", () => {
  const { bars: drawn, width } = bars("A1-13");
  assert.equal(width, 110);
  assert.deepEqual(drawn.slice(0, 4), [[10, 2], [13, 1], [16, 1], [21, 1]]);
  assert.throws(() => bars("č"));
});

test("several cards are one means of payment, and cash goes back in the shop's coins over all refunds", () => {
  const cards = receipt({ tenders: [{ method: "card", part: "4.00", amount: "4.00", refunded: "1.00" }, { method: "card", part: "6.00", amount: "6.00" }] });
  assert.deepEqual(tendersOf(cards, "", "9.00"), [{ method: "card", amount: "10", refunded: "1" }]);
  const seen = withBack(receipt({ tenders: [{ method: "cash", part: "10.00", amount: "10.00" }] }), [back("x", "1", "3.33", "0.48", [{ method: "cash", part: "3.33", amount: "3.35" }])], 2);
  const cash_rounding = roundingBack(seen, { step: "0.05" });
  assert.deepEqual(cash_rounding, { step: "0.05", paid_out: "3.35" });
  const { payout } = refund({ currency: BAM, lines: [{ ...seen.lines[0], now: "1" }], tenders: tendersOf(seen, "", "3.34"), cash_rounding });
  assert.equal(payout.paid, "3.30");
});
