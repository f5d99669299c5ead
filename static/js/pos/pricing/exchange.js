// Exchanges: a refund and a sale of which only the net is paid (rule 14), the twin of pos/pricing/exchange.py.

import { PricingError } from "../money.js";
import { left } from "./lines.js";
import { parseCart, quote, saleText } from "./engine.js";
import { settle } from "./payment.js";
import { parseRefund, payOut, refundAmounts, refundText } from "./refunds.js";
import { netAndTax, rateSumTexts, rateSums } from "./sale.js";

/**
 * Price the cart, refund the lines, and settle only the net.
 * @param {{cart: import("./engine.js").Cart, refund: import("./refunds.js").Refund}} asked
 */
export function exchange(asked) {
  const cart = parseCart(asked.cart);
  const request = parseRefund(asked.refund);
  const { currency } = cart;
  if (currency.code !== request.currency.code || currency.digits !== request.currency.digits) throw new PricingError("currency_differs");
  const sale = quote(cart);
  const refunded = refundAmounts(request);
  const { total } = sale.totals;
  const credit = total < refunded.total ? total : refunded.total;
  const due = total - credit;
  const payout = refunded.total - credit;
  const payment = cart.tenders ? settle(due, cart.tenders, cart.rounding, currency) : null;
  const given = request.tenders ? payOut(request, request.tenders, payout) : null;
  const text = (/** @type {bigint} */ amount) => currency.format(amount);
  return {
    sale: saleText(sale, payment),
    refund: refundText(refunded, given),
    credit: text(credit),
    due: text(due),
    payout: text(payout),
    difference: rateSumTexts(differences(sale, refunded), text),
  };
}

/**
 * Sale less refund per rate, so that a residue of an even exchange can be explained.
 * @param {import("./engine.js").Quote} sale
 * @param {ReturnType<typeof refundAmounts>} refunded
 */
function differences({ rows, shares, service }, refunded) {
  const sold = rows.map((row, index) => ({ payable: left(row), shares: shares[index] }));
  if (service) sold.push(service);
  const plus = rateSums(sold.map((line) => ({ ...line, ...netAndTax(line.payable, line.shares) })));
  const minus = refunded.sums;
  return [...new Set([...plus.keys(), ...minus.keys()])].map((key) => {
    const [more, less] = [plus.get(key), minus.get(key)];
    const { rate } = /** @type {import("./sale.js").RateSum} */ (more ?? less);
    return { rate, net: (more?.net ?? 0n) - (less?.net ?? 0n), amount: (more?.amount ?? 0n) - (less?.amount ?? 0n) };
  });
}
