"""Between meetings: my actions, how far one is, the whole action board (R5, R59, R102)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coregroup.casefile import action_states as words
from coregroup.casefile.actions import MyActions
from coregroup.casefile.actions import my_actions as read_mine
from coregroup.casefile.board import Board, BoardLine, action_sheet
from coregroup.casefile.board import action_board as read_board
from coregroup.casework.action_states import set_action_state
from coregroup.rules.errors import Refused
from coregroup.web.kit.formview import form_view
from coregroup.web.kit.words import plaindate
from coregroup.web.meetings import rows_between as rows
from coregroup.web.meetings.forms_between import state_form


def my_actions(request: HttpRequest) -> HttpResponse:
    """Every action of mine over all my core groups (R102)."""
    actor = request.actor  # type: ignore[attr-defined]
    found = read_mine(finished=request.GET.get("show") == "finished", by=actor)
    context = {
        "title": _("My actions"),
        "found": found,
        "sections": [rows.my_section(one) for one in found.families],
        "left": [rows.my_section(one) for one in found.left],
        "told": _told(found),
        "here": reverse("my_actions"),
    }
    return render(request, "meetings/my_actions.html", context)


def _told(found: MyActions) -> str:
    """How much there is to do, in one sentence."""
    if not found.open:
        return _("You have nothing to do.")
    words = {"open": found.open, "late": found.late}
    if found.late:
        return _("%(open)d to do, %(late)d of them overdue.") % words
    return _("%(open)d to do, none overdue.") % words


def action_state(request: HttpRequest, group: UUID, item: UUID) -> HttpResponse:
    """One action: how far it is, what was said of that before, and saying it anew (R59)."""
    actor = request.actor  # type: ignore[attr-defined]
    sheet = action_sheet(group=group, item=item, by=actor)
    if not sheet.line.may_change and request.method != "POST":
        raise Refused(_("Only the owner of an action, or the lead worker, can say how far it is."))

    def do(form: Any) -> str:
        given = form.cleaned_data
        set_action_state(
            group=group, item=item, state=given["state"], because=given["because"], on=given["on"], by=actor,
            once=form.once,
        )  # fmt: skip
        return str(given["back"])

    back = request.POST.get("back") or request.GET.get("back") or ""
    title = _("How far is this action?")
    context = {
        "title": title,
        "caption": sheet.line.child_name,
        "crumbs": [(sheet.heading, reverse("group", kwargs={"group": group})), (title, "")],
        "sheet": sheet,
        "words": words,
        "when": rows.when_tag(sheet.line.late, sheet.line.soon),
        "now": rows.state_tag(sheet.line.state),
        "submit": _("Save"),
        "cancel": _back(group, sheet.line, back),
    }
    return form_view(
        request, form_class=state_form(sheet), template="meetings/action_state.html", do=do,
        to=lambda _result: _back(group, sheet.line, back), done=_("Saved: how far the action is."),
        context=context, initial={"back": back},
    )  # fmt: skip


def _back(group: UUID, line: BoardLine, back: str) -> str:
    """The page from which somebody came: their own list, the board, or the plan."""
    if back == "board":
        return reverse("action_board", kwargs={"group": group})
    if back == "plan":
        return reverse("plan", kwargs={"group": group, "child": line.child}) + f"#item-{line.item}"
    if line.mine or back == "mine":
        return reverse("my_actions")
    return reverse("action_board", kwargs={"group": group})


def action_board(request: HttpRequest, group: UUID) -> HttpResponse:
    """The whole action board of a core group, for every member (R5)."""
    found = read_board(group=group, by=request.actor)  # type: ignore[attr-defined]
    asked = {name: request.GET.get(name, "") for name in ("by", "child", "owner", "since")}
    lines = [line for line in found.lines if _fits(line, asked)]
    title = _("Everybody's actions")
    context = {
        "title": title,
        "caption": found.heading,
        "crumbs": [(found.heading, reverse("group", kwargs={"group": group})), (title, "")],
        "found": found,
        "sections": rows.board_sections(found, lines, asked["by"]),
        "fields": _filters(found, asked),
        "filtered": any(asked.values()),
        "here": reverse("action_board", kwargs={"group": group}),
        "count": len(lines),
        "late": sum(one.late for one in lines),
        "owners": [
            [f"{one.name} ({one.agency})" if one.agency else one.name, one.open, one.late, one.finished]
            for one in found.owners
        ],
    }
    return render(request, "meetings/action_board.html", context)


def _fits(line: BoardLine, asked: dict[str, str]) -> bool:
    return (
        asked["child"] in ("", str(line.child))
        and asked["owner"] in ("", str(line.owner))
        and (asked["since"] != "meeting" or line.changed)
    )


def _filters(found: Board, asked: dict[str, str]) -> list[dict[str, Any]]:
    arranged = [
        ("", _("How far they are")), ("owner", _("Who does them")), ("child", _("Child")),
        ("outcome", _("Outcome")),
    ]  # fmt: skip
    everybody = [("", _("Everybody")), *((str(one.person), one.name) for one in found.owners)]
    fields = [
        {"name": "by", "label": _("In order of"), "value": asked["by"], "options": arranged},
        {"name": "owner", "label": _("Who does it"), "value": asked["owner"], "options": everybody},
    ]
    if len(found.children) > 1:
        children = [("", _("All the children")), *((str(key), name) for key, name in found.children)]
        fields.append({"name": "child", "label": _("Child"), "value": asked["child"], "options": children})
    if found.last_meeting:
        day = plaindate(found.last_meeting)
        since = [("", _("All")), ("meeting", _("Changed since the meeting of %(day)s") % {"day": day})]
        fields.append({"name": "since", "label": _("What"), "value": asked["since"], "options": since})
    return fields
