"""The same requests to both engines: no difference, and what is always true of a priced cart holds."""

import json
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.property.carts import cart

ROOT = Path(__file__).parents[2]
CARTS = 10_000
SEED = int(os.environ.get("SMARTPOS_SEED", "20261124"))


def run(command: list[str], requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All requests through one process, a line each."""
    text = "".join(json.dumps(request) + "\n" for request in requests)
    ran = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=ROOT, timeout=240)
    return [json.loads(answer) for answer in ran.stdout.splitlines()]


def python(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The server's engine."""
    return run([sys.executable, "-m", "pos.pricing"], requests)


def javascript(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The till's engine."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node on this machine: the till's engine cannot be run")
    return run([node, "static/js/pos/pricing/cli.mjs"], requests)


def pay(rnd: Random, made: dict[str, Any], sale: dict[str, Any]) -> dict[str, Any]:
    """The cart with tenders that fit, more or less."""
    total, digits = Decimal(sale["totals"]["total"]), made["currency"]["digits"]
    due = sale["totals"]["cash_due"]
    if not total:
        return {**made, "tenders": []}
    way = rnd.random()
    if way < 0.4:
        return {**made, "tenders": [{"method": "cash", "amount": due, "tendered": str(Decimal(due) + 10)}]}
    if way < 0.6:
        return {**made, "tenders": [{"method": "card", "amount": sale["totals"]["total"], "tip": "1"}]}
    card = (total / 3).quantize(Decimal(1).scaleb(-digits))
    return {**made, "tenders": [{"method": "card", "amount": str(card)}, {"method": "cash", "amount": str(total - card)}]}


def refund_of(rnd: Random, made: dict[str, Any], sale: dict[str, Any]) -> dict[str, Any]:
    """A refund of random parts of a paid sale, some of it given back before."""
    lines = [
        {
            "id": sold["id"], "quantity": sold["quantity"], "payable": sold["payable"], "taxes": sold["taxes"],
            "now": str(Decimal(sold["quantity"]) if rnd.random() < 0.5 else (Decimal(sold["quantity"]) / 3).quantize(Decimal("0.001"))),
        }
        for sold in sale["lines"]
    ]  # fmt: skip
    tenders = [{"method": t["method"], "amount": t["part"]} for t in sale["payment"]["tenders"]] if sale["payment"] else None
    step = made["cash_rounding"] and {"step": made["cash_rounding"]["step"]}
    return {"op": "refund", "refund": {"currency": made["currency"], "lines": lines, "tenders": tenders, "cash_rounding": step}}


def holds(sale: dict[str, Any]) -> None:
    """What is true of every priced cart."""
    totals = {name: Decimal(value) for name, value in sale["totals"].items()}
    lines = sale["lines"] + ([sale["service_charge"]] if sale["service_charge"] else [])
    assert sum(Decimal(line["total"]) for line in lines) == totals["total"] == totals["net"] + totals["tax"]
    assert all(Decimal(line["payable"]) >= 0 for line in lines)
    by_rate = sum(Decimal(rate["amount"]) for group in sale["taxes"] for rate in group["rates"])
    assert by_rate == totals["tax"] == sum(Decimal(tax["amount"]) for line in lines for tax in line["taxes"])
    assert (
        totals["gross"] - totals["discounts"] - totals["points"] + totals["service_charge"] + totals["tax_added"]
        == totals["total"]
    )


@pytest.mark.slow
def test_both_engines_give_the_same_figures_for_random_carts_and_refunds() -> None:
    rnd = Random(SEED)
    carts = [cart(rnd) for _ in range(CARTS // 2)]
    unpaid = python([{"op": "price", "cart": made} for made in carts])
    priced = [(made, answer["result"]) for made, answer in zip(carts, unpaid, strict=True) if "result" in answer]
    assert len(priced) > CARTS // 8, "most carts must be priceable, or this proves little"
    paid = [{"op": "price", "cart": pay(rnd, made, sale)} for made, sale in priced]
    requests = [{"op": "price", "cart": made} for made in carts] + paid
    sales = python(paid)
    refunds = [
        refund_of(rnd, request["cart"], answer["result"])
        for request, answer in zip(paid, sales, strict=True)
        if "result" in answer
    ]
    requests += refunds
    ours, theirs = unpaid + sales + python(refunds), javascript(requests)
    for request, python_answer, javascript_answer in zip(requests, ours, theirs, strict=True):
        assert python_answer == javascript_answer, (SEED, json.dumps(request))
        if request["op"] == "price" and "result" in python_answer:
            holds(python_answer["result"])


def test_a_refund_of_everything_gives_back_exactly_what_was_paid() -> None:
    rnd = Random(SEED + 1)
    carts = [{**cart(rnd), "cash_rounding": None, "service_charge": None} for _ in range(300)]
    sales = [
        (made, answer["result"])
        for made, answer in zip(carts, python([{"op": "price", "cart": c} for c in carts]), strict=True)
        if "result" in answer
    ]
    requests = []
    for made, sale in sales:
        request = refund_of(rnd, made, sale)
        for part in request["refund"]["lines"]:
            part["now"] = part["quantity"]
        requests.append(request)
    for (_made, sale), answer in zip(sales, python(requests), strict=True):
        assert answer["result"]["total"] == sale["totals"]["total"]
        assert answer["result"]["tax"] == sale["totals"]["tax"]
