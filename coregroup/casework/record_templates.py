"""Setting the authority's own layout for records: heading, footer, badge, Word file; numbered (R14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

import docx
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from coregroup.casework.verbs import act_alone, note_outcome
from coregroup.records import file_store
from coregroup.records.models import Authority, RecordTemplate
from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Problems
from coregroup.rules.filekinds import FAULTS, FileKind, look

BADGE = (900, 300)  # pixels at the most: it stands at the head of a page
_MOST_PIXELS = 40_000_000
_SAID = ("encrypted", "macros", "damaged", "unpacks", "program", "empty")
Faults = list[tuple[str | None, str]]


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name and content."""

    name: str
    content: bytes


def set_template(
    *,
    heading: str = "",
    footer: str = "",
    badge: Upload | None = None,
    word: Upload | None = None,
    without: frozenset[str] = frozenset(),
    in_force_on: date,
    by: Actor,
    once: str | None = None,
) -> int:
    """Sets the next template of the administrator's own authority; gives its number.

    What is not given stays as it was; `without` names what is taken away (`badge`, `word`). A badge is drawn
    anew as PNG; a Word file must be one, without macros or a password. Raises Problems at `heading`,
    `footer`, `badge`, `word` or `in_force_on`; Closed to whoever does not administer.
    """
    with act_alone(by=by, to=Capability.ADMINISTER, once=once, what="record template"):
        list(Authority.objects.select_for_update().filter(id=by.home).values_list("id"))
        last = RecordTemplate.objects.filter(authority_id=by.home).order_by("-number").first()
        faults: Faults = []
        if len(heading) > 200:
            faults.append(("heading", _("The heading must be 200 characters or fewer.")))
        if len(footer) > 300:
            faults.append(("footer", _("The footer must be 300 characters or fewer.")))
        if last and in_force_on < last.in_force_on:
            faults.append(("in_force_on", _("An earlier template came into force after that date.")))
        picture = _badge(badge, faults) if badge else b""
        file = _word(word, faults) if word else b""
        if faults:
            raise Problems(faults)
        made = RecordTemplate.objects.create(
            authority_id=by.home, number=(last.number if last else 0) + 1, heading=" ".join(heading.split()),
            footer=" ".join(footer.split()), in_force_on=in_force_on, by_id=by.person,
            badge=_kept(picture, last.badge if last else "", gone="badge" in without),
            word_file=_kept(file, last.word_file if last else "", gone="word" in without),
        )  # fmt: skip
        note_outcome(once, made.number)
    return made.number


def _kept(content: bytes, before: str, *, gone: bool) -> str:
    if content:
        return file_store.store(content)
    return "" if gone else before


def _badge(upload: Upload, faults: Faults) -> bytes:
    """The picture alone, as PNG, no larger than a badge needs to be."""
    found = _looked(
        upload, "badge", (FileKind.PNG, FileKind.JPEG), _("Choose a PNG or JPEG picture."), faults
    )
    if not found:
        return b""
    try:
        with Image.open(BytesIO(upload.content), formats=["PNG", "JPEG"]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ValueError
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            upright.thumbnail(BADGE)
            bare = Image.new("RGB", upright.size, "white")
            bare.paste(upright, mask=upright.getchannel("A"))
    except Exception:  # a broken picture raises whatever its decoder thinks of
        faults.append(("badge", _(FAULTS["damaged"])))
        return b""
    drawn = BytesIO()
    bare.save(drawn, format="PNG", optimize=True)
    return drawn.getvalue()


def _word(upload: Upload, faults: Faults) -> bytes:
    if not _looked(upload, "word", (FileKind.WORD,), _("Choose a Word file that ends in .docx."), faults):
        return b""
    try:
        docx.Document(BytesIO(upload.content))
    except Exception:  # whatever its parts are broken by
        faults.append(("word", _(FAULTS["damaged"])))
        return b""
    return upload.content


def _looked(upload: Upload, field: str, kinds: tuple[FileKind, ...], sentence: str, faults: Faults) -> bool:
    """Is the file, by its content, of one of these kinds?"""
    if len(upload.content) > settings.COREGROUP_LARGEST_FILE:
        faults.append((field, _("The file is too large.")))
        return False
    found = look(upload.content, name=upload.name)
    if found.kind is None and found.fault in (
        "encrypted",
        "macros",
        "damaged",
        "unpacks",
        "program",
        "empty",
    ):
        faults.append((field, _(FAULTS[found.fault])))
        return False
    if found.kind not in kinds or found.fault:
        faults.append((field, sentence))
        return False
    return True
