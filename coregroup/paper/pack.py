"""A meeting pack as a document: one rendering a recipient, from a pack already cut for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.utils import formats, translation
from django.utils.translation import gettext as _

from coregroup.casefile.action_states import state_word
from coregroup.casefile.family_first import Asked
from coregroup.casefile.family_words import decision_word, way_within, way_word
from coregroup.casefile.pack_shapes import Pack, PackEntry
from coregroup.casefile.plans_shapes import Line, PlanSheet
from coregroup.casefile.updates import GivenUpdate
from coregroup.paper.blocks import Block, Bullets, Document, Facts, Heading, Numbered, Paragraph, Quote, Table
from coregroup.paper.pdf import Rendered, to_pdf


def pack_pdf(pack: Pack, *, language: str = "en") -> Rendered:
    """The pack as tagged PDF for its reader. The same pack gives the same bytes."""
    return to_pdf(pack_document(pack, language=language))


def pack_document(pack: Pack, *, language: str = "en") -> Document:
    """The pack's blocks, in the recipient's language. The pack must be cut for its reader."""
    with translation.override(language):
        told = {"meeting": pack.word[:1].upper() + pack.word[1:], "day": _day(pack.on)}
        return Document(
            title=_("%(meeting)s, %(day)s: meeting pack") % told,
            language=language,
            subtitle=pack.heading,
            foot=_("Meeting pack, %(day)s. Copy for %(name)s. Confidential: keep it safe.")
            % {"day": _day(pack.on), "name": pack.reader_name},
            page_of=_("Page {} of {}"),
            blocks=tuple(_blocks(pack)),
        )


def _blocks(pack: Pack) -> Iterator[Block]:
    yield from _where(pack)
    yield from _agenda(pack)
    yield from _family(pack)
    yield from _attendance(pack)
    yield from _last(pack)
    yield Heading(
        _("What has happened since the last meeting") if pack.last_on else _("What has happened so far")
    )
    yield from _story(pack.entries)
    yield from _updates(pack.updates)
    yield from _ratings(pack)
    for sheet in pack.plans:
        yield from _plan(pack, sheet)
    yield from _dates(pack)


def _where(pack: Pack) -> Iterator[Block]:
    rows = [
        (_("When"), ", ".join(part for part in (_day(pack.on), _clock(pack)) if part)),
        (_("Where"), ", ".join(part for part in (pack.venue, pack.address) if part)),
        (_("Chair"), pack.chair),
        (_("Minute taker"), pack.minute_taker),
    ]
    told = tuple((label, value) for label, value in rows if value)
    yield Facts(_("When and where"), told, (_("The meeting"), _("In words")))


def _clock(pack: Pack) -> str:
    return formats.time_format(pack.starts_at, "H:i") if pack.starts_at else ""


def _agenda(pack: Pack) -> Iterator[Block]:
    yield Heading(_("Agenda"))
    yield Numbered(tuple(point.title for point in pack.agenda))
    if pack.also:
        yield Heading(_("Also to talk about"), 3)
        yield Bullets(pack.also)


def _family(pack: Pack) -> Iterator[Block]:
    if not pack.people:
        return
    yield Heading(_("What the family want said"))
    for one in pack.people:
        words = one.wants or (
            _("Sent in a letter or picture, kept with the files.")
            if one.file
            else _("Asked.") if one.words_kept
            else _("Asked, and wants nothing said.")
        )  # fmt: skip
        yield Quote(words, asked_how(one))


def asked_how(one: Asked) -> str:
    """Whose words these are, how and when they were asked, and who helped."""
    parts = [one.name, way_within(one.how) if one.how else "", _day(one.on), one.helped_by]
    return ", ".join(part for part in parts if part)


def _attendance(pack: Pack) -> Iterator[Block]:
    if not pack.children:
        return
    yield Heading(_("Does each child come?"))
    rows = tuple(
        (
            one.name,
            decision_word(one.decision) if one.decision else _("Not decided yet"),
            one.why,
            ", ".join(part for part in (way_word(one.way) if one.way else "", one.who_asks) if part),
        )
        for one in pack.children
    )
    header = (_("Child"), _("Decision"), _("Why"), _("How their wishes come in"))
    yield Table(_("Whether each child comes"), header, rows, (2, 3, 4, 4))


def _last(pack: Pack) -> Iterator[Block]:
    if pack.last_on is None:
        return
    yield Heading(_("From the last meeting, %(day)s") % {"day": _day(pack.last_on)})
    if not pack.decisions:
        yield Paragraph(_("No decision is written down for it here."))
    for one in pack.decisions:
        yield Quote(one.what, ", ".join(part for part in (one.child, one.why) if part) or _("Decision"))


def _story(entries: Iterable[PackEntry]) -> Iterator[Block]:
    rows = tuple(
        (
            _day(one.on),
            ": ".join(part for part in (one.child, one.text) if part),
            one.impact,
            one.done,
            one.source,
        )
        for one in entries
    )
    if not rows:
        yield Paragraph(_("Nothing is in the chronology yet."))
        return
    header = (_("When"), _("What happened"), _("What it meant for the child"), _("What was done"), _("From"))
    yield Table(_("Chronology"), header, rows, (2, 5, 4, 3, 2))


def _updates(updates: Iterable[GivenUpdate]) -> Iterator[Block]:
    told = [one for one in updates if one.says_something]
    if not told:
        return
    yield Heading(_("Updates from members"))
    for one in told:
        yield Heading(f"{one.name} ({one.agency_name})" if one.agency_name else one.name, 3)
        yield from _update(one)


def _update(one: GivenUpdate) -> Iterator[Block]:
    rows = [(_("What changed for %(name)s") % {"name": child.name}, child.changed) for child in one.children]
    rows += [
        (_("Contact with the child and family"), one.contact),
        (_("What I could not do, and why"), one.could_not),
        (_("New for the chronology"), _("Nothing new") if one.nothing_new else ""),
        (_("Shared with the family"), " ".join(p for p in (_day(one.shared_on), one.shared_how) if p)),
        (_("What the family said to it"), one.family_said),
    ]
    yield Facts(_("Update"), tuple(row for row in rows if row[1]), (_("About"), _("In words")))


def _ratings(pack: Pack) -> Iterator[Block]:
    if not pack.ratings:
        return
    yield Heading(_("How far each outcome is, 0 to 10"))
    rows = tuple(
        (
            one.child,
            one.outcome,
            ", ".join(f"{name}: {value}" for name, value in one.now),
            ", ".join(str(value) for value in one.before) or _("Not rated"),
        )
        for one in pack.ratings
    )
    header = (_("Child"), _("Outcome"), _("Now"), _("Last time"))
    yield Table(_("Ratings"), header, rows, (2, 5, 4, 2))


def _plan(pack: Pack, sheet: PlanSheet) -> Iterator[Block]:
    plan = _("%(plan)s for %(child)s") % {"plan": sheet.plan_name, "child": sheet.child_name}
    yield Heading(plan[:1].upper() + plan[1:])
    if sheet.empty:
        yield Paragraph(_("There is nothing in this plan yet."))
        return
    if sheet.version is None:
        yield Paragraph(_("Being built: not in force yet"))
    for concern in sheet.concerns:
        yield Heading(_("Concern: %(worry)s") % {"worry": concern.content.get("worry", "")}, 3)
        for outcome in concern.beneath:
            yield from _outcome(outcome)
    for line in sheet.loose:
        if line.kind == "outcome":
            yield from _outcome(line)
    yield from _actions(line for line in sheet.loose if line.kind == "action")
    if sheet.contingencies:
        rows = tuple(
            tuple(str(line.content.get(name, "")) for name in ("trigger", "response", "who"))
            for line in sheet.contingencies
        )
        header = (_("If this happens"), _("We will do this"), _("Who"))
        yield Heading(_("What if: the contingency plan"), 3)
        yield Table(_("Contingency plan"), header, rows, (4, 5, 2))


def _outcome(line: Line) -> Iterator[Block]:
    told = {"change": line.content.get("change", ""), "day": _day(line.by_when)}
    yield Paragraph(_("What must change: %(change)s (by %(day)s)") % told, strong=True)
    yield from _actions(line.beneath)


def _actions(lines: Iterable[Line]) -> Iterator[Block]:
    rows = tuple(
        (str(line.content.get("what", "")), str(line.owner or ""), _day(line.by_when), how_far(line))
        for line in lines
    )
    if rows:
        header = (_("Action"), _("Who"), _("By when"), _("How far it is"))
        yield Table(_("Actions"), header, rows, (5, 3, 2, 3))


def how_far(line: Line) -> str:
    """How far an action is, with its reason."""
    because = line.progress.because if line.progress else ""
    word = state_word(line.state or "not_started")
    return f"{word}: {because}" if because else word


def _dates(pack: Pack) -> Iterator[Block]:
    if not pack.dates:
        return
    yield Heading(_("Dates ahead"))
    rows = tuple((one.title, _day(one.latest), one.why) for one in pack.dates)
    yield Table(_("Dates ahead"), (_("What"), _("At the latest"), _("Why")), rows, (3, 2, 5))


def _day(day: date | datetime | None) -> str:
    return formats.date_format(day, "j F Y") if day else ""
