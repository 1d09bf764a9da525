"""Remembers which addresses the tests really opened, so that none is left which no test has seen working.

Each process of a run writes the names of the routes that answered it with a page, a file or a redirect (other
than to signing in first) to a file of its own under build/visits. `make test` holds them against all the
addresses there are; `python tests/plugin_visits.py` does so by itself.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

VISITS = Path(__file__).resolve().parents[1] / "build" / "visits"
REFUSES = {"account_inactive": 403}  # pages whose whole purpose is to say no
seen: set[str] = set()


def pytest_configure(config: pytest.Config) -> None:
    """Begin to remember, in a run that asks for it by COREGROUP_VISITS."""
    if os.environ.get("COREGROUP_VISITS") and not hasattr(config, "_remembers_visits"):
        config._remembers_visits = True  # type: ignore[attr-defined]
        _remember()


def _remember() -> None:
    from django.core.handlers.base import BaseHandler

    answer = BaseHandler.get_response

    def remembering(self: BaseHandler, request: Any) -> Any:
        response = answer(self, request)
        match = getattr(request, "resolver_match", None)
        to_sign_in = response.headers.get("Location", "").startswith("/sign-in/?next=")
        name = match.view_name if match else None
        answered = response.status_code < 400 or response.status_code == REFUSES.get(name)
        if name and answered and not to_sign_in:
            seen.add(name)
        return response

    BaseHandler.get_response = remembering  # type: ignore[method-assign]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if seen:
        VISITS.mkdir(parents=True, exist_ok=True)
        (VISITS / f"{os.environ['COREGROUP_VISITS']}-{os.getpid()}.txt").write_text("\n".join(sorted(seen)))


def main() -> int:
    """Print each address that no test opened, and give 1 when there is one."""
    sys.path.insert(0, str(VISITS.parents[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coregroup.config.settings")
    import django

    django.setup()
    from tests.house.test_pages import addresses

    visited = {name for file in VISITS.glob("*.txt") for name in file.read_text().split()}
    missed = [f"{route} ({pattern.name})" for route, pattern in addresses() if pattern.name not in visited]
    for address in missed:
        print(f"no test opened {address}")
    shutil.rmtree(VISITS, ignore_errors=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
