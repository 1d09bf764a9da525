"""`make messages`: collects the strings that people read from Python and Jinja2 into the message catalogues.

New strings come in untranslated and strings that are gone go out; what is translated stays. A changed string
loses its translation rather than keep a doubtful one: nobody reads a plan in words that are not its own.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ROOT / "coregroup" / "locale"
LANGUAGES = ["cy"]  # English is what the code itself says
# Welsh counts in six ways: 0, 1, 2, 3, 6 and the rest; mutations after numbers have their places so.
PLURALS = {"cy": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);"}
UNSAID = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Generated-By",
    "Last-Translator",
    "Language-Team",
    "Report-",
)
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
METHODS = [("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2"), ("**.py", "python")]
JINJA = {"silent": "false", "extensions": "jinja2.ext.i18n,jinja2.ext.do"}
OPTIONS = {"**/templates/**.html": JINJA, "**/templates/**.txt": JINJA}


def collected() -> Catalog:
    """Give every string of the package, with where it stands."""
    found = Catalog(project="coregroup", charset="utf-8", fuzzy=False)
    extracted = extract_from_dir(
        ROOT / "coregroup", METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for filename, line, message, comments, context in extracted:
        place = f"coregroup/{Path(filename).as_posix()}"
        found.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return found


def catalogue(language: str, strings: Catalog) -> Catalog:
    """Give one language's catalogue, brought up to date with the strings."""
    place = LOCALES / language / "LC_MESSAGES" / "django.po"
    if place.exists():
        with place.open("rb") as file:
            kept = read_po(file, locale=language)
    else:
        kept = Catalog(locale=language, project="coregroup")
    kept.update(strings, no_fuzzy_matching=True)
    kept.obsolete.clear()
    kept.fuzzy = False
    kept.header_comment = "# Translations for coregroup, under the licence of the project."
    return kept


def write(language: str, messages: Catalog) -> Path:
    """Write a catalogue without dates and line numbers, which would make every change look large."""
    place = LOCALES / language / "LC_MESSAGES" / "django.po"
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        write_po(file, messages, width=100, sort_output=True, include_lineno=False)
    text = place.read_text(encoding="utf-8")
    lines = [
        f'"Plural-Forms: {PLURALS[language]}\\n"' if line.startswith('"Plural-Forms:') else line
        for line in text.splitlines()
        if not line.startswith(tuple(f'"{name}' for name in UNSAID))
    ]
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def main() -> int:
    """Bring every catalogue up to date and say how much of each is translated."""
    strings = collected()
    for language in LANGUAGES:
        messages = catalogue(language, strings)
        write(language, messages)
        entries = [entry for entry in messages if entry.id]
        done = sum(1 for entry in entries if entry.string and all(_texts(entry.string)))
        print(f"{language}: {len(entries)} strings, {done} translated")
    return 0


def _texts(string: str | tuple[str, ...] | list[str]) -> list[str]:
    return [string] if isinstance(string, str) else list(string)


if __name__ == "__main__":
    sys.exit(main())
