"""`python -m pos.pricing`: one JSON request per line, one JSON answer per line (docs/pricing.md)."""

import sys

import msgspec

from pos.pricing.protocol import answer


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(msgspec.json.encode(answer(line)) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
