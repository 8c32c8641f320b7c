"""Asks for one page as often as the server answers, and refuses a wrong answer."""

import gzip
import json
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "fr-FR,fr;q=0.9",
    "Accept-Encoding": "gzip",
}
# Prints exact counts: the tool's own report rounds them.
REPORT = """
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('COUNTS {"requests": %d, "bytes": %d, "microseconds": %d, "errors": %d}\\n',
    summary.requests, summary.bytes, summary.duration, e.connect + e.read + e.write + e.status + e.timeout))
end
"""


class WrongAnswer(Exception):
    """The server answered something else than what a browser gets."""


@dataclass(frozen=True)
class Target:
    """A page to ask for, with what it must answer."""

    name: str
    host: str
    port: int
    path: str
    body: bytes
    size: int
    cookie: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie} if self.cookie else {}

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}{self.path}"


def aim(
    name: str,
    port: int,
    path: str,
    host: str = "127.0.0.1",
    *,
    cookie: str = "",
    holds: dict[str, int] | None = None,
) -> Target:
    """Returns the page as a browser gets it, once the load tool gets the same bytes.

    `holds` says how often each piece of text must stand in it.
    """
    headers = {"Cookie": cookie} if cookie else {}
    body, _ = fetch(host, port, path, BROWSER | headers)
    plain, size = fetch(host, port, path, headers)
    if plain != body:
        raise WrongAnswer(f"{name}: a browser and the load tool get different pages")
    for words, times in (holds or {}).items():
        if body.decode().count(words) != times:
            raise WrongAnswer(f"{name}: {body.decode().count(words)} times «{words}» instead of {times}")
    return Target(name, host, port, path, body, size, cookie)


def check(target: Target) -> None:
    """Raises WrongAnswer unless the page is still the same, for a browser and for the load tool."""
    for headers in (BROWSER, {}):
        if fetch(target.host, target.port, target.path, headers | target.headers)[0] != target.body:
            raise WrongAnswer(f"{target.name}: the page changed while it was measured")


def fetch(host: str, port: int, path: str, headers: dict[str, str]) -> tuple[bytes, int]:
    """Returns the page, uncompressed, and how many bytes came over the wire; anything but 200 is wrong."""
    connection = HTTPConnection(host, port, timeout=30)
    # The tool sends no Accept-Encoding; neither must we.
    connection.putrequest("GET", path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    body = response.read()
    lines = [f"{name}: {value}\r\n" for name, value in response.getheaders()]
    status_line = f"HTTP/1.1 {response.status} {response.reason}\r\n"
    size = len(status_line) + sum(map(len, lines)) + 2 + len(body)
    connection.close()
    if response.status != 200:
        raise WrongAnswer(f"{path} answered {response.status}")
    return (gzip.decompress(body) if response.getheader("Content-Encoding") == "gzip" else body), size


def requests_per_second(target: Target, connections: int, seconds: float) -> float:
    """Measures with wrk, or with a loop of our own where it is missing (slower, and on the same cores)."""
    if shutil.which("wrk"):
        return with_wrk(target, connections, seconds)
    return with_python(target, connections, seconds)


def with_wrk(target: Target, connections: int, seconds: float) -> float:
    """Counts the answers, and their bytes, which must be those of the page that was checked."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.lua"
        report.write_text(REPORT)
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--timeout", "30s", "-s", str(report)]
        command += [part for name, value in target.headers.items() for part in ("-H", f"{name}: {value}")]
        done = subprocess.run([*command, target.url], capture_output=True, text=True, check=True)
    counts = json.loads(next(line[7:] for line in done.stdout.splitlines() if line.startswith("COUNTS ")))
    expected = counts["requests"] * target.size
    # At the end each connection may hold an answer half read.
    if counts["errors"] or not expected <= counts["bytes"] <= expected + connections * target.size:
        raise WrongAnswer(f"{target.name}: {counts}, for {target.size} bytes an answer")
    return float(counts["requests"] / counts["microseconds"] * 1_000_000)


def with_python(target: Target, connections: int, seconds: float) -> float:
    """Counts the answers and compares each, byte for byte."""
    counts: list[int] = []
    wrong: list[bytes] = []
    began = time.monotonic()

    def ask() -> None:
        connection = HTTPConnection(target.host, target.port, timeout=30)
        count = 0
        while time.monotonic() - began < seconds and not wrong:
            connection.putrequest("GET", target.path, skip_accept_encoding=True)
            for name, value in target.headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            body = response.read()
            if response.status != 200 or body != target.body:
                wrong.append(body)
            count += 1
        connection.close()
        counts.append(count)

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong or len(counts) < connections:
        raise WrongAnswer(f"{target.name}: other bytes than a browser's, or no answer")
    return sum(counts) / (time.monotonic() - began)
