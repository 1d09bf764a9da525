"""Every string that people read is in the Welsh catalogue, translated or waiting; none is doubtful."""

import importlib.util
import re
from types import ModuleType

import polib
import pytest

from tests.house.tree import PACKAGE, ROOT

WELSH = PACKAGE / "locale" / "cy" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module")
def collector() -> ModuleType:
    """Give the module that collects the strings, which lies among the tools and not in a package."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.requirement("R38")
def test_the_catalogue_holds_every_string(collector: ModuleType) -> None:
    kept = {entry.msgid for entry in polib.pofile(str(WELSH))}
    used = {
        entry.id if isinstance(entry.id, str) else entry.id[0] for entry in collector.collected() if entry.id
    }
    assert used, "no string was collected"
    assert sorted(used - kept) == [], "run `make messages` and commit what it writes"
    assert sorted(kept - used) == [], "run `make messages` and commit what it writes"


@pytest.mark.requirement("R38")
def test_no_translation_is_doubtful_or_lacks_a_placeholder() -> None:
    catalogue = polib.pofile(str(WELSH))
    assert [entry.msgid for entry in catalogue if entry.fuzzy] == []
    lost = [
        entry.msgid
        for entry in catalogue.translated_entries()
        if not entry.msgid_plural and _placeholders(entry.msgid) != _placeholders(entry.msgstr)
    ]
    assert lost == []


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]|\{\w*\}", text))
