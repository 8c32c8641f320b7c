"""Makes the virtual environment from a hashed requirements file, and nothing when it is already that one.

    python3 scripts/environment.py requirements.txt

With uv when the machine has it, else with venv and pip. Runs on a bare Python, so it imports nothing else.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "installed.json"
# The second file pins everything the first one does, to the same versions.
RUN, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"


def main() -> int:
    """Installs what the named file pins, one run at a time."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else RUN
    if sys.version_info < (3, 11):  # noqa: UP036
        print("Python 3.11 or later is needed; this one is {}.{}.".format(*sys.version_info))
        return 1
    with (ROOT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_installed(wanted):
            return 0
        print(f"Installing what {wanted} lists into .venv (once)…", flush=True)
        try:
            install(wanted)
        except subprocess.CalledProcessError as error:
            print(f"The installation failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
            return 1
        STAMP.write_text(json.dumps({name: digest(name) for name in covered_by(wanted)}))
    return 0


def is_installed(wanted: str) -> bool:
    """Tells whether the environment works and was made from this very file."""
    try:
        return PYTHON.exists() and json.loads(STAMP.read_text()).get(wanted) == digest(wanted)
    except (OSError, ValueError):
        return False


def install(wanted: str) -> None:
    """Makes the environment if there is none that works, then installs by hash."""
    STAMP.unlink(missing_ok=True)
    uv = shutil.which("uv")
    if uv:
        try:
            install_with_uv(uv, wanted)
            return
        except subprocess.CalledProcessError:
            print("uv could not; trying again with pip.", flush=True)
    install_with_pip(wanted)


def install_with_uv(uv: str, wanted: str) -> None:
    if not PYTHON.exists():
        run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, ENVIRONMENT)
    run(uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", ROOT / wanted)


def install_with_pip(wanted: str) -> None:
    if not has_pip():
        try:
            run(sys.executable, "-m", "venv", "--clear", ENVIRONMENT)
        except subprocess.CalledProcessError:
            print("On Debian and Ubuntu, install the package python3-venv first.", file=sys.stderr)
            raise
    # Twice quiet: pip warns of every place it was told to look in and that is not there.
    options = ["-qq", "--disable-pip-version-check", "--require-hashes"]
    run(PYTHON, "-m", "pip", "install", *options, "-r", ROOT / wanted)


def has_pip() -> bool:
    """Tells whether the environment is there with pip in it; uv makes it without."""
    return PYTHON.exists() and not subprocess.run([PYTHON, "-m", "pip", "-V"], capture_output=True).returncode


def covered_by(wanted: str) -> tuple[str, ...]:
    """Returns the files whose packages are now there."""
    return (RUN, DEVELOPMENT) if wanted == DEVELOPMENT else (wanted,)


def digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True)


if __name__ == "__main__":
    sys.exit(main())
