"""The Debian packages that tests need: installed when we are root, named exactly when we are not."""

import os
import shutil
import subprocess

from steps.places import LOGS
from steps.say import Trouble, line, quietly, step

# Each package, and what it is for.
NEEDED = {
    "chromium": "journeys in a real browser",
    "gettext": "checks of the message catalogues",
    "poppler-utils": "the structure of made PDFs",
    "liblouis20": "braille",
    "liblouis-data": "braille tables",
    "espeak-ng": "speech",
    "fonts-liberation2": "a plain font for pictures of pages",
    "postgresql": "the second database",
}


def ready() -> None:
    """Install what is missing when we may; raise Trouble with the exact command when we may not."""
    if not shutil.which("dpkg-query"):
        raise Trouble(
            "The tests need Debian's packages, and there is no dpkg here: run them on Debian 12 "
            f"with {', '.join(sorted(NEEDED))}."
        )
    missing = [name for name in NEEDED if not _installed(name)]
    if not missing:
        return
    if os.geteuid() != 0:
        raise Trouble(
            f"The tests need {len(missing)} Debian packages that are missing: ask an administrator to run "
            f"`apt-get install --no-install-recommends {' '.join(missing)}`."
        )
    for name in missing:
        line(f"missing: {name} ({NEEDED[name]})")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step("asking for Debian's list of packages"):
        quietly(
            ["apt-get", "update", "-q"],
            log=LOGS / "apt-update.txt",
            failed="Debian's list of packages could not be fetched",
            env=quiet,
        )
    with step(f"installing {len(missing)} Debian packages"):
        quietly(
            ["apt-get", "install", "-q", "-y", "--no-install-recommends", *missing],
            log=LOGS / "apt-install.txt",
            failed="The Debian packages could not be installed",
            env=quiet,
        )


def _installed(name: str) -> bool:
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status}", name], capture_output=True, text=True
    )
    return asked.returncode == 0 and asked.stdout.strip() == "installed"
