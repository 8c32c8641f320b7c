"""Measures the product's pages against the limits of this machine: `make bench`.

Machines are shared and noisy: what counts is the ratio of two pages measured one after the other, and the
median of several such ratios. Writes bench/results.json. A slow page never fails; a wrong answer does.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from bench import servers
from bench.load import Target, WrongAnswer, aim, check, fetch, requests_per_second, with_python
from bench.writers import Writer, positions_per_second

RESULTS = Path(__file__).parent / "results.json"
LIMITS = ("hello", "page", "query")
PARTS = ("list", "pages", "report", "writing")
PROJECT_PAGE = "/projets/assistant-vocal"
OWN_PAGE = "/compte"
CONSULTATION_PAGE = "/consultations/assistant-vocal"
# The first three comments, each with a reply, and the ten questions.
PROJECT_HOLDS = {
    '<article class="comment"': 3,
    '<article class="comment comment--reply"': 3,
    'id="question-': 10,
}
# Twenty of a thousand comments, each with a reply.
CONSULTATION_HOLDS = {
    '<article class="comment"': 20,
    '<article class="comment comment--reply"': 20,
}
CONNECTIONS = (1, 8)
# The list of projects costs the same whatever its length: both sizes in the same round.
FEW_PROJECTS, MANY_PROJECTS = 50, 5_000
# The same project and consultation with ten times as many comments.
MANY_COMMENTS = 10_000
HOT, SPREAD = "recording a position", "recording positions on several projects"
# Seconds in the worker.
PRINTED_WITHIN, PRINTED_AIM = 2.0, 1.0
LIST_PAGES = {
    "list": "/projets",
    "list, filtered": "/projets?donnees=none&donnees=ordinary&donnees=sensitive",
}
LIST_HOLDS = {'<article class="card"': 20}

Rates = dict[tuple[str, int], list[float]]


@dataclass(frozen=True)
class Promise:
    """What a page must do, and what it aims at, as a share of a limit."""

    page: str
    limit: str
    must: float | None = None
    aim: float | None = None


PROMISES = (
    Promise("project page, anonymous", "query", must=0.7),
    Promise("project page, anonymous", "page", aim=1.0),
    Promise("project page, signed in", "query", must=0.5, aim=0.8),
    # What the page costs to make: what the first reader pays, and every one while others write.
    Promise("project page, anonymous, not kept", "query", must=0.5, aim=0.8),
    Promise("consultation page, signed in", "query", must=0.5, aim=0.8),
    Promise("consultation page, anonymous, not kept", "query", must=0.5, aim=0.8),
    Promise("list of 50 projects, not kept", "query", must=0.5, aim=0.8),
    # At ten times the comments, 1.3 times as long at most, 1.1 wanted.
    Promise("project page ×10, not kept", "project page, anonymous, not kept", must=0.77, aim=0.91),
    Promise("consultation page ×10, not kept", "consultation page, anonymous, not kept", must=0.77, aim=0.91),
    # Confirmed and durable; eight at once on one project lose little to eight on several.
    Promise(HOT, "query", must=0.25, aim=0.5),
    Promise(HOT, SPREAD, aim=0.5),
    # At a hundred times as many, 1.3 times as long at most, 1.1 wanted.
    Promise("list of 5,000 projects, not kept", "list of 50 projects, not kept", must=0.77, aim=0.91),
    Promise(
        "list, filtered of 5,000 projects, not kept",
        "list, filtered of 50 projects, not kept",
        must=0.77,
        aim=0.91,
    ),
)


@dataclass(frozen=True)
class Crew:
    """Writers in one town, who must find there exactly what they were told is recorded."""

    name: str
    town: servers.Town
    writers: list[Writer]

    def run_once(self, seconds: float, rates: "Rates") -> None:
        """Lets one write alone, then all of them."""
        for count in CONNECTIONS:
            rates[self.name, count].append(positions_per_second(self.writers[:count], seconds))

    def recount(self) -> None:
        """Raises WrongAnswer unless each writer's forms are all there, and their last position stands."""
        told = [
            [f"writer{number}@bench.example", one.slug, one.confirmed, one.last]
            for number, one in enumerate(self.writers)
        ]
        held = servers.about_writers(self.town, "count")
        if held != told:
            raise WrongAnswer(f"{self.name}: the writers were told {told}, the database holds {held}")
        print(f"{self.name}: {sum(one.confirmed for one in self.writers)} confirmed, 0 lost", file=sys.stderr)


@dataclass(frozen=True)
class Line:
    """One figure of the results; `holds` says whether what must be is so, None when nothing must."""

    name: str
    value: float
    unit: str
    must: float | None
    aim: float | None
    holds: bool | None
    runs: list[float]


def main() -> int:
    """Starts the servers, measures in turn, prints and writes the table."""
    options = read_options()
    say_which_tool()
    try:
        rates = measure(options)
    except WrongAnswer as error:
        print(f"Wrong answer: {error}", file=sys.stderr)
        return 1
    lines = lines_of(rates)
    if "report" in options.only:
        lines += printing_lines(options.rounds)
    print_table(lines)
    results = {"commit": commit(), "machine": machine(), "lines": [asdict(line) for line in lines]}
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0


def measure(options: argparse.Namespace) -> Rates:
    """Returns the requests per second of every page, round after round, the pages interleaved."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        port = stack.enter_context(servers.limits(folder, options.database))
        targets = [aim(name, port, f"/{name}") for name in LIMITS]
        crew: list[Crew] = []
        if "list" in options.only:
            targets += list_pages(stack, folder)
        if "pages" in options.only:
            town = servers.build_town(folder / "product", options.database)
            targets += project_pages(stack, town, options.page)
            targets += crowded_pages(stack, servers.build_town(folder / "crowded", comments=MANY_COMMENTS))
        if "writing" in options.only:
            crew = writing_crew(stack, folder)
        for target in targets:
            # Warms up, and compares every answer given under load.
            with_python(target, max(CONNECTIONS), 1)
        rates: Rates = defaultdict(list)
        for number in range(options.rounds):
            # Every other round backwards, so that a machine that slows down favours nobody.
            for target in targets if number % 2 == 0 else reversed(targets):
                run_once(target, options.seconds, rates)
            for one in crew:
                one.run_once(options.seconds, rates)
            print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
        for one in crew:
            one.recount()
    return rates


def project_pages(stack: ExitStack, town: servers.Town, page: str) -> list[Target]:
    """Returns pages for a visitor, for somebody signed in, and where no page is kept."""
    holds = PROJECT_HOLDS if page == PROJECT_PAGE else {}
    port = stack.enter_context(servers.product(town))
    # Answers 200 to whoever is signed in, and sends the others away.
    fetch("127.0.0.1", port, OWN_PAGE, {"Cookie": town.cookie})
    unkept = stack.enter_context(servers.product(town, PAGE_CACHE_SECONDS="0"))
    return [
        aim("project page, anonymous", port, page, holds=holds),
        aim("project page, signed in", port, page, cookie=town.cookie, holds=holds),
        aim("project page, anonymous, not kept", unkept, page, holds=holds),
        aim(
            "consultation page, signed in",
            port,
            CONSULTATION_PAGE,
            cookie=town.cookie,
            holds=CONSULTATION_HOLDS,
        ),
        aim("consultation page, anonymous, not kept", unkept, CONSULTATION_PAGE, holds=CONSULTATION_HOLDS),
    ]


def crowded_pages(stack: ExitStack, town: servers.Town) -> list[Target]:
    """Returns the project and the consultation with ten times the comments, where no page is kept."""
    port = stack.enter_context(servers.product(town, PAGE_CACHE_SECONDS="0"))
    return [
        aim("project page ×10, not kept", port, PROJECT_PAGE, holds=PROJECT_HOLDS),
        aim("consultation page ×10, not kept", port, CONSULTATION_PAGE, holds=CONSULTATION_HOLDS),
    ]


def writing_crew(stack: ExitStack, folder: Path) -> list[Crew]:
    """Returns eight writers on one project, and eight on several, each crew in a town of its own."""
    crews = []
    for name in (HOT, SPREAD):
        town = servers.build_town(folder / f"written{len(crews)}")
        known = servers.about_writers(town, "add")
        port = stack.enter_context(servers.product(town, RATELIMIT_ENABLED="0"))
        slugs = known["slugs"] if name == SPREAD else known["slugs"][:1]
        writers = [
            Writer(port, slugs[number % len(slugs)], cookie) for number, cookie in enumerate(known["cookies"])
        ]
        crews.append(Crew(name, town, writers))
    return crews


def list_pages(stack: ExitStack, folder: Path) -> list[Target]:
    """Returns the list of projects, short and long, with and without filters, where no page is kept."""
    found = []
    for projects in (FEW_PROJECTS, MANY_PROJECTS):
        town = servers.build_portfolio(folder, projects)
        port = stack.enter_context(servers.product(town, PAGE_CACHE_SECONDS="0"))
        for name, path in LIST_PAGES.items():
            found.append(aim(f"{name} of {projects:,} projects, not kept", port, path, holds=LIST_HOLDS))
    return found


def printing_lines(rounds: int) -> list[Line]:
    """Returns the seconds in which the worker makes each file of the largest summary of the demo town."""
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        taken = servers.about_printing(servers.build_town(Path(folder)), rounds)
    lines = []
    for name, runs in taken.items():
        seconds = [round(run, 2) for run in runs]
        value = median(seconds)
        is_promised = name == "pages"
        must, aims = (PRINTED_WITHIN, PRINTED_AIM) if is_promised else (None, None)
        holds = value <= PRINTED_WITHIN if is_promised else None
        lines.append(Line(f"summary, {name}, in the worker", value, "seconds", must, aims, holds, seconds))
    return lines


def run_once(target: Target, seconds: float, rates: Rates) -> None:
    for count in CONNECTIONS:
        rates[target.name, count].append(requests_per_second(target, count, seconds))
    check(target)


def lines_of(rates: Rates) -> list[Line]:
    """Returns the ratios that were promised, then the rates they come from."""
    promised = [
        ratio_line(promise, count, rates)
        for promise in PROMISES
        for count in CONNECTIONS
        if (promise.page, count) in rates and (promise.limit, count) in rates
    ]
    return promised + [rate_line(name, count, runs) for (name, count), runs in rates.items()]


def ratio_line(promise: Promise, count: int, rates: Rates) -> Line:
    """Divides round by round: the two were measured within seconds of each other."""
    pairs = zip(rates[promise.page, count], rates[promise.limit, count], strict=True)
    runs = [round(ours / limit, 3) for ours, limit in pairs]
    value = median(runs)
    name = f"{promise.page}, {connections(count)}"
    holds = None if promise.must is None else value >= promise.must
    return Line(name, value, f"× {promise.limit}", promise.must, promise.aim, holds, runs)


def rate_line(name: str, count: int, runs: list[float]) -> Line:
    rounded = [round(run, 1) for run in runs]
    return Line(f"{name}, {connections(count)}", median(rounded), "requests/s", None, None, None, rounded)


def connections(count: int) -> str:
    return "1 connection" if count == 1 else f"{count} connections"


def print_table(lines: list[Line]) -> None:
    print(f"{'what':46}{'median':>10} {'unit':12}{'must':>6}{'aim':>6}  holds")
    for line in lines:
        must = "" if line.must is None else f"{line.must:g}"
        aims = "" if line.aim is None else f"{line.aim:g}"
        holds = {None: "", True: "yes", False: "NO"}[line.holds]
        print(f"{line.name:46}{line.value:>10g} {line.unit:12}{must:>6}{aims:>6}  {holds}")


def say_which_tool() -> None:
    if not shutil.which("wrk"):
        print(
            "wrk is missing (apt-get install wrk): measuring with a slower loop in Python.", file=sys.stderr
        )


def commit() -> str:
    """Returns the commit that was measured, marked when files had been changed since."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"],
        capture_output=True,
        text=True,
    )
    return done.stdout.strip() or "none"


def machine() -> str:
    """Returns what it ran on, without naming the machine."""
    tool = "wrk" if shutil.which("wrk") else "Python loop"
    return ", ".join(
        (
            f"{os.cpu_count()} cores",
            platform.machine(),
            platform.system(),
            f"Python {platform.python_version()}",
            tool,
        )
    )


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--seconds", type=float, default=2, help="how long each page is asked for, each round"
    )
    parser.add_argument("--database", help="address of an empty database to measure on, instead of SQLite")
    parser.add_argument("--page", default=PROJECT_PAGE, help="address of the project page")
    parser.add_argument(
        "--only",
        choices=PARTS,
        nargs="*",
        default=PARTS,
        help="measure these beside what the machine allows; none of them: that alone",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
