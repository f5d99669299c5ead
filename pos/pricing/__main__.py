"""`python -m pos.pricing`: one JSON request per line, one JSON answer per line (docs/pricing.md)."""

import sys
from typing import Any

import msgspec

from pos.pricing import wire
from pos.pricing.engine import price
from pos.pricing.errors import PricingError
from pos.pricing.parsing import parse_cart, parse_refund
from pos.pricing.refunds import refund
from pos.pricing.rendering import render_refund, render_sale
from smartpos.errors import DomainError


class Request(msgspec.Struct, frozen=True):
    """What a line asks."""

    op: str
    cart: wire.Cart | None = None
    refund: wire.Refund | None = None


def answer(line: bytes) -> dict[str, Any]:
    """The answer to one line; whatever is wrong with it is an answer too."""
    try:
        request = msgspec.json.decode(line, type=Request)
        if request.op == "price" and request.cart:
            return {"result": render_sale(price(parse_cart(request.cart)))}
        if request.op == "refund" and request.refund:
            return {"result": render_refund(refund(parse_refund(request.refund)))}
    except (PricingError, DomainError) as error:
        return {"error": {"code": error.code, "params": error.params}}
    except msgspec.MsgspecError:
        return {"error": {"code": "malformed", "params": {}}}
    return {"error": {"code": "unknown_op", "params": {}}}


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(msgspec.json.encode(answer(line)) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
