"""Where the pages of an update lie, how far it is, and what of it is still open, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coregroup.casefile.updates_shapes import MeetingHead, OwnUpdate, UpdateState
from coregroup.rules.update_fields import ALL, FAMILY
from coregroup.web.kit.links import address

Crumbs = list[tuple[str, str]]


@dataclass(frozen=True)
class Task:
    """One of the short pages of an update, as the hub lists it."""

    title: str
    address: str
    hint: str
    done: bool
    status: str
    colour: str = ""


def at(name: str, meeting: MeetingHead, **parts: Any) -> str:
    """The address of a page of this meeting."""
    return reverse(name, kwargs={"group": meeting.group, "meeting": meeting.id, **parts})


def crumbs(meeting: MeetingHead, title: str, last: str = "") -> Crumbs:
    """The way back: core group, the meeting, perhaps the hub, this page."""
    way: Crumbs = [(_("Core group"), address("group", group=meeting.group))]
    own = address("meeting", group=meeting.group, meeting=meeting.id)
    if own:
        way.append((meeting.word[:1].upper() + meeting.word[1:], own))
    way.append((title, at("my_update", meeting) if last else ""))
    return [*way, (last, "")] if last else way


def day_of(told: str) -> date | None:
    """A kept date."""
    return date.fromisoformat(told) if told else None


def state_tag(now: UpdateState, manager: str) -> tuple[str, str]:
    """How far an update is: the words and the colour of its tag; `manager` is the procedure's word."""
    return {
        "given": (_("Given"), "green"),
        "with_manager": (_("With your %(manager)s") % {"manager": manager}, "yellow"),
        "returned": (_("Come back from your %(manager)s") % {"manager": manager}, "orange"),
        "draft": (_("Not given yet"), "blue"),
    }.get(now.state, (_("Not begun"), "grey"))


def tasks(page: OwnUpdate) -> list[Task]:
    """The four short pages, each with how far it is. Nothing is demanded: what is open is simply not said."""
    entries = len(page.entries)
    had = ngettext("%(num)d entry since last time", "%(num)d entries since last time", entries)
    return [
        _task(page, "my_update_words", _("Contact, and what has changed"), page.written, _known(page)),
        _task(
            page, "my_update_progress", _("Actions, and what they have changed"),
            bool(page.rated) or any(one.fresh for one in page.actions), _to_say(page),
        ),
        _task(
            page, "my_update_chronology", _("The chronology"),
            bool(entries or page.told(ALL, "nothing_new")),
            had % {"num": entries} if entries else "",
        ),
        _task(
            page, "my_update_family", _("Sharing it with the family"), bool(page.told(FAMILY, "shared")), ""
        ),
    ]  # fmt: skip


def _task(page: OwnUpdate, name: str, title: str, done: bool, hint: str) -> Task:
    to = at(name, page.meeting) if page.may_write else ""
    status = _("Said") if done else _("Not said yet")
    return Task(title, to, hint, done, status, "grey")


def _known(page: OwnUpdate) -> str:
    missed = len(page.missed)
    if not missed:
        return ""
    words = ngettext("%(num)d missed contact is on record", "%(num)d missed contacts are on record", missed)
    return words % {"num": missed}


def _to_say(page: OwnUpdate) -> str:
    parts = []
    if page.actions:
        words = ngettext("%(num)d action of yours", "%(num)d actions of yours", len(page.actions))
        parts.append(words % {"num": len(page.actions)})
    if page.outcomes:
        words = ngettext("%(num)d outcome to rate", "%(num)d outcomes to rate", len(page.outcomes))
        parts.append(words % {"num": len(page.outcomes)})
    return ", ".join(parts)
