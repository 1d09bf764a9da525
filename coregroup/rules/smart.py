"""The five-point check (R58): is what somebody wrote specific, measurable, achievable, realistic, timed?

Pure: a text in, codes out; the sentences are made when they are read. It advises and never refuses: whoever
writes knows more than a list of words does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing worth another look: at which field, which code, and the words it was found in."""

    field: str
    code: str
    words: str = ""


# Words that promise without saying what anybody would see.
VAGUE = (
    "improve", "improves", "improved", "improving", "support", "supports", "supported", "supporting",
    "engage", "engages", "engaged", "engaging", "monitor", "monitors", "monitored", "monitoring",
    "address", "addresses", "work with", "explore", "encourage", "promote", "ensure", "liaise", "better",
    "appropriate", "as appropriate", "where appropriate", "adequate", "sufficient", "good enough",
)  # fmt: skip
# Words that stand where a date should.
TIMELESS = (
    "ongoing", "on-going", "asap", "as soon as possible", "in due course", "continuing", "as and when",
    "when possible", "regularly", "regular",
)  # fmt: skip
# An activity is what somebody does; an outcome is what is different for the child afterwards (R59).
ACTIVITY = (
    r"(?:to |will |must |should )?(?:attend|go to|take part in|complete|finish)\b.{0,60}"
    r"\b(?:course|programme|program|session|sessions|group|appointment|appointments|class|classes|meeting|"
    r"meetings|assessment)\b",
    r"\b(?:will |to |must |should )?be referred\b",
    r"\breferral (?:to|for)\b",
    r"^\s*(?:to |will |must )?(?:attend|refer|visit|undertake)\b",
    r"\b(?:complete|completes|completing) the (?:course|programme|assessment|work)\b",
)
_ROLE = (
    r"(?:hv|sw|gp|cpn|iro|health visitor|school nurse|midwife|social worker|family support worker|teacher|"
    r"head teacher|headteacher|police|mother|father|mum|dad|mam|parents|both parents|school|nursery|"
    r"grandmother|grandfather|probation(?: officer)?|housing(?: officer)?|everyone|everybody|all)"
)
SEVERAL_OWNERS = (
    rf"^\s*(?:the )?{_ROLE}(?:\s*(?:,|/|&|\band\b)\s*(?:the )?{_ROLE})+\b",
    r"^\s*(?:all (?:members|professionals|agencies)|everyone|everybody|core group members|both parents)\b",
    r"^\s*[A-Z][\w'’-]+ (?:and|&) [A-Z][\w'’-]+ (?:to|will|should|must)\b",
)
_AMOUNT = re.compile(
    r"\d|\b(?:no|none|never|nobody|nothing|every|each|all|always|any|zero|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|twelve|once|twice|half|daily|nightly|weekly|monthly|full|fully|whole|hourly|both|"
    r"first|second|third|quarter|dozen)\b",
    re.IGNORECASE,
)  # fmt: skip
MANY_JOINTS = 3  # a text joined by this many "and", semicolons or new lines holds more than one thing


def check(
    kind: str,
    content: Mapping[str, Any],
    *,
    owner: object = None,
    by_when: date | None = None,
    today: date,
    next_review: date | None = None,
) -> tuple[Finding, ...]:
    """What is worth another look before an outcome or an action is saved; nothing for other kinds.

    Takes the tidied content, the columns, today, and the day of the next review where it is known. Gives
    findings in the order of the fields.
    """
    if kind == "outcome":
        found = [*_outcome(content)]
    elif kind == "action":
        found = [*_action(content, owner)]
    else:
        return ()
    found += _dates(by_when, today, next_review)
    return tuple(dict.fromkeys(found))


def _outcome(content: Mapping[str, Any]) -> Iterable[Finding]:
    change, amount = str(content.get("change", "")), str(content.get("by_how_much", ""))
    if words := _first(ACTIVITY, change):
        yield Finding("change", "activity_not_outcome", words)
    yield from _words(change, "change")
    if not amount:
        yield Finding("by_how_much", "no_amount")
    elif not _AMOUNT.search(amount):
        yield Finding("by_how_much", "amount_open")
    yield from _words(amount, "by_how_much")
    for name, code in (("baseline", "no_baseline"), ("measure", "no_measure"), ("evidence", "no_evidence")):
        if not str(content.get(name, "")):
            yield Finding(name, code)


def _action(content: Mapping[str, Any], owner: object) -> Iterable[Finding]:
    what = str(content.get("what", ""))
    if words := _first(SEVERAL_OWNERS, what):
        yield Finding("what", "several_owners", words)
    yield from _words(what, "what")
    if owner is None:
        yield Finding("owner", "no_owner")


def _words(text: str, field: str) -> Iterable[Finding]:
    if words := _list(VAGUE, text):
        yield Finding(field, "vague", words)
    if words := _list(TIMELESS, text):
        yield Finding(field, "timeless", words)
    if _joints(text) >= MANY_JOINTS:
        yield Finding(field, "too_many_things")


def _dates(by_when: date | None, today: date, next_review: date | None) -> Iterable[Finding]:
    if by_when is None:
        yield Finding("by_when", "no_date")
    elif by_when < today:
        yield Finding("by_when", "date_past")
    elif next_review is not None and by_when > next_review:
        yield Finding("by_when", "date_after_review", next_review.isoformat())


def _first(patterns: Iterable[str], text: str) -> str:
    for pattern in patterns:
        # Capital letters tell names from other words, so only the patterns of names heed them.
        flags = 0 if "[A-Z]" in pattern else re.IGNORECASE
        if found := re.search(pattern, text, flags):
            return " ".join(found[0].split())
    return ""


def _list(words: Iterable[str], text: str) -> str:
    """Those of the words that stand in the text, the longest first, each once."""
    found: list[str] = []
    for word in sorted(words, key=len, reverse=True):
        if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE) and not any(
            word in longer for longer in found
        ):
            found.append(word)
    return ", ".join(sorted(found))


def _joints(text: str) -> int:
    return len(re.findall(r"\band\b|;|\n\s*\S|\bas well as\b|\bplus\b", text.strip(), re.IGNORECASE))


def digest(findings: Iterable[Finding]) -> str:
    """A short digest of findings: "Save as it is" carries it, so that *new* findings are shown first."""
    text = "\n".join(f"{one.field}|{one.code}|{one.words}" for one in sorted(findings))
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""
