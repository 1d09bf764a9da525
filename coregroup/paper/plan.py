"""A child's plan as a document: one rendering a recipient, from a sheet already cut for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coregroup.casefile.plans_shapes import Answer, Line, PlanSheet
from coregroup.paper.blocks import Block, Document, Facts, Heading, Paragraph, Quote, Table
from coregroup.paper.pdf import Rendered, to_pdf


def plan_pdf(sheet: PlanSheet, *, copy_for: str, language: str = "en") -> Rendered:
    """The plan as tagged PDF for the person named (R53, R97). The same sheet gives the same bytes."""
    return to_pdf(plan_document(sheet, copy_for=copy_for, language=language))


def plan_document(sheet: PlanSheet, *, copy_for: str, language: str = "en") -> Document:
    """The plan's blocks, in the recipient's language. The sheet must be cut for the recipient."""
    with translation.override(language):
        state = _state(sheet)
        return Document(
            title=_("%(plan)s for %(child)s") % {"plan": sheet.plan_name, "child": sheet.child_name},
            language=language,
            subtitle=state,
            foot=_("%(state)s. Copy for %(name)s. Confidential: keep it safe.")
            % {"state": state, "name": copy_for},
            page_of=_("Page {} of {}"),
            blocks=tuple(_blocks(sheet)),
        )


def _state(sheet: PlanSheet) -> str:
    if sheet.version is None:
        return _("Being built: not in force yet")
    return _("Version %(number)s, %(day)s") % {
        "number": sheet.version.number,
        "day": _day(timezone.localdate(sheet.version.at)),
    }


def _day(day: date | datetime | None) -> str:
    return formats.date_format(day, "j F Y") if day else ""


def _blocks(sheet: PlanSheet) -> Iterator[Block]:
    yield from _family_page(sheet.family_page)
    if sheet.concerns or sheet.loose:
        yield Heading(_("What worries us, what must change, and what we will do"))
    for concern in sheet.concerns:
        yield from _concern(concern)
    yield from _loose(sheet.loose)
    yield from _contacts(sheet.contacts)
    yield from _contingencies(sheet.contingencies)
    yield from _views(sheet.views)
    if sheet.empty:
        yield Paragraph(_("There is nothing in this plan yet."))


def _family_page(line: Line | None) -> Iterator[Block]:
    if line is None:
        return
    yield Heading(_("For the family"))
    for name, label in (
        ("why", _("Why there is a plan")),
        ("must_change", _("What must change")),
        ("we_expect", _("What we ask of you")),
        ("help", _("What help you will get")),
        ("if_not", _("What happens if things do not change")),
    ):
        if line.content.get(name):
            yield Heading(label, 3)
            yield Paragraph(str(line.content[name]))


def _concern(line: Line) -> Iterator[Block]:
    yield Heading(str(line.content.get("worry", "")), 3)
    for outcome in line.beneath:
        yield from _outcome(outcome, 4)


def _outcome(line: Line, level: int) -> Iterator[Block]:
    yield Heading(_("What must change: %(change)s") % {"change": line.content.get("change", "")}, level)
    rows = [
        (_("By how much"), line.content.get("by_how_much")),
        (_("By when"), _day(line.by_when)),
        (_("How it is now"), line.content.get("baseline")),
        (_("How it is measured"), line.content.get("measure")),
        (_("How we would know"), line.content.get("evidence")),
    ]
    told = tuple((label, str(value)) for label, value in rows if value)
    yield Facts(_("This outcome"), told, (_("About this outcome"), _("In words")))
    yield from _actions(line.beneath)


def _actions(lines: Iterable[Line]) -> Iterator[Block]:
    rows = tuple(
        (
            str(line.content.get("what", "")),
            str(line.owner or ""),
            _day(line.by_when),
            line.part_title,
            _answer(line.answer),
        )
        for line in lines
    )
    if rows:
        header = (_("Action"), _("Who"), _("By when"), _("Part of the plan"), _("Their answer"))
        yield Table(_("Actions"), header, rows, (5, 3, 2, 2, 2))


def _answer(answer: Answer | None) -> str:
    if answer is None:
        return _("Not answered yet")
    words = {
        "accepted": pgettext("an action's owner", "Accepted"),
        "declined": pgettext("an action's owner", "Declined"),
        "could_not_ask": _("Could not be asked"),
    }[answer.answer]
    return f"{words}: {answer.reason}" if answer.reason else words


def _loose(lines: tuple[Line, ...]) -> Iterator[Block]:
    outcomes = [line for line in lines if line.kind == "outcome"]
    for outcome in outcomes:
        yield from _outcome(outcome, 3)
    actions = [line for line in lines if line.kind == "action"]
    if actions:
        yield Heading(_("More actions"), 3)
        yield from _actions(actions)


def _contacts(lines: tuple[Line, ...]) -> Iterator[Block]:
    if not lines:
        return
    yield Heading(_("Who sees the child, and how often"))
    rows = tuple(
        (
            str(line.owner or ""),
            _every(line),
            str(line.content.get("where", "")),
            _ALONE[str(line.content.get("alone"))]() if line.content.get("alone") in _ALONE else "",
            str(line.content.get("purpose", "")),
        )
        for line in lines
    )
    header = (_("Who"), _("How often"), _("Where"), _("Alone with the child"), _("What for"))
    yield Table(_("Agreed contact"), header, rows, (3, 2, 2, 2, 4))


_ALONE = {"yes": lambda: _("Yes"), "no": lambda: _("No"), "where_possible": lambda: _("Where possible")}


def _every(line: Line) -> str:
    number, unit = line.content.get("every"), line.content.get("unit")
    words = {
        "days": _("Every %(number)s days"),
        "working_days": _("Every %(number)s working days"),
        "weeks": _("Every %(number)s weeks"),
        "months": _("Every %(number)s months"),
    }
    return words.get(str(unit), "%(number)s") % {"number": number}


def _contingencies(lines: tuple[Line, ...]) -> Iterator[Block]:
    if not lines:
        return
    yield Heading(_("What if: the contingency plan"))
    rows = tuple(
        tuple(str(line.content.get(name, "")) for name in ("trigger", "response", "who")) for line in lines
    )
    yield Table(
        _("Contingency plan"), (_("If this happens"), _("We will do this"), _("Who")), rows, (4, 5, 2)
    )


def _views(lines: tuple[Line, ...]) -> Iterator[Block]:
    if not lines:
        return
    yield Heading(_("What the child and the family say"))
    for line in lines:
        yield Quote(str(line.content.get("words", "")), _whose(line))


def _whose(line: Line) -> str:
    sought = {
        "direct": _("said directly"),
        "advocate": _("through an advocate"),
        "other": str(line.content.get("how", "")),
    }.get(str(line.content.get("sought")), "")
    on = line.content.get("on")
    day = _day(date.fromisoformat(on)) if isinstance(on, str) and len(on) == 10 else ""
    parts = [line.owner.name if line.owner else "", sought, day, str(line.content.get("taken_by", ""))]
    return ", ".join(part for part in parts if part)
