"""Which files an outline plan is read from, and the one sentence for every other."""

from __future__ import annotations

import puremagic
from django.utils.translation import gettext as _

from coregroup.intake.problems import IntakeProblem
from coregroup.rules.filekinds import FAULTS, NAMES, FileKind, ending_of, look

LARGEST = 10 * 1024 * 1024
READ = frozenset(
    {FileKind.WORD, FileKind.TEXT, FileKind.SHEET, FileKind.OLD_SHEET, FileKind.OPEN_SHEET}
)  # fmt: skip


def kind_of(content: bytes, *, name: str, largest: int = LARGEST) -> FileKind:
    """The kind of a file that can be read as an outline plan. Raises IntakeProblem with one sentence."""
    if len(content) > largest:
        limit = _("%(count)d MB") % {"count": largest // (1024 * 1024)}
        raise IntakeProblem(_(FAULTS["too_large"]) % {"limit": limit})
    found = look(content, name=name)
    if found.fault == "wrong_name" and found.kind is not None:
        ending = f".{ending_of(name)}"
        raise IntakeProblem(_(FAULTS["wrong_name"]) % {"ending": ending, "kind": _(NAMES[found.kind])})
    if found.fault == "unknown":
        raise IntakeProblem(_unknown(content))
    if found.kind is None:
        raise IntakeProblem(_(FAULTS[found.fault]))
    if found.kind not in READ:
        raise IntakeProblem(
            _(
                "This is %(kind)s. An outline plan is read from a Word document, a CSV file or a "
                "spreadsheet; keep this file among the group's files and type the outline plan."
            )
            % {"kind": _(NAMES[found.kind])}
        )
    return found.kind


def _unknown(content: bytes) -> str:
    """What the file seems to be, where that can be told from its content."""
    try:
        guesses = puremagic.magic_string(content[:4096])
    except Exception:  # it has no say in what is taken; a fault of its own is no fault of the file
        guesses = []
    sure = [guess for guess in guesses if guess.confidence >= 0.4 and guess.name]
    if not sure:
        return _(FAULTS["unknown"])
    return _("This is not a kind of file that can be taken. It seems to be: %(guess)s.") % {
        "guess": sure[0].name
    }
