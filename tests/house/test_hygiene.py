"""What stands in no file of the project: registries' hosts, somebody's folders, real people's numbers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import tree

# Put together from parts, so that this file does not hold what it looks for.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"),
        ("registry", "npmmirror"), ("jsdelivr", "net"), ("unpkg", "com"), ("crates", "io"),
        ("conda", "anaconda"), ("proxy", "golang"), ("rubygems", "org"),
    )
]  # fmt: skip
FOLDERS = [re.compile(rf"(?<![\w.])/{folder}/[\w.-]+") for folder in ("work", "root", "home", "Users", "opt")]
STRANGE = re.compile(
    r"\b(" + "|".join(["cl" + "aude", "anth" + "ropic", "chat" + "gpt", "open" + "ai", "l" + "lm"])
    + r"|language mo" + r"dels?|sub" + r"agents?|as an a" + r"i|pro" + r"mpted by)\b",
    re.IGNORECASE,
)  # fmt: skip
# Numbers and addresses reserved for stories: nobody's telephone rings, nobody's post arrives.
TELEPHONE = re.compile(r"(?<![\w.\-/:+])(?:\+44\s?|0)(?:\d[\s-]?){9,10}(?![\w-])")
STORY_NUMBERS = re.compile(
    r"^(?:01632960\d{3}|07700900\d{3}|020794600?\d{2,3}|0808157\d{4}|0113496\d{4}|0114496\d{4}|0115496\d{4}"
    r"|0116496\d{4}|0117496\d{4}|0118496\d{4}|0121496\d{4}|0131496\d{4}|0141496\d{4}|0151496\d{4}|0161496\d{4}"
    r"|0191498\d{4}|02079460\d{3}|02890180\d{3}|02920180\d{3}|03069990\d{3}|0909879\d{4})$"
)
EMAIL = re.compile(r"(?<![\w@'\"])[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})\b", re.IGNORECASE)
STORY_DOMAINS = re.compile(r"(^|\.)(example|invalid|test|localhost|example\.(com|org|net))$", re.IGNORECASE)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
STORY_POSTCODES = re.compile(r"^(ZZ|XX|QQ)")  # areas that do not exist
TEXT = {
    ".py", ".md", ".toml", ".txt", ".html", ".jinja", ".json", ".js", ".scss", ".css", ".svg", ".po", ".csv",
    ".typ", ".yml", ".yaml", ".cfg", ".ini", ".sh", "",
}  # fmt: skip
HASHES = ("requirements", "package-lock.json")


def lines(*, hashes: bool = True) -> Iterator[tuple[str, str]]:
    """Give every line of text of the project with its place; `hashes` false leaves the lock files out."""
    for path in tree.files():
        if path.suffix not in TEXT or (not hashes and path.name.startswith(HASHES)):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # an example in another encoding, on purpose
        for number, line in enumerate(text.splitlines(), 1):
            yield f"{tree.where(path)}:{number}", line


def test_no_registry_is_named() -> None:
    found = [f"{place}: {line.strip()[:80]}" for place, line in lines() for host in HOSTS if host in line]
    assert not found, "\n".join(found[:20])


def test_no_folder_of_one_machine_is_named() -> None:
    found = [
        f"{place}: {hit.group()}"
        for place, line in lines(hashes=False)
        for folder in FOLDERS
        if (hit := folder.search(line))
    ]
    assert not found, "\n".join(found[:20])


def test_the_project_speaks_of_itself_alone() -> None:
    found = [
        f"{place}: {hit.group()}" for place, line in lines(hashes=False) if (hit := STRANGE.search(line))
    ]
    assert not found, "\n".join(found[:20])


def test_every_telephone_number_is_nobodys() -> None:
    found = []
    for place, line in lines(hashes=False):
        for hit in TELEPHONE.finditer(line):
            digits = re.sub(r"\D", "", re.sub(r"^\+44\s?", "0", hit.group()))
            if not STORY_NUMBERS.match(digits):
                found.append(f"{place}: {hit.group()}")
    assert not found, "\n".join(found[:20])


def test_every_address_of_mail_and_post_is_nobodys() -> None:
    found = []
    for place, line in lines(hashes=False):
        found += [
            f"{place}: {hit.group()}"
            for hit in EMAIL.finditer(line)
            if not STORY_DOMAINS.search(hit.group(1))
        ]
        found += [
            f"{place}: {hit.group()}"
            for hit in POSTCODE.finditer(line)
            if not STORY_POSTCODES.match(hit.group())
        ]
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize(
    ("text", "nobodys"), [("01632 960 123", True), ("020 7946 0991", True), ("019" + "26 410 410", False)]
)  # fmt: skip
def test_a_real_number_would_be_seen(text: str, nobodys: bool) -> None:
    hit = TELEPHONE.search(f"Ring {text} now")
    assert hit and bool(STORY_NUMBERS.match(re.sub(r"\D", "", hit.group()))) is nobodys


def test_nothing_is_left_to_do_in_the_code() -> None:
    word = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b")
    found = [f"{place}: {line.strip()[:80]}" for place, line in lines(hashes=False) if word.search(line)]
    assert not found, "\n".join(found[:20])


def test_templates_hold_no_style_or_script_of_their_own() -> None:
    inline = re.compile(
        r"\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE
    )
    found = []
    for path in tree.templates():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if hit := inline.search(line):
                found.append(f"{tree.where(path)}:{number}: {hit.group().strip()}")
    assert not found, "\n".join(found)


def test_no_third_party_file_is_committed() -> None:
    fonts_and_bundles = (".ttf", ".otf", ".woff", ".woff2", ".min.js", ".min.css", ".map", ".whl")
    assert [tree.where(path) for path in tree.files() if path.name.endswith(fonts_and_bundles)] == []


def test_no_large_file_is_committed() -> None:
    large = [tree.where(path) for path in tree.files() if path.stat().st_size > 600_000]
    assert not large, large


def suspicious(path: Path) -> bool:
    return path.name in ("secret.key", ".env") or path.suffix in (".sqlite3", ".pem", ".key")


def test_no_secret_or_database_is_committed() -> None:
    assert [tree.where(path) for path in tree.files() if suspicious(path)] == []
