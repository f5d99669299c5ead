"""The whole suite, stage by stage; every stage runs, and the last line is the result.

    python -m scripts.test [arguments for pytest]

1. everything but the browser, on SQLite and without a broker
2. what touches database, queue and events, on PostgreSQL and Redis
3. unit tests of the browser's scripts
4. end to end in a headless Chromium; what fails there is played once more, alone and on a product of its own, and a test
   that passes only then is named. One that hangs loses its browser and fails; where its process is lost, the stage begins
   anew once

K=expression picks by name. SMARTPOS_TEST_POSTGRES and SMARTPOS_TEST_REDIS name servers that are elsewhere than usual.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scripts import services

ROOT = Path(__file__).resolve().parents[1]
PROCESSES = "2"
NOTHING_COLLECTED = 5
FAILED = 1
# More than this many failures are no accident of a busy machine.
MOST_REPLAYED = 5
# A test that hung was ended with its process, and the others wait for what that one would have run.
CRASHED = "worker restarting disabled"
FAILED_LINE = re.compile(r"(?:FAILED|ERROR) (\S+::\S+)")
COUNTED = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed|deselected)")
NODE_COUNTED_LINE = re.compile(r"\S* ?(pass|fail|skipped) (\d+)\s*$")
NODE_COUNTED = {"pass": "passed", "fail": "failed", "skipped": "skipped"}


@dataclass
class Outcome:
    """What the stages came to."""

    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    second: list[str] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    """Run the stages and add them up."""
    began = time.monotonic()
    outcome = Outcome()
    picked = [*arguments, *(["-k", os.environ["K"]] if os.environ.get("K") else [])]
    embedded = {"DATABASE_URL": "", "REDIS_URL": ""}
    # Whoever is done takes of what waits behind another's long test: the walks over every address last minutes.
    shared = ["-n", PROCESSES, "--dist", "worksteal"]
    run_pytest("SQLite, no broker", [*shared, "-m", "not e2e", *picked], embedded, outcome)
    servers = services.find()
    outcome.absent += servers.absent
    if servers.env:
        if "DATABASE_URL" in servers.env:
            services.drop_leftovers(servers.env["DATABASE_URL"])
        where = [*shared, "-m", "(database or queue or events) and not e2e", *picked]
        run_pytest(f"on {servers.title}", where, {**embedded, **servers.env}, outcome)
    run_node(outcome)
    if services.chromium() is None:
        outcome.absent.append("Chromium: no end-to-end tests (apt-get install chromium)")
    else:
        run_browser(picked, embedded, outcome)
    return conclude(outcome, time.monotonic() - began)


def run_pytest(title: str, arguments: list[str], env: Mapping[str, str], outcome: Outcome) -> None:
    """One run of pytest, shown as it goes and counted."""
    code, text = shown(title, [sys.executable, "-m", "pytest", *arguments], env)
    outcome.counts += tally(text)
    if code not in {0, NOTHING_COLLECTED}:
        outcome.broken.append(title)


def run_browser(picked: list[str], env: Mapping[str, str], outcome: Outcome) -> None:
    """The end-to-end tests; a few that fail are played once more, since a browser waits for a machine that others use too."""
    command = [sys.executable, "-m", "pytest", "-m", "e2e", *picked]
    whole = [*command, "-n", PROCESSES, "--dist", "loadfile", "--max-worker-restart", "0"]
    code, text = shown("end to end", whole, env)
    if any(CRASHED in line for line in text):
        code, text = shown("end to end, from the beginning, since a process was lost", whole, env)
    failed = [found[1] for line in text if (found := FAILED_LINE.match(line))]
    if code == FAILED and 0 < len(failed) <= MOST_REPLAYED:
        first = tally(text)
        code, text = shown("end to end, once more", [*command[:5], *failed], env)
        outcome.counts["passed"] += first["passed"]
        outcome.counts["skipped"] += first["skipped"]
        still = {found[1] for line in text if (found := FAILED_LINE.match(line))}
        outcome.second += [name for name in failed if name not in still]
    outcome.counts += tally(text)
    if code not in {0, NOTHING_COLLECTED}:
        outcome.broken.append("end to end")


def tally(text: list[str]) -> Counter[str]:
    """What pytest's last line counts."""
    closing = next((line for line in reversed(text) if COUNTED.search(line)), "")
    counts: Counter[str] = Counter()
    for number, kind in COUNTED.findall(closing):
        counts["error" if kind.startswith("error") else kind] += int(number)
    return counts


def run_node(outcome: Outcome) -> None:
    """The scripts' unit tests; Node is enough, there is nothing to install."""
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "js").rglob("*.test.*js"))
    node = shutil.which("node")
    if node is None:
        outcome.absent.append("Node: no unit tests of the browser's scripts (apt-get install nodejs)")
    elif files:
        code, text = shown("JavaScript", [node, "--test", "--test-reporter=spec", *files], {})
        for line in text:
            found = NODE_COUNTED_LINE.match(line)
            if found:
                outcome.counts[NODE_COUNTED[found[1]]] += int(found[2])
        if code:
            outcome.broken.append("JavaScript")


def shown(title: str, command: list[str], env: Mapping[str, str]) -> tuple[int, list[str]]:
    """Run a command, pass its output on as it comes, and keep the lines."""
    print(f"\n──── {title} ────", flush=True)
    lines = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    return process.returncode, lines


def conclude(outcome: Outcome, seconds: float) -> int:
    """The result, in the last line."""
    counts = outcome.counts
    if not counts["passed"] + counts["failed"] + counts["error"]:
        outcome.broken.append("no test was run")
    print()
    for line in outcome.absent:
        print(f"not run: {line}")
    for name in outcome.second:
        print(f"passed at the second try: {name}")
    for title in outcome.broken:
        print(f"broken: {title}")
    parts = [
        f"{counts[kind]} {kind}" for kind in ("failed", "error", "passed", "skipped", "xfailed", "xpassed") if counts[kind]
    ]
    if outcome.broken and not counts["failed"] + counts["error"]:
        parts.insert(0, f"broken stages: {len(outcome.broken)}")
    print(f"===== {', '.join(parts)} in {seconds:.0f}s =====", flush=True)
    return 1 if outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
