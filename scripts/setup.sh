#!/bin/sh
# Finds a Python that can run the product, and lets scripts/setup.py do the rest. Silent when everything is in place.
set -eu
cd "$(dirname "$0")/.."

for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
  if python="$(command -v "$name")" && "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
    exec "$python" -m scripts.setup "$@"
  fi
done

echo "SmartPOS needs Python 3.11, 3.12 or 3.13 (Debian 12: apt-get install python3). Another one is named by PYTHON=/path/to/python3." >&2
exit 1
