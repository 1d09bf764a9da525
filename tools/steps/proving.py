"""`make prove`: the long forms of the proofs, whose figures are written to docs/proofs to be committed.

A proof is a test marked `prove`. It hands its figures to the `figures` fixture; each proof's page names the
machine, the sizes and the versions, so that a figure can be judged and measured again.
"""

import os
import subprocess

from steps import debian, environment, places, postgres, products
from steps.places import PYTHON, ROOT
from steps.say import line


def main(arguments: list[str]) -> int:
    """Run every proof on both databases, and give 0 only when all of them hold."""
    places.check_writable(places.ROOT)
    with places.one_at_a_time():
        debian.ready()
        environment.prepare(environment.DEVELOP)
        products.everything()
    (ROOT / "docs" / "proofs").mkdir(parents=True, exist_ok=True)
    codes = [_prove("SQLite", arguments, {})]
    with postgres.throwaway() as url:
        codes.append(_prove("PostgreSQL", arguments, {"DATABASE_URL": url}))
    return 1 if any(codes) else 0


def _prove(engine: str, arguments: list[str], extra: dict[str, str]) -> int:
    line(f"the proofs, on {engine} ...")
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"COREGROUP_PROVE": engine, **extra}
    command = [str(PYTHON), "-m", "pytest", "-q", "-ra", "-m", "prove", "tests", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode
