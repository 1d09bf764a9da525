"""What is written in a meeting, kept as it is typed: nothing acknowledged is lost, nothing overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.attendance import check_how
from coregroup.casework.audiences import AudienceChoice, audience_row, value_of
from coregroup.casework.meeting_bounds import knows_of, refuse_not_theirs, refuse_unseen_item
from coregroup.casework.meeting_words import default_audience
from coregroup.casework.plan_people import sees
from coregroup.casework.verbs import act
from coregroup.records.models import (
    Audience,
    Child,
    Meeting,
    MeetingEntry,
    RestrictedPart,
)
from coregroup.rules import entry_cut
from coregroup.rules import meeting_entries as entries
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Clash, Closed, Problem, Problems, Refused


@dataclass(frozen=True)
class Kept:
    """A saving that stands: its number, when, and what the thing says now (two writers' texts joined)."""

    number: int
    at: datetime
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Thing:
    """What is being written: the kind of entry, what it is about, the child it concerns, its code."""

    kind: str
    about: UUID | None = None
    child: UUID | None = None
    code: str = ""

    @property
    def name(self) -> str:
        return entries.thing_name(self.kind, self.about, self.child, self.code)


def keep_entry(
    *,
    group: UUID,
    meeting: UUID,
    thing: Thing,
    content: Mapping[str, Any],
    base: int = 0,
    audience: AudienceChoice | None = None,
    token: str | None = None,
    by: Actor,
    to: Capability = Capability.TAKE_PART,
) -> Kept:
    """Keeps what is typed at one thing of a meeting as its next saving (`rules.meeting_entries`).

    `content` holds the fields that were touched; `base` is the number of the saving that was being read (0:
    none). Another's saving since then is joined field by field; where both changed the same field, nothing is
    kept and Clash brings both texts. `token` names this saving: sent again, it is answered as the first time.
    `audience` None leaves it as it was, and for a new thing takes the kind's own.

    Raises Closed for what the actor may not see, Refused where the meeting's state does not allow it,
    Problems naming each field at fault.
    """
    with act(group, by=by, to=to, what=f"meeting {meeting}", often=True) as case:
        row = meeting_row(case, meeting)
        if token and (earlier := _kept_before(case, row, token)):
            return earlier
        kind = _kind(thing)
        _refuse_state(row, kind)
        child = _check_thing(case, row, thing, kind)
        latest = latest_entry(row, thing.name)
        if latest is not None and not sees(case, latest.audience, child):
            raise Closed
        told = _checked(case, row, thing, content)
        refuse_not_theirs(case, row, thing, told, to)
        own = _refuse_unread(case, row, thing, latest, told)
        joined = _joined(row, thing, latest, told, base)
        seen_by = _audience(case, row, thing, kind, latest, audience if own else None)
        if latest is None or joined != latest.content or seen_by.id != latest.audience_id:
            latest = write_entry(case, row, thing, latest, joined, seen_by, token)
    return _answer(case, thing, latest, own)


def meeting_row(case: Case, meeting: UUID) -> Meeting:
    """A meeting of this group that the actor may see; a guest's own meeting only. Raises Closed."""
    row = Meeting.objects.filter(group=case.group, id=meeting).select_related("audience").first()
    if row is None or not sees(case, row.audience):
        raise Closed
    if case.guest is not None and case.guest.meeting_id != row.id:
        raise Closed
    return row


def latest_entry(meeting: Meeting, thing: str) -> MeetingEntry | None:
    """The last saving of a thing, if there is one."""
    rows = MeetingEntry.objects.filter(meeting=meeting, thing=thing)
    return rows.select_related("audience", "by").order_by("-number").first()


def write_entry(
    case: Case,
    meeting: Meeting,
    thing: Thing,
    latest: MeetingEntry | None,
    content: Mapping[str, Any],
    audience: Audience,
    token: str | None = None,
    correction_because: str = "",
) -> MeetingEntry:
    """The next saving of a thing; checked beforehand."""
    return MeetingEntry.objects.create(
        authority=case.group.authority, group=case.group, meeting=meeting, kind=thing.kind, about=thing.about,
        child_id=thing.child, code=thing.code, thing=thing.name, number=latest.number + 1 if latest else 1,
        content=dict(content), audience=audience, by_id=case.by.who, token=token or None,
        correction_because=correction_because,
    )  # fmt: skip


def _kept_before(case: Case, meeting: Meeting, token: str) -> Kept | None:
    """The same saving, sent again because its answer was lost on the way."""
    earlier = MeetingEntry.objects.filter(meeting=meeting, token=token).first()
    if earlier is None:
        return None
    if earlier.by_id != case.by.person:
        raise Closed
    thing = Thing(earlier.kind, earlier.about, earlier.child_id, earlier.code)
    return _answer(case, thing, earlier, _wrote_all(case, meeting, thing))


def _answer(case: Case, thing: Thing, row: MeetingEntry, own: bool) -> Kept:
    """The answer to the writer: no more of a joined text than they may read."""
    told = entry_cut.readable(thing.kind, row.content, child=thing.child, reader=case.reader(), own=own)
    return Kept(row.number, row.made_at, told or {})


def _refuse_unread(
    case: Case, meeting: Meeting, thing: Thing, latest: MeetingEntry | None, told: Mapping[str, Any]
) -> bool:
    """Closed for whoever would write over what they may not read. Answers whether the words are their own.

    Who must not learn of every child does not read free text about the whole family, and so cannot go on with
    it; what they began themselves is theirs until somebody else goes on with it.
    """
    reader = case.reader()
    if not reader.limited or thing.child is not None or latest is None:
        return True
    wrote_all = _wrote_all(case, meeting, thing)
    own = entry_cut.own_words(thing.kind, thing.about, reader, wrote_all=wrote_all)
    if not own and not all(entry_cut.may_write(thing.kind, one, child=None, reader=reader) for one in told):
        raise Closed
    return own


def _wrote_all(case: Case, meeting: Meeting, thing: Thing) -> bool:
    """Whether every saving of a thing is the actor's. No query for who may read them all anyway."""
    if not case.reader().limited:
        return True
    rows = MeetingEntry.objects.filter(meeting=meeting, thing=thing.name)
    return not rows.exclude(by=case.by.person).exists()


def _kind(thing: Thing) -> entries.EntryKind:
    kind = entries.KINDS.get(thing.kind)
    sound = (
        kind is not None
        and bool(thing.about) == bool(kind.about)
        and (thing.child is not None or kind.child != "yes")
        and (thing.child is None or kind.child != "")
        and bool(thing.code) == kind.code
        and len(thing.code) <= 60
    )
    if kind is None or not sound:
        raise Closed
    return kind


def _refuse_state(meeting: Meeting, kind: entries.EntryKind) -> None:
    if meeting.state in kind.when:
        return
    if meeting.state == "planned":
        raise Refused(_("This meeting has not begun yet."))
    raise Refused(_("This meeting is not in session any more. Its record can be corrected."))


def _check_thing(case: Case, meeting: Meeting, thing: Thing, kind: entries.EntryKind) -> Child | None:
    """The child concerned; Closed where a thing names what is not of this case or not to be seen."""
    child = case.child(thing.child) if thing.child else None
    if kind.about == "person":
        if not knows_of(case, meeting, thing.about):
            raise Closed
    elif kind.about == "agency":
        if thing.about not in {member.person.agency_id for member in case.members}:
            raise Closed
    elif kind.about == "item":
        refuse_unseen_item(case, child, thing.about)
    elif kind.about == "part":
        part = (
            RestrictedPart.objects.filter(meeting=meeting, id=str(thing.about))
            .select_related("audience")
            .first()
        )
        if part is None or not sees(case, part.audience):
            raise Closed
    return child


def _checked(case: Case, meeting: Meeting, thing: Thing, content: Mapping[str, Any]) -> dict[str, Any]:
    told = entries.tidy(content)
    sentences = {
        "unknown_choice": _("Choose from the list."),
        "not_a_date": _("Enter a date."),
        "too_long": _("This is too long to be kept."),
    }
    found: list[tuple[str | None, str]] = []
    for field, code in entries.faults(thing.kind, told):
        if code == "unknown_field":
            raise Closed
        found.append((field, sentences[code]))
    if found:
        raise Problems(found)
    if thing.kind == "attendance":
        check_how(case, meeting, thing.about, told)
    return told


def _joined(
    meeting: Meeting, thing: Thing, latest: MeetingEntry | None, told: dict[str, Any], base: int
) -> dict[str, Any]:
    if latest is None:
        return told
    read: Mapping[str, Any] = {}
    if base == latest.number:
        read = latest.content
    elif base:
        earlier = MeetingEntry.objects.filter(meeting=meeting, thing=thing.name, number=base).first()
        read = earlier.content if earlier else {}
    joined = entries.join(read, latest.content, told)
    if joined.both:
        raise Clash(
            {name: latest.content.get(name, "") for name in joined.both},
            {name: told[name] for name in joined.both},
            latest.number,
            latest.by.name,
        )
    return dict(joined.content)


def _audience(
    case: Case,
    meeting: Meeting,
    thing: Thing,
    kind: entries.EntryKind,
    latest: MeetingEntry | None,
    choice: AudienceChoice | None,
) -> Audience:
    if kind.audience == "part":
        return (
            RestrictedPart.objects.select_related("audience")
            .get(meeting=meeting, id=str(thing.about))
            .audience
        )
    if choice is None:
        return latest.audience if latest else default_audience(case, thing, kind)
    if latest is not None and choice.value() == value_of(latest.audience):
        return latest.audience
    row = audience_row(case, choice)
    if not sees(case, row):
        raise Problem("audience", _("You would shut yourself out: name yourself as well."))
    return row
