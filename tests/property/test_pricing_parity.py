"""The same requests to both commands: no difference, and what is always true of money holds."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from pos.pricing.protocol import OPERATIONS, answer
from tests.property.chains import Request, alone, broken, chain, sold_lines

ROOT = Path(__file__).parents[2]
REQUESTS = int(os.environ.get("SMARTPOS_CARTS", "10000"))
SEED = int(os.environ.get("SMARTPOS_SEED", "20261124"))
# Nothing refuses these for good reasons so often that a run would prove little.
MOSTLY_ANSWERED = 0.5


def ask(request: Request) -> Any:
    """The server's engine, in this process."""
    return msgspec.json.decode(msgspec.json.encode(answer(json.dumps(request).encode())))


def requests_of(seed: int, count: int) -> list[Request]:
    """Random requests of every operation."""
    rnd = Random(seed)
    made: list[Request] = []
    while len(made) < count:
        made += chain(rnd, ask)
        made.append(alone(rnd))
        if rnd.random() < 0.3:
            made.append(broken(rnd, alone(rnd)))
    return made[:count]


def run(command: list[str], text: str) -> list[dict[str, Any]]:
    """All requests through one process, a line each."""
    ran = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=ROOT, timeout=900)
    return [json.loads(line) for line in ran.stdout.splitlines()]


def money(thing: dict[str, Any], *names: str) -> list[Decimal]:
    """Some amounts of a result."""
    return [Decimal(thing[name]) for name in names]


def total_of(things: list[dict[str, Any]], name: str) -> Decimal:
    """The sum of one amount."""
    return sum((Decimal(thing[name]) for thing in things), Decimal(0))


@pytest.mark.slow
def test_both_commands_give_the_same_answers_to_random_requests() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node on this machine: the till's engine cannot be run")
    requests = requests_of(SEED, REQUESTS)
    text = "".join(json.dumps(request) + "\n" for request in requests)
    ours, theirs = run([sys.executable, "-m", "pos.pricing"], text), run([node, "static/js/pos/pricing/cli.mjs"], text)
    answered: Counter[str] = Counter()
    for request, python_answer, javascript_answer in zip(requests, ours, theirs, strict=True):
        assert python_answer == javascript_answer, (SEED, json.dumps(request))
        answered[str(request.get("op"))] += "result" in python_answer
    assert sum(answered.values()) > MOSTLY_ANSWERED * len(requests)
    assert all(answered[name] > len(requests) / 1000 for name in OPERATIONS), answered


def test_what_a_cart_costs_adds_up_and_nothing_is_below_nothing() -> None:
    found = 0
    for request in requests_of(SEED + 1, 2000):
        sale = ask(request).get("result")
        if request.get("op") != "price" or sale is None:
            continue
        found += 1
        totals = {name: Decimal(value) for name, value in sale["totals"].items()}
        lines = sale["lines"] + ([sale["service_charge"]] if sale["service_charge"] else [])
        assert total_of(lines, "total") == totals["total"] == totals["net"] + totals["tax"]
        assert all(min(money(line, "payable", "total", "tax")) >= 0 for line in lines)
        rates = [rate for group in sale["taxes"] for rate in group["rates"]]
        assert (
            total_of(rates, "amount") == totals["tax"] == total_of([tax for line in lines for tax in line["taxes"]], "amount")
        )
        given = totals["discounts"] + totals["points"]
        assert totals["gross"] - given + totals["service_charge"] + totals["tax_added"] == totals["total"]
        for line in sale["lines"]:
            gross, own, cart, points, payable = money(line, "gross", "discount", "cart_discount", "points", "payable")
            assert gross - own - cart - points == payable
        if payment := sale["payment"]:
            due, rounding, paid = money(payment, "due", "rounding", "paid")
            assert due + rounding == paid == total_of(payment["tenders"], "amount") + (0 if payment["tenders"] else paid)
            assert all(min(money(tender, "change", "part", "tip")) >= 0 for tender in payment["tenders"])
    assert found > 150


def test_refunds_in_any_parts_give_back_exactly_what_was_paid() -> None:
    """Whatever the first two took, the third gives the rest: of every line, tax and tender."""
    rnd, finished = Random(SEED + 2), 0
    while finished < 60:
        sale: dict[str, Any] = {}
        parts: list[dict[str, Any]] = []
        for request in chain(rnd, ask):
            result = ask(request).get("result")
            if result and request["op"] == "price" and request["cart"].get("tenders") is not None and not sale:
                sale = result
            if result and request["op"] == "refund" and "surplus" not in json.dumps(request):
                parts.append(result)
        if not sale or len(parts) != 3 or not whole(sale, parts):
            continue
        finished += 1
        assert total_of(parts, "total") == Decimal(sale["totals"]["total"])
        assert total_of(parts, "tax") == Decimal(sale["totals"]["tax"])
        for sold in sold_lines(sale):
            given = [line for part in parts for line in part["lines"] if line["id"] == sold["id"]]
            assert total_of(given, "payable") == Decimal(sold["payable"])
        for index, tender in enumerate(sale["payment"]["tenders"]):
            assert sum(Decimal(part["payout"]["tenders"][index]["amount"]) for part in parts) == Decimal(tender["part"])


def whole(sale: dict[str, Any], parts: list[dict[str, Any]]) -> bool:
    """Whether the refunds are those of the chain, and not one that was broken on purpose in between."""
    quantities = {line["id"]: Decimal(0) for line in sold_lines(sale)}
    for part in parts:
        for line in part["lines"]:
            quantities[line["id"]] += Decimal(line["quantity"])
    return quantities == {line["id"]: Decimal(line["quantity"]) for line in sold_lines(sale)}


def test_splits_add_up_to_the_bill() -> None:
    found: Counter[str] = Counter()
    for request in requests_of(SEED + 3, 2500):
        split, name = ask(request).get("result"), str(request.get("op"))
        if split is None:
            continue
        if name == "split_equal":
            found[name] += 1
            asked = request[name]
            assert total_of(split["parts"], "total") == Decimal(asked["total"])
            assert total_of(split["parts"], "tax") == total_of(asked["taxes"], "amount")
            shares = [Decimal(part["total"]) for part in split["parts"]]
            assert shares == sorted(shares, reverse=True)
            assert shares[0] - shares[-1] <= Decimal(1).scaleb(-asked["currency"]["digits"])
        if name == "split_items":
            found[name] += 1
            lines = request[name]["lines"]
            assert total_of(split["parts"] + split["unassigned"], "payable") == total_of(lines, "payable")
            assert total_of(split["parts"] + split["unassigned"], "tax") == sum(
                total_of(line["taxes"], "amount") for line in lines
            )
    assert min(found["split_equal"], found["split_items"]) > 80


def test_a_cart_whose_discounts_were_fitted_is_refused_for_none_of_them() -> None:
    of_discounts = {
        "gratis_discounted", "promotion_needs_customer", "discount_above_line", "no_eligible_lines", "discount_above_cart",
        "limit_exceeded",
    }  # fmt: skip
    lowered = refused = 0
    for request in requests_of(SEED + 4, 6000):
        fit = ask(request).get("result")
        if request.get("op") != "fit_discounts" or fit is None:
            continue
        before = ask({"op": "price", "cart": request["cart"]}).get("error", {}).get("code")
        refused += before in of_discounts
        made = json.loads(json.dumps(request["cart"]))
        for change in fit["lines"]:
            next(line for line in made["lines"] if line["id"] == change["line"])["discount"] = change["discount"]
        if fit["cart"]:
            made["discount"] = fit["cart"]["discount"]
        changed = bool(fit["lines"] or fit["cart"])
        lowered += changed
        assert changed is (before in of_discounts), (before, request)
        assert ask({"op": "price", "cart": made}).get("error", {}).get("code") not in of_discounts, request
        assert ask({"op": "fit_discounts", "cart": made})["result"] == {"lines": [], "cart": None}
    assert lowered > 50
    assert refused == lowered
