"""Prints where a Chromium is for the browser tests; with --install, looks further than this machine.

Prints the path of the program, or an empty line when the browser tool has its own. Fails when there is none
and CI=true; elsewhere the browser tests are skipped with the same words.
"""

import argparse
import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "No Chromium was found: the browser tests cannot run. "
    "Install the package «chromium» (or Google Chrome), or set CHROMIUM to its path."
)
ASK_THE_BROWSER_TOOL = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def main() -> int:
    """Prints the path, and says on the error output what it had to do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="install one when the machine has none")
    options = parser.parse_args()
    path = find()
    if path is None and options.install:
        path = installed_by_the_system() or ("" if installed_by_the_browser_tool() else None)
    if path is None:
        print(ADVICE, file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    print(path)
    return 0


def find() -> str | None:
    """Returns the one named by CHROMIUM, else the system's, "" for the browser tool's own, None for none."""
    named = os.environ.get("CHROMIUM")
    if named and os.access(named, os.X_OK):
        return named
    for name in NAMES:
        path = shutil.which(name)
        # Ubuntu's chromium-browser may be an empty shell that only says to install a snap.
        if path and succeeds(path, "--version"):
            return path
    return "" if the_browser_tool_has_one() else None


def the_browser_tool_has_one() -> bool:
    # In a process of its own: inside a test the browser tool may already be at work.
    command = [sys.executable, "-c", ASK_THE_BROWSER_TOOL]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    return asked.returncode == 0 and os.path.exists(asked.stdout.strip())


def installed_by_the_system() -> str | None:
    """Installs the distribution's Chromium when root on a system with apt."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing Chromium with apt-get…", file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (("update",), ("install", "-y", "--no-install-recommends", "chromium")):
        done = subprocess.run(["apt-get", "-qq", *arguments], env=environment, stdout=sys.stderr, check=False)
        if done.returncode:
            return None
    return shutil.which("chromium")


def installed_by_the_browser_tool() -> bool:
    """Asks the browser tool to fetch its own, which closed networks refuse."""
    print("Fetching the browser tool's own Chromium…", file=sys.stderr)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0


def succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    sys.exit(main())
