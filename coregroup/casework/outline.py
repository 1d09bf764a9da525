"""Bringing the conference's outline plan in, setting an item aside, and marking that one has read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from coregroup.access.doors import Case
from coregroup.casework.audiences import (
    WHOLE_GROUP,
    AudienceChoice,
    audience_row,
    refuse_unknown_persons,
    value_of,
)
from coregroup.casework.consequences import settle
from coregroup.casework.documents import Original, add_within, audience_of_original
from coregroup.casework.joining import OUTLINE, READ_OUTLINE
from coregroup.casework.verbs import act, note_outcome
from coregroup.records.models import (
    Audience,
    Conference,
    JoiningStep,
    Membership,
    OutlineItem,
    ReadMark,
    StoredFile,
)
from coregroup.rules import book
from coregroup.rules.access import Actor, Capability, may_see
from coregroup.rules.errors import Closed, Problem, Problems
from coregroup.rules.happenings import OutlineBroughtIn, OutlineItemSetAside

LONGEST = 5_000
MOST_ITEMS = 500
TEXTS = ("concern", "outcome", "action", "owner", "by_when")


@dataclass(frozen=True)
class NewOutlineItem:
    """One row of the outline plan, and the children whom it concerns: each gets an item of their own (R80).

    `by_when_words` is what the conference wrote ("within 4 weeks"), beside `by_when` or instead of it; `row`
    is its row in the file, by which faults name it.
    """

    children: tuple[UUID, ...]
    concern: str = ""
    outcome: str = ""
    action: str = ""
    owner: str = ""
    by_when: date | None = None
    by_when_words: str = ""
    row: int | None = None
    audience: AudienceChoice = field(default=WHOLE_GROUP)

    def content(self) -> dict[str, str]:
        """Its texts as they are kept."""
        said = (self.concern, self.outcome, self.action, self.owner, self.by_when_words)
        return {name: text.strip() for name, text in zip(TEXTS, said, strict=True)}


def bring_in_outline(
    *,
    group: UUID,
    items: Sequence[NewOutlineItem],
    file: UUID | None = None,
    original: Original | None = None,
    by: Actor,
    once: str | None = None,
    check_only: bool = False,
) -> tuple[UUID, ...]:
    """Brings outline items in, all of them or none (R11, R47, R80).

    `file` is the stored original, or `original` its content, stored with the items or not at all. Gives the
    new items' ids, one for each row and child; none with `check_only`, which saves nothing. Raises Problems
    with every fault at once, each as (`row_<place among items>`, "Row 3: …"); Closed for a child, person or
    file that is not of this case; Refused; AlreadyDone.
    """
    with act(group, by=by, to=Capability.BRING_IN_OUTLINE, once=once, what="bring in outline") as case:
        conference = _conference(case)
        source = _file(case, file)
        _refuse_faulty(case, items)
        if check_only:
            return ()
        if original is not None:
            source = _store(case, original, items)
        rows = _save(case, items, conference, source)
        _tell(case, rows)
        note_outcome(once, len(rows))
    return tuple(row.id for row in rows)


def set_aside_item(*, group: UUID, item: UUID, reason: str, by: Actor, once: str | None = None) -> None:
    """Sets an outline item aside, with the reason and who did it; its text stays readable.

    An item is never changed silently: set it aside and add another. Raises Problem at `reason`, also where it
    is set aside already; Closed for an item that the actor may not see.
    """
    with act(group, by=by, to=Capability.BRING_IN_OUTLINE, once=once, what="set outline item aside") as case:
        row = OutlineItem.objects.filter(group=case.group, id=item).select_related("audience").first()
        if row is None or not may_see(value_of(row.audience), case.reader(), child=row.child_id):
            raise Closed
        if row.set_aside_because:
            raise Problem("reason", _("This item is set aside already."))
        if not reason.strip():
            raise Problem("reason", _("Say why the item is set aside."))
        row.set_aside_because = reason.strip()[:LONGEST]
        row.set_aside_by_id = by.person
        row.save(update_fields=["set_aside_because", "set_aside_by"])
        settle(OutlineItemSetAside(item=row.id, child=row.child_id), case=case, audience=row.audience)
        note_outcome(once, row.id)


def mark_read(*, group: UUID, by: Actor, once: str | None = None) -> None:
    """Marks that the actor has read the outline plan, once (R47); ticks the joining step that asks for it.

    Problem where there is no outline plan to be read yet.
    """
    with act(group, by=by, to=Capability.SEE_OUTLINE, once=once, what="read outline") as case:
        if not OutlineItem.objects.filter(group=case.group).exists():
            raise Problem(None, _("There is no outline plan to read yet."))
        assert by.person is not None  # the door lets no system actor into a case
        own = {"authority": case.group.authority, "group": case.group}
        ReadMark.objects.get_or_create(
            group=case.group, person_id=by.person, what=OUTLINE,
            defaults={**own, "read_at": timezone.now()},
        )  # fmt: skip
        member = case.member(by.person)
        asked = {step.code for step in book.load(case.group.procedure).joining}
        if member is not None and member.part == Membership.MEMBER and READ_OUTLINE in asked:
            JoiningStep.objects.get_or_create(
                membership=member, code=READ_OUTLINE, defaults={**own, "done_at": timezone.now()}
            )


def _conference(case: Case) -> Conference:
    """The initial conference whose outline plan it is."""
    held = Conference.objects.filter(group=case.group, kind="initial", held_on__isnull=False)
    conference = held.order_by("-held_on", "-made_at").first()
    if conference is None:
        raise Problem(None, _("No initial conference is recorded for this core group."))
    return conference


def _file(case: Case, file: UUID | None) -> StoredFile | None:
    if file is None:
        return None
    row = StoredFile.objects.filter(group=case.group, id=file).select_related("audience").first()
    if row is None or not may_see(value_of(row.audience), case.reader(), child=row.child_id):
        raise Closed
    return row


def _store(case: Case, original: Original, items: Sequence[NewOutlineItem]) -> StoredFile:
    children = frozenset(child for item in items for child in item.children)
    kept = audience_of_original(case, [item.audience for item in items], children)
    title = original.title or _("Outline plan, as the conference wrote it")
    return add_within(case, name=original.name, content=original.content, title=title, audience=kept)


def _refuse_faulty(case: Case, items: Sequence[NewOutlineItem]) -> None:
    """Raises Problems with every fault of every row; Closed for what is not of this case."""
    if not items:
        raise Problem(None, _("There is no row to bring in."))
    if len(items) > MOST_ITEMS:
        raise Problem(None, _("An outline plan has at most %(most)d rows.") % {"most": MOST_ITEMS})
    seen = _already(case)
    found: list[tuple[str | None, str]] = []
    for place, item in enumerate(items):
        number = item.row or place + 1
        for child in item.children:
            case.child(child)
        refuse_unknown_persons(case, item.audience)
        for fault in [*_faults(item), *_doubles(item, number, seen)]:
            found.append((f"row_{place}", _("Row %(row)d: %(fault)s") % {"row": number, "fault": fault}))
    if found:
        raise Problems(found)


def _faults(item: NewOutlineItem) -> list[str]:
    content = item.content()
    faults = []
    if not (content["concern"] or content["outcome"] or content["action"]):
        faults.append(_("there is no concern, outcome or action."))
    if not item.children:
        faults.append(_("no child is chosen."))
    if any(len(text) > LONGEST for text in content.values()):
        faults.append(_("a text is longer than %(most)d characters.") % {"most": LONGEST})
    return faults


Double = tuple[UUID, tuple[str, ...], date | None]


def _already(case: Case) -> dict[Double, int]:
    """The items that stand, by child and text; 0 for those that were brought in before."""
    rows = OutlineItem.objects.filter(group=case.group, set_aside_because="")
    return {
        (row.child_id, tuple(row.content.get(name, "") for name in TEXTS), row.by_when): 0 for row in rows
    }


def _doubles(item: NewOutlineItem, number: int, seen: dict[Double, int]) -> list[str]:
    """The same text twice for the same child: a file brought in twice, or a row typed twice."""
    faults = []
    for child in dict.fromkeys(item.children):
        key = (child, tuple(item.content()[name] for name in TEXTS), item.by_when)
        earlier = seen.setdefault(key, number)
        if earlier == 0:
            faults.append(_("it stands in the outline plan already."))
        elif earlier != number:
            faults.append(_("it says the same as row %(row)d.") % {"row": earlier})
    return faults[:1]


def _save(
    case: Case, items: Sequence[NewOutlineItem], conference: Conference, source: StoredFile | None
) -> list[OutlineItem]:
    assert case.by.person is not None  # the door lets no system actor into a case
    last = dict(
        OutlineItem.objects.filter(group=case.group).order_by().values_list("child").annotate(Max("position"))
    )
    audiences: dict[AudienceChoice, Audience] = {}
    rows = []
    for item in items:
        if item.audience not in audiences:
            audiences[item.audience] = audience_row(case, item.audience)
        for child in dict.fromkeys(item.children):
            last[child] = last.get(child, 0) + 1
            rows.append(
                OutlineItem(
                    authority=case.group.authority,
                    group=case.group,
                    child_id=child,
                    conference=conference,
                    position=last[child],
                    content=item.content(),
                    by_when=item.by_when,
                    file=source,
                    audience=audiences[item.audience],
                    recorded_by_id=case.by.person,
                )  # fmt: skip
            )
    return OutlineItem.objects.bulk_create(rows)


def _tell(case: Case, rows: Sequence[OutlineItem]) -> None:
    """What the members are told counts only items that none of them is kept from."""
    whole = [row for row in rows if not value_of(row.audience).restricted]
    told = whole or [row for row in rows if row.audience_id == rows[0].audience_id]
    settle(OutlineBroughtIn(items=len(told)), case=case, audience=told[0].audience)
