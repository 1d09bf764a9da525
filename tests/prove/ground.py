"""Runs pieces of Python in processes of their own, on a database that several of them share."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
AWAKE = """
import json, os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "coregroup.config.settings"
django.setup()
"""


def run(env: dict[str, str], *arguments: str) -> str:
    """Runs Python with these arguments; gives what it printed, and fails with what went wrong."""
    done = subprocess.run(
        [sys.executable, *arguments], env=env, cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
