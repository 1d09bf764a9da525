"""One of several processes that save the same plan item at once; prints what was acknowledged, as JSON lines.

Not a test: `test_two_at_once.py` starts it. Arguments: group, child, item, person, name, rounds.
"""

from __future__ import annotations

import json
import os
import sys
from uuid import UUID, uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coregroup.config.settings")
django.setup()

from coregroup.casework.plans import save_item  # noqa: E402
from coregroup.records.models import Person, PlanRevision  # noqa: E402
from coregroup.rules.errors import AlreadyDone, Clash  # noqa: E402
from tests.builders import actor  # noqa: E402


def main(group: str, child: str, item: str, person: str, name: str, rounds: str) -> None:
    by = actor(Person.objects.get(id=person))
    for number in range(int(rounds)):
        words = f"{name} says {number}"
        base = latest(item)
        while True:
            token = uuid4().hex
            call = {
                "group": UUID(group), "child": UUID(child), "kind": "concern", "item": UUID(item),
                "content": {"worry": words}, "new_because": "Came up.", "by": by,
            }  # fmt: skip
            try:
                saved = save_item(**call, base=base, once=token)  # type: ignore[arg-type]
            except Clash as clash:
                say(clash=clash.revision, theirs=clash.theirs["worry"])
                base = clash.revision
                continue
            say(saved=words, revision=saved.revision)
            try:  # the answer was lost on the way: the browser sends the same form again
                save_item(**call, base=base, once=token)  # type: ignore[arg-type]
            except AlreadyDone:
                say(again=words)
            break


def say(**told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def latest(item: str) -> int:
    return PlanRevision.objects.filter(item=item).order_by("-number").values_list("number", flat=True)[0]


if __name__ == "__main__":
    main(*sys.argv[1:])
