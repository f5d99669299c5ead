"""python -m bench [NAME…]: a module of this folder, a figure, or how a figure begins."""

import sys

from bench.harness import main

sys.exit(main(sys.argv[1:]))
