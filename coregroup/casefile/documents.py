"""The files of a case as their reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from coregroup.access.doors import Case, open_group
from coregroup.casefile.audiences import cut_of
from coregroup.casefile.choosing import PersonChoice, people_to_choose
from coregroup.casefile.naming import child_name
from coregroup.casefile.outline import AudienceSeen, audience_seen
from coregroup.records import file_store
from coregroup.records.models import StoredFile
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problem


@dataclass(frozen=True)
class FileLine:
    """One file, without its content. `child` is the name of the child it is about, "" for all."""

    id: UUID
    title: str
    name: str
    ending: str
    size: int
    child: str
    added_by: str
    added_at: datetime
    audience: AudienceSeen | None


@dataclass(frozen=True)
class FilesView:
    """The files of a core group, the latest first; `children` and `people` for the form that adds one."""

    group: UUID
    family: str
    files: tuple[FileLine, ...]
    can_add: bool
    children: tuple[tuple[UUID, str], ...]
    people: tuple[PersonChoice, ...]


@dataclass(frozen=True)
class OpenedFile:
    """A file with its content."""

    name: str
    media_type: str
    content: bytes


def files(*, group: UUID, by: Actor) -> FilesView:
    """The files that this reader may see (R57). Closed to a stranger, Refused to whoever may see no files."""
    case = open_group(group, by=by, to=Capability.SEE_FILE, what="files")
    cut = cut_of(case)
    people = people_to_choose(case, cut) if cut.reader.professional else ()
    names = {person.id: person.name for person in people}
    rows = StoredFile.objects.filter(group=case.group).select_related("child__person", "added_by")
    lines = tuple(
        FileLine(
            id=row.id, title=row.title, name=row.name, ending=row.name.rsplit(".", 1)[-1].upper(),
            size=row.size, child=child_name(row.child) if row.child else "", added_by=row.added_by.name,
            added_at=row.made_at, audience=audience_seen(cut, row.audience_id, names),
        )
        for row in rows.order_by("-made_at", "id")
        if cut.sees(row.audience_id, row.child_id)
    )  # fmt: skip
    own = tuple((child.id, child_name(child)) for child in case.children if child.id in cut.reader.children)
    return FilesView(case.group.id, _label(case, own), lines, case.can(Capability.ADD_FILE), own, people)


def open_file(*, group: UUID, file: UUID, by: Actor) -> OpenedFile:
    """One file with its content; the audit line names it. Closed where this reader may not see it.

    Problem where the stored content is gone or damaged.
    """
    case = open_group(group, by=by, to=Capability.SEE_FILE, what=f"file {file}")
    row = StoredFile.objects.filter(group=case.group, id=file).first()
    if row is None or not cut_of(case).sees(row.audience_id, row.child_id):
        raise Closed
    try:
        content = file_store.fetch(row.digest)
    except file_store.Damaged:
        raise Problem(
            None, _("The stored file is missing or damaged. Tell whoever looks after this service.")
        ) from None
    return OpenedFile(row.name, row.media_type, content)


def _label(case: Case, own: tuple[tuple[UUID, str], ...]) -> str:
    """A family person reads the names of their own children: the label may be another parent's name."""
    return case.group.family.label if case.by.professional else ", ".join(name for _child, name in own)
