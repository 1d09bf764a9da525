"""What a file really is, by its content: an allow-list, never the name alone. Pure: bytes in, an answer out.

A zip is looked into before anything unpacks it: how many parts, how much they say they hold, whether they
are locked, whether there are macros. Whoever takes a file says the fault's sentence in the reader's language.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

MOST_PARTS = 2_000
LARGEST_UNPACKED = 60 * 1024 * 1024


class FileKind(StrEnum):
    """The kinds of file that are taken."""

    PDF = "pdf"
    WORD = "docx"
    SHEET = "xlsx"
    OLD_SHEET = "xls"
    OPEN_SHEET = "ods"
    TEXT = "text"
    PNG = "png"
    JPEG = "jpeg"


@dataclass(frozen=True)
class Look:
    """What a file was found to be: a kind, or the code of what is against taking it."""

    kind: FileKind | None
    fault: str = ""


def _(sentence: str) -> str:
    """Marks a sentence for the catalogues; who says it translates it."""
    return sentence


# The sentence for each fault. `too_large` takes limit, `wrong_name` takes ending and kind.
FAULTS: Mapping[str, str] = {
    "empty": _("The file is empty."),
    "too_large": _("The file must be smaller than %(limit)s."),
    "program": _("This is a program, not a document, whatever its name says."),
    "encrypted": _("The file is locked with a password. Save a copy without one and choose that."),
    "macros": _("The file holds macros, which are small programs. Save it without them and choose that."),
    "unpacks": _("The file unpacks to far more than a document holds, so it was not opened."),
    "damaged": _("The file is damaged and cannot be opened."),
    "old_word": _("This is an older kind of Word document. Save it as .docx and choose that."),
    "open_text": _("This is an OpenDocument text. Save it as .docx and choose that."),
    "rich_text": _("This is a rich text document. Save it as .docx and choose that."),
    "heic": _("This is a HEIC picture, as some telephones take. Save it as JPEG and choose that."),
    "unknown": _("This is not a kind of file that can be taken."),
    "wrong_name": _("The name ends in %(ending)s, but the file is %(kind)s. Give it its right name first."),
}

# Each kind within a sentence.
NAMES: Mapping[FileKind, str] = {
    FileKind.PDF: _("a PDF"),
    FileKind.WORD: _("a Word document"),
    FileKind.SHEET: _("an Excel workbook"),
    FileKind.OLD_SHEET: _("an older Excel workbook"),
    FileKind.OPEN_SHEET: _("an OpenDocument spreadsheet"),
    FileKind.TEXT: _("plain text"),
    FileKind.PNG: _("a PNG picture"),
    FileKind.JPEG: _("a JPEG picture"),
}

ENDINGS: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.PDF: ("pdf",),
    FileKind.WORD: ("docx",),
    FileKind.SHEET: ("xlsx",),
    FileKind.OLD_SHEET: ("xls",),
    FileKind.OPEN_SHEET: ("ods",),
    FileKind.TEXT: ("csv", "tsv", "txt"),
    FileKind.PNG: ("png",),
    FileKind.JPEG: ("jpg", "jpeg"),
}

MEDIA_TYPES: Mapping[FileKind, str] = {
    FileKind.PDF: "application/pdf",
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.SHEET: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.OLD_SHEET: "application/vnd.ms-excel",
    FileKind.OPEN_SHEET: "application/vnd.oasis.opendocument.spreadsheet",
    FileKind.TEXT: "text/plain",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}

# Windows, Linux, scripts, macOS, Java, Android, Windows shortcuts.
_PROGRAMS = (
    *(b"MZ\x90", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf"),
    *(b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"dex\n", b"L\x00\x00\x00\x01\x14\x02\x00"),
)
_STARTS = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
)
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def look(content: bytes, *, name: str = "") -> Look:
    """What a file is. `name` has to fit its content where it has an ending: a renamed file is a fault."""
    found = _look(content)
    if found.kind is None:
        return found
    ending = ending_of(name)
    if ending and ending not in ENDINGS[found.kind]:
        return Look(found.kind, "wrong_name")
    return found


def ending_of(name: str) -> str:
    """The ending of a file's name, small, without its dot; "" where there is none."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[-1].strip().lower() if "." in last.strip(".") else ""


def _look(content: bytes) -> Look:
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return Look(None, "empty")
    if content.startswith(_PROGRAMS) or (content.startswith(b"MZ") and b"\x00" in content[:256]):
        return Look(None, "program")
    for start, kind in _STARTS:
        if content.startswith(start):
            return Look(kind)
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return Look(None, "heic")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _look_into_zip(content)
    if content.startswith(_COMPOUND):
        return _look_into_compound(content)
    if content.lstrip().startswith(b"{\\rtf"):
        return Look(None, "rich_text")
    return Look(FileKind.TEXT) if text_of(content) is not None else Look(None, "unknown")


def _look_into_zip(content: bytes) -> Look:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                return Look(None, "unpacks")
            if any(part.flag_bits & 1 for part in parts):
                return Look(None, "encrypted")
            names = {part.filename for part in parts}
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return Look(None, "macros")
            types = packed.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
            label = packed.read("mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, ValueError,
            OSError, EOFError, KeyError, UnicodeDecodeError):  # fmt: skip
        return Look(None, "damaged")
    except Exception:  # zlib.error and LZMAError share no other parent
        return Look(None, "damaged")
    return _look_at_types(types, label, names)


def _look_at_types(types: bytes, label: bytes, names: set[str]) -> Look:
    if b"macroEnabled" in types:
        return Look(None, "macros")
    if b"wordprocessingml.document.main+xml" in types:
        return Look(FileKind.WORD)
    if b"spreadsheetml.sheet.main+xml" in types:
        return Look(FileKind.SHEET)
    if label.strip() == b"application/vnd.oasis.opendocument.spreadsheet":
        if any(name.startswith("Basic/") for name in names):
            return Look(None, "macros")
        return Look(FileKind.OPEN_SHEET)
    if label.strip() == b"application/vnd.oasis.opendocument.text":
        return Look(None, "open_text")
    return Look(None, "unknown")


def _look_into_compound(content: bytes) -> Look:
    """Older Office files, and new ones that are locked: told apart by the names in their folder."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return Look(None, "encrypted")
    if holds("_VBA_PROJECT"):
        return Look(None, "macros")
    if holds("WordDocument"):
        return Look(None, "old_word")
    if holds("Workbook") or holds("Book"):
        return Look(FileKind.OLD_SHEET)
    return Look(None, "unknown")


def text_of(content: bytes) -> str | None:
    """A file's text: UTF-8 with or without its mark, UTF-16 with it, else Windows-1252; else None."""
    for mark, coding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _readable(content, coding)
    text = _readable(content, "utf-8")
    return text if text is not None else _readable(content, "cp1252")


def _readable(content: bytes, coding: str) -> str | None:
    try:
        text = content.decode(coding)
    except UnicodeDecodeError:
        return None
    ordinary = all(letter >= " " or letter in "\t\r\n\f\v" for letter in text)
    return text if ordinary else None
