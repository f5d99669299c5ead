"""Whether the server in this container answers: exit code 0 or 1."""

import sys
import urllib.error
import urllib.request


def main() -> int:
    """Ask the health page as a client of this machine."""
    try:
        with urllib.request.urlopen("http://127.0.0.1:8000/health", timeout=2) as answer:
            return int(answer.status != 200)
    except (urllib.error.URLError, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
