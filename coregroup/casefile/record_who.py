"""The parts of a record that say who: when and where, who took part, who was asked to leave, who gets it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coregroup.casefile.apologies import apologies_of, guests_of
from coregroup.casefile.plans_words import choice_word, day
from coregroup.casefile.record_room import Room
from coregroup.casefile.record_shapes import Facts, Listing, Part, Said, Title, Words
from coregroup.casefile.workspace import Entry
from coregroup.records.models import Membership, Person, RestrictedPart
from coregroup.rules import participation
from coregroup.rules.procedure import say


def clock(moment: object) -> str:
    """A time of day as people write it, in local time."""
    return date_format(timezone.localtime(moment), "g:ia", use_l10n=False).replace(".", "")  # type: ignore[arg-type]


def about(room: Room) -> Iterator[Part]:
    """When, where, for whom, who chaired; and in one paragraph a child why there is a plan."""
    row, limited = room.meeting, room.cut.reader.limited
    rows = [
        (_("When"), _("%(day)s, from %(begun)s to %(closed)s") % {
            "day": day(room.held_on), "begun": clock(row.opened_at), "closed": clock(room.closed_at),
        } if row.opened_at else day(room.held_on)),
        (_("Where"), row.venue),
        (_("For"), ", ".join(room.names[child.id] for child in room.children if child.id in room.names)),
        (_("Chaired by"), room.named(row.chair)),
        (_("Record kept by"), room.named(row.minute_taker)),
        (_("Why another chair or minute taker than usual"), "" if limited else row.roles_because),
    ]  # fmt: skip
    yield Facts(_("This meeting"), tuple((label, value) for label, value in rows if value))
    reasons: dict[str, list[str]] = {}
    for version in room.versions:
        why = _why(room, version.plan.child_id)
        if why:
            reasons.setdefault(why, []).append(room.of_child(version.plan.child_id))
    for why, children in reasons.items():
        yield Words(why, _("Why there is a plan for %(child)s") % {"child": ", ".join(children)})


def _why(room: Room, child: UUID) -> str:
    """One paragraph: the family page's own, else the concerns."""
    rows = [row for row, whose in room.items.values() if whose.id == child]
    pages = [str(row.content.get("why", "")) for row in rows if row.kind == "family_page"]
    return "".join(pages) or " ".join(
        str(row.content.get("worry", "")) for row in rows if row.kind == "concern"
    )


def attendance(room: Room) -> Iterator[Part]:
    """Who took part and how, by agency, the family and the children; who came instead (R21)."""
    told = {entry.about: entry for entry in room.sheet.of("attendance")}
    rows = [*_members(room, told), *_family(room, told)]
    header = (_("Agency or family"), _("Who"), _("How they took part"), _("Note"))
    yield Listing("attendance", _("Who took part"), header, tuple(rows), (3, 3, 4, 3))
    yield from _guests(room)
    yield from _apologies(room)
    for entry in room.sheet.of("child_attends"):
        words = [_attends().get(entry.text("decision"), ""), entry.text("why"), _way(entry.text("way"))]
        if entry.text("who_asks"):
            words.append(_("Asked by %(who)s") % {"who": entry.text("who_asks")})
        child = room.of_child(entry.child)
        yield Words(
            ". ".join(word.rstrip(".") for word in words if word) + ".",
            _("Should %(child)s come?") % {"child": child},
        )


def _attends() -> dict[str, str]:
    return {"yes": _("Yes"), "part": _("For a part"), "no": _("No")}


def _way(code: str) -> str:
    word = way_word(code)
    return _("Their wishes come in by: %(way)s") % {"way": word.lower()} if word else ""


def way_word(code: str) -> str:
    """How wishes come in otherwise (R30, R66)."""
    return {
        "letter": _("A letter"), "drawing": _("A drawing"), "photograph": _("A photograph"),
        "advocate": _("An advocate"), "app": _("An app"), "conversation": _("A conversation"),
        "other": _("Another way"),
    }.get(code, "")  # fmt: skip


def _how(entry: Entry | None, room: Room) -> str:
    code = entry.text("how") if entry else ""
    return say(participation.HOW[code], room.lang) if code in participation.HOW else _("Not said")


def _note(entry: Entry | None) -> str:
    return entry.text("note") if entry else ""


def _members(room: Room, told: dict[UUID | None, Entry]) -> Iterator[tuple[str, ...]]:
    staff = [row for row in room.members if row.part == Membership.MEMBER]
    for row in sorted(staff, key=lambda one: (room.telling.agency(one.person), one.person.name)):
        entry = told.get(row.person_id)
        yield (room.telling.agency(row.person), row.person.name, _how(entry, room), _note(entry))


def _family(room: Room, told: dict[UUID | None, Entry]) -> Iterator[tuple[str, ...]]:
    adults = {row.adult.person_id: row.adult.person for row in room.case.relationships}
    for person in adults.values():
        if person.id not in room.hidden:
            entry = told.get(person.id)
            yield (_("Family"), person.name, _how(entry, room), _note(entry))
    for child in room.children:
        entry = told.get(child.person_id)
        code = entry.text("how") if entry else ""
        how = f"{code}: {_how(entry, room)}" if code else _how(entry, room)
        yield (_("Child"), room.of_child(child.id), how, _note(entry))


def _guests(room: Room) -> Iterator[Part]:
    parts = {
        "representative": _("In the place of %(name)s"),
        "companion": _("Beside %(name)s"),
        "chair": _("To chair"),
        "minute_taker": _("To keep the record"),
        "interpreter": _("Interpreter"),
        "advocate": _("Advocate"),
    }
    rows = tuple(
        (one.agency_name, one.name, parts.get(one.part, "") % {"name": one.beside_name})
        if "%(name)s" in parts.get(one.part, "")
        else (one.agency_name, one.name, parts.get(one.part, one.part))
        for one in guests_of(room.case, room.cut, room.meeting.id, ended=True)
    )
    if rows:
        yield Listing("guests", _("Who came to this meeting only"), (_("Agency"), _("Who"), _("As")), rows)


def _apologies(room: Room) -> Iterator[Part]:
    instead = {
        "update": _("An update"),
        "report": _("A written report"),
        "representative": _("Somebody in their place"),
        "nothing": _("Nothing to report"),
    }
    rows = []
    for one in apologies_of(room.case, room.cut, room.meeting.id):
        came = instead.get(one.instead, one.instead)
        more = one.representative or one.file_title or one.nothing_because
        came = f"{came}: {more}" if more else came
        if not one.counts:
            came = _("%(came)s (it did not come)") % {"came": came}
        rows.append((one.agency_name, one.name, came, one.reason))
    if rows:
        header = (_("Agency"), _("Who"), _("What came instead"), _("Reason"))
        yield Listing("apologies", _("Apologies"), header, tuple(rows))


def restricted(room: Room) -> Iterator[Part]:
    """Each part held without everybody: who, from when to when, what they were told; why and notes for those
    who stayed (R57, R125)."""
    notes = {entry.about: entry for entry in room.sheet.of("restricted")}
    for part in RestrictedPart.objects.filter(meeting=room.meeting):
        if not room.cut.sees(part.told_audience_id):
            continue
        people = [UUID(str(one)) for one in part.asked_to_leave]
        span = {"begun": clock(part.began_at), "ended": clock(part.ended_at) if part.ended_at else ""}
        yield Title(_("A part from %(begun)s to %(ended)s") % span)
        yield Words(", ".join(dict.fromkeys(room.name(one) for one in people)), _("Asked to leave"))
        own = room.cut.reader.person if room.cut.reader.person in people else None
        if room.reads(part.told_audience_id, None, own):
            yield Words(part.told, _("What they were told"))
        if room.reads(part.audience_id, None):
            yield Words(part.why, _("Why"))
        note = notes.get(part.id)
        if note is not None:
            yield Words(note.text(), _("Noted in it"))


def distribution(room: Room) -> Iterator[Part]:
    """Who is given this record: the procedure's list, and who was left out with the reason (R53)."""
    titles = [say(item.title, room.lang) for item in room.procedure.distribution]
    if titles:
        yield Words("\n".join(titles))
    for entry in room.sheet.of("recipients"):
        if entry.text("note"):
            yield Words(entry.text("note"))
    for entry in room.sheet.of("left_out"):
        if entry.text("out") == "yes":
            yield Words(entry.text("why"), _("%(name)s is left out") % {"name": room.name(entry.about)})


def family_words(room: Room) -> Iterator[Part]:
    """What the family said, first: beforehand and in the meeting, in their own words (R86)."""
    for entry in room.sheet.of("asked"):
        if entry.text("wants"):
            how = [
                room.name(entry.about),
                _("said beforehand"),
                way_word(entry.text("how")).lower(),
                day(entry.text("on")),
            ]
            if entry.text("helped_by"):
                how.append(_("helped by %(who)s") % {"who": entry.text("helped_by")})
            yield Said(entry.text("wants"), ", ".join(word for word in how if word))
    for entry in room.sheet.of("family_said"):
        yield Said(entry.text(), of_child(room, entry, room.name(entry.about)))


def voices(room: Room, *, children: bool) -> Iterator[Part]:
    """The voice of each child, or the views of the adults, as they were said, disagreement too (R30, R68)."""
    own = {child.person_id for child in room.case.children}
    for entry in room.sheet.of("voice"):
        if (entry.about in own) != children:
            continue
        whose = [
            room.name(entry.about),
            lowered(choice_word(entry.text("sought"))),
            entry.text("how"),
            day(entry.text("on")),
        ]
        if entry.text("taken_by"):
            whose.append(_("taken down by %(who)s") % {"who": entry.text("taken_by")})
        if entry.text("words"):
            yield Said(entry.text("words"), of_child(room, entry, ", ".join(word for word in whose if word)))
        if entry.text("disagrees"):
            yield Said(
                entry.text("disagrees"), _("%(name)s does not agree") % {"name": room.name(entry.about)}
            )


def lowered(words: str) -> str:
    """Words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def of_child(room: Room, entry: Entry, words: str) -> str:
    """The words, and about which child where it is about one of several."""
    own = next((child for child in room.case.children if child.id == entry.child), None)
    if own is None or own.person_id == entry.about or len(room.names) < 2:
        return words
    return _("%(words)s, about %(child)s") % {"words": words, "child": room.names.get(own.id, "")}


def is_family(person: Person) -> bool:
    """Whether somebody is of the family."""
    return person.kind == Person.FAMILY
