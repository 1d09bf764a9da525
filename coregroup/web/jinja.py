"""The Jinja2 environment of every page.

Django's Jinja2 backend calls `environment`; `template_folders` tells it where pages live. Text is always
escaped, a name that a page does not know is an error, and every sentence goes through gettext.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import (
    BytecodeCache,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    Undefined,
)
from jinja2.bccache import Bucket
from jinja2.utils import missing

from coregroup.web.kit import clock, words
from coregroup.web.kit.fieldview import field_view
from coregroup.web.kit.forms import error_links

WEB = Path(__file__).resolve().parent
GOVUK = "govuk_frontend_jinja"


def template_folders() -> list[Path]:
    """Where pages live: `coregroup/web/<subject>/templates`, one for each subject."""
    return sorted(path for path in WEB.glob("*/templates") if path.is_dir())


class Unknown(ChainableUndefined):
    """A name that a page does not know, or an attribute that a value does not have.

    Both are errors, so that a misspelt name never shows as a quiet gap. One thing is let through: a key
    missing from a mapping, because the GOV.UK macros take their optional settings in mappings.
    """

    def _lenient(self) -> bool:
        owner = self._undefined_obj
        return isinstance(owner, Mapping | Undefined) or self._undefined_name in {"caller", "null"}

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__":
            raise AttributeError(name)
        return _missing(self, name) if self._lenient() else self._fail_with_undefined_error()

    def __getitem__(self, name: Any) -> Any:
        return _missing(self, name) if self._lenient() else self._fail_with_undefined_error()

    def __bool__(self) -> bool:
        return False if self._lenient() else bool(self._fail_with_undefined_error())

    def __str__(self) -> str:
        return "" if self._lenient() else str(self._fail_with_undefined_error())

    def __len__(self) -> int:
        return 0 if self._lenient() else int(self._fail_with_undefined_error())

    def __iter__(self) -> Any:
        return iter(()) if self._lenient() else self._fail_with_undefined_error()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Undefined) if self._lenient() else bool(self._fail_with_undefined_error())

    def __ne__(self, other: object) -> bool:
        return not self.__eq__(other)

    def __hash__(self) -> int:
        return id(type(self))


def _missing(owner: Unknown, name: Any) -> Unknown:
    """What lies behind a missing key: missing too, as in `params.hint.text`."""
    return Unknown(obj={} if owner._undefined_obj is missing else owner._undefined_obj, name=str(name))


class MemoryBytecode(BytecodeCache):
    """Keeps compiled templates in memory, so that a second environment (tests make many) compiles nothing."""

    kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page by its name; `query` becomes its query string. Raises NoReverseMatch."""
    query = kwargs.pop("query", None)
    return reverse(name, args=args or None, kwargs=kwargs or None, query=query)


def environment(**options: Any) -> Environment:
    """Makes the environment from what Django's backend passes (loader, auto_reload, autoescape)."""
    pages = options.pop("loader", None) or FileSystemLoader(template_folders())
    macros = PrefixLoader({GOVUK: PackageLoader(GOVUK)})
    options.update(
        loader=ChoiceLoader([pages, macros]),
        autoescape=True,
        undefined=Unknown,
        bytecode_cache=MemoryBytecode(),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    env = Environment(**options)  # nosec B701 - autoescape is set above, always
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(
        static=static,
        url=url,
        field_view=field_view,
        error_links=error_links,
        clock_layout=clock.clock_layout,
        clock_day=clock.day,
        clock_label=clock.label,
    )
    env.filters.update(
        longdate=words.longdate,
        shortdate=words.shortdate,
        plaindate=words.plaindate,
        moment=words.moment,
        clocktime=words.clocktime,
        isodate=words.isodate,
        status_word=words.status_word,
        status_colour=words.status_colour,
        filesize=words.filesize,
    )
    return env
