"""Adding a file to a case: told by its content, limited, stored under its digest, with an audience."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from coregroup.access.doors import Case, open_group
from coregroup.casework.audiences import (
    WHOLE_GROUP,
    AudienceChoice,
    audience_row,
    refuse_unknown_persons,
)
from coregroup.casework.consequences import settle
from coregroup.casework.verbs import act, note_outcome
from coregroup.records import file_store
from coregroup.records.models import StoredFile
from coregroup.rules import access
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Problem, Problems
from coregroup.rules.filekinds import ENDINGS, FAULTS, MEDIA_TYPES, NAMES, FileKind, ending_of, look
from coregroup.rules.happenings import FileAdded


@dataclass(frozen=True)
class Original:
    """A file from which something was taken; `title` says what it is."""

    name: str
    content: bytes
    title: str = ""


STAGED = "coregroup.staged-file"
_PICTURES = {FileKind.PNG: "PNG", FileKind.JPEG: "JPEG"}
_MOST_PIXELS = 40_000_000


def add_file(
    *,
    group: UUID,
    name: str,
    content: bytes,
    title: str,
    child: UUID | None = None,
    audience: AudienceChoice = WHOLE_GROUP,
    by: Actor,
    once: str | None = None,
) -> UUID:
    """Adds a file to the case and gives its id (R57).

    What it is, is told by its content and has to fit its name; pictures are drawn anew, so that what the
    camera wrote into them (place, time, device) is gone. `child` where it is about one child alone. Raises
    Problem at `file`, `title` or `audience`; Closed for a child or person not of this case; Refused;
    AlreadyDone.
    """
    with act(group, by=by, to=Capability.ADD_FILE, once=once, what="add file") as case:
        row = add_within(case, name=name, content=content, title=title, child=child, audience=audience)
        note_outcome(once, row.id)
    return row.id


def stage_file(*, group: UUID, name: str, content: bytes, by: Actor) -> str:
    """Keeps a file's content while a journey goes on, without adding it to the case; gives a signed token.

    Nobody but this person, and only for this group, gets it back by `staged_content`. Raises as `add_file`.
    """
    open_group(group, by=by, to=Capability.ADD_FILE, what="stage file")
    _kind(content, name)
    return signing.dumps([str(group), str(by.person), file_store.store(content)], salt=STAGED)


def staged_content(*, group: UUID, token: str, by: Actor) -> bytes:
    """What was staged. Closed for a token that is not this person's or group's; Problem if it is gone."""
    open_group(group, by=by, to=Capability.ADD_FILE, what="staged file")
    try:
        whose, person, digest = signing.loads(token, salt=STAGED)
    except (signing.BadSignature, ValueError):
        raise Closed from None
    if (whose, person) != (str(group), str(by.person)):
        raise Closed
    try:
        return file_store.fetch(digest)
    except file_store.Damaged:
        raise Problem("file", _("The file is no longer there. Choose it again.")) from None


def add_within(
    case: Case,
    *,
    name: str,
    content: bytes,
    title: str,
    child: UUID | None = None,
    audience: AudienceChoice = WHOLE_GROUP,
) -> StoredFile:
    """Adds a file inside another verb's transaction. Faults as `add_file`."""
    whose = case.child(child) if child else None
    refuse_unknown_persons(case, audience)
    kind = _kind(content, name)
    if not title.strip():
        raise Problem("title", _("Say what the file is."))
    ready = _drawn_anew(content, kind) if kind in _PICTURES else content
    seen_by = audience_row(case, audience)
    assert case.by.person is not None  # the door lets no system actor into a case
    row = StoredFile.objects.create(
        authority=case.group.authority, group=case.group, digest=file_store.store(ready),
        name=clean_name(name, kind), title=" ".join(title.split())[:200], media_type=_media_type(kind, name),
        size=len(ready), child=whose, audience=seen_by, added_by_id=case.by.person,
    )  # fmt: skip
    happening = FileAdded(file=row.id, child=whose.id if whose else None)
    settle(happening, case=case, audience=seen_by)
    return row


def audience_of_original(
    case: Case, choices: Iterable[AudienceChoice], children: frozenset[UUID]
) -> AudienceChoice:
    """Who may see a file that items were taken from: nobody who may not see each of them (R57).

    It tells of all the children at once, so it is for professionals; a member limited to other children than
    these is shut out.
    """
    narrow = [choice for choice in dict.fromkeys(choices) if choice.value().restricted]
    strict = access.strictest(access.Audience(access.Base.PROFESSIONALS), *(one.value() for one in narrow))
    limited = {
        member.person_id
        for member in case.members
        if member.limited_to and not children <= {UUID(str(child)) for child in member.limited_to}
    }
    named = strict.named
    if strict.base is access.Base.NAMED and not named - strict.shut_out and case.by.person:
        named = frozenset({case.by.person})
    reasons = [
        _("The original file tells of several children and holds every row."),
        *(one.reason for one in narrow),
    ]
    return AudienceChoice(
        base=str(strict.base), named=named, shut_out=strict.shut_out | limited, reason=" ".join(reasons),
        permitted_by="; ".join(dict.fromkeys(one.permitted_by for one in narrow if one.permitted_by))[:200],
        review_on=min((one.review_on for one in narrow if one.review_on), default=None),
    )  # fmt: skip


def clean_name(name: str, kind: FileKind) -> str:
    """A file's name as it may be offered again: no folders, nothing unprintable, the ending of its kind."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(letter for letter in last if unicodedata.category(letter)[0] not in "CZ" or letter == " ")
    plain = "".join("_" if letter in '<>:"|?*;' else letter for letter in plain)
    plain = " ".join(plain.split()).strip(". ")
    ending = ending_of(plain)
    if ending not in ENDINGS[kind]:
        ending = ENDINGS[kind][0]
        plain = f"{plain or 'file'}.{ending}"
    stem = plain[: -len(ending) - 1].rstrip(". ") or "file"
    return f"{stem[:150]}.{ending}"


def _kind(content: bytes, name: str) -> FileKind:
    limit = settings.COREGROUP_LARGEST_FILE
    if len(content) > limit:
        megabytes = _("%(count)d MB") % {"count": limit // (1024 * 1024)}
        raise Problem("file", _(FAULTS["too_large"]) % {"limit": megabytes})
    found = look(content, name=name)
    if found.kind is None:
        raise Problem("file", _(FAULTS[found.fault]))
    if found.fault:
        told = {"ending": f".{ending_of(name)}", "kind": _(NAMES[found.kind])}
        raise Problem("file", _(FAULTS[found.fault]) % told)
    return found.kind


def _media_type(kind: FileKind, name: str) -> str:
    return "text/csv" if kind is FileKind.TEXT and ending_of(name) == "csv" else MEDIA_TYPES[kind]


def _drawn_anew(content: bytes, kind: FileKind) -> bytes:
    """The picture alone, the right way up, without anything else that its file held."""
    damaged = Problem("file", _(FAULTS["damaged"]))
    try:
        with Image.open(BytesIO(content), formats=[_PICTURES[kind]]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise Problem("file", _("The picture is too large. Make it smaller and choose that."))
            upright = ImageOps.exif_transpose(picture)
            plain = upright.convert("RGB" if kind is FileKind.JPEG else "RGBA")
            bare = Image.new(plain.mode, plain.size)
            bare.paste(plain)
    except (Problem, Problems):
        raise
    except Exception:  # a broken picture raises whatever its decoder thinks of
        raise damaged from None
    drawn = BytesIO()
    bare.save(drawn, format=_PICTURES[kind], **({"quality": 88} if kind is FileKind.JPEG else {}))
    return drawn.getvalue()
