"""`make check`: style, types, floors, migrations, security, assets; each runs, each fault is shown."""

import os
import subprocess
import tempfile
import time

from steps import environment, places, products
from steps.places import ROOT, VENV
from steps.say import line

CHECKS: dict[str, list[str]] = {
    "style": ["ruff", "check", "--no-cache", "coregroup", "tests", "tools"],
    "format": ["ruff", "format", "--no-cache", "--check", "coregroup", "tests", "tools"],
    "floors": ["lint-imports", "--no-cache"],
    "types": ["mypy"],
    "migrations": ["coregroup", "manage", "makemigrations", "--check", "--dry-run"],
    "settings": ["coregroup", "manage", "check"],
    "security": ["bandit", "-q", "-r", "-ll", "-c", "pyproject.toml", "coregroup"],
}


def main(arguments: list[str]) -> int:
    """Run the checks named, or all of them; give 0 only when none found anything."""
    places.check_writable(places.ROOT)
    with places.one_at_a_time():
        environment.prepare(environment.DEVELOP)
        products.everything()
    unknown = [name for name in arguments if name not in CHECKS]
    if unknown:
        line(f"no such check: {', '.join(unknown)}; there are {', '.join(CHECKS)}")
        return 2
    faulty = [name for name in arguments or CHECKS if not _passes(name)]
    print()
    line(f"found something: {', '.join(faulty)}" if faulty else "every check passed")
    return 1 if faulty else 0


def _passes(name: str) -> bool:
    program, *rest = CHECKS[name]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="coregroup-check-") as passing:
        # Its own data folder: a check leaves the embedded database as it is.
        env = {**os.environ, "COREGROUP_DATA": passing, "NO_COLOR": "1", "PYTHONWARNINGS": "ignore"}
        done = subprocess.run(
            [str(VENV / "bin" / program), *rest],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    passed = done.returncode == 0
    line(f"{name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - began:.1f} s")
    if not passed:
        print(done.stdout.rstrip())
    return passed
