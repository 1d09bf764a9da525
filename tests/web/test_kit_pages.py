"""The pages' frame, the components, routes that say what they need, and the page checker itself."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.urls import URLPattern, include, path

from coregroup.rules.access import Actor, Capability
from coregroup.rules.errors import Closed, Refused
from coregroup.web.gallery.views import gallery
from coregroup.web.kit import errors, pages
from coregroup.web.kit.clock import clock_layout
from tests.pages import check_page

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ROOT / "coregroup" / "web" / "components" / "templates" / "components"
ACTOR = Actor(uuid.UUID(int=7), uuid.UUID(int=1), "Priya Sandeman", others=((uuid.UUID(int=8), "Priya S"),))


def words_page(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/error.html", {"title": "A page", "words": ["Some words."]})


def closed(request: HttpRequest) -> HttpResponse:
    raise Closed


def refusing(request: HttpRequest) -> HttpResponse:
    raise Refused("Only the lead worker puts a plan in force.")


handler400 = errors.bad_request
urlpatterns = [
    path("", include("coregroup.web.kit.urls")),
    path("", include("coregroup.web.gallery.urls")),
    pages.page("", words_page, to=Capability.SEE_HOME, name="home"),
    pages.page("help/", words_page, to=Capability.SEE_HOME, name="help"),
    pages.public("sign-in/", words_page, name="account_login"),
    pages.page("closed/", closed, to=Capability.SEE_CASE, name="closed"),
    pages.page("refused/", refusing, to=Capability.SEE_CASE, name="refused"),
    pages.page("guidance/", words_page, to=Capability.SEE_GUIDANCE, name="guidance"),
    pages.page("guidance/<slug:slug>/", words_page, to=Capability.SEE_GUIDANCE, name="guidance_text"),
    pages.page("setup/", words_page, to=Capability.ADMINISTER, name="setup"),
]
pytestmark = pytest.mark.urls(__name__)


def asked(address: str = "/", actor: Actor | None = ACTOR, method: str = "get", **data: Any) -> Any:
    request = getattr(RequestFactory(), method)(address, data)
    request.actor = actor
    request._messages = []
    return request


def answer(name: str, request: HttpRequest) -> HttpResponse:
    view = next(one.callback for one in urlpatterns if getattr(one, "name", "") == name)
    return view(request)


def text(response: HttpResponse) -> str:
    html = response.content.decode()
    check_page(html, path="answer")
    return html


def test_the_gallery_is_well_made() -> None:
    html = text(gallery(asked("/gallery/")))
    assert html.count('role="img"') == 1


def test_every_component_stands_in_the_gallery() -> None:
    page = (ROOT / "coregroup/web/gallery/templates/gallery/gallery.html").read_text()
    for file in COMPONENTS.glob("*.html"):
        macros = re.findall(r"{% macro ([a-z]\w*)\(", file.read_text())
        assert macros, f"{file.name} holds no component"
        for macro in macros:
            assert f"{macro}(" in page, f"{file.name}: {macro} is not in the gallery"


def test_the_frame_says_who_acts_and_where_one_is() -> None:
    html = text(answer("help", asked("/help/")))
    assert "<title>A page – coregroup</title>" in html
    assert "Priya Sandeman" in html
    assert re.search(r'href="/help/" aria-current="page"', html)
    assert 'href="/guidance/"' in html
    assert 'href="/setup/"' not in html, "the menu shows what this person may not open"


def test_people_who_are_not_signed_in_see_no_menu() -> None:
    html = text(words_page(asked(actor=None)))
    assert "Sign out" not in html
    assert 'id="navigation"' not in html


@pytest.mark.requirement("R38")
def test_the_language_switch_keeps_the_page() -> None:
    html = text(words_page(asked("/help/?about=dates", actor=None)))
    assert 'href="/language/cy/?next=%2Fhelp%2F%3Fabout%3Ddates"' in html
    assert 'lang="cy" hreflang="cy"' in html
    assert '<span class="govuk-language-navigation__text" lang="en" aria-current="true">English' in html


@pytest.mark.requirement("R38")
@pytest.mark.parametrize(
    ("target", "led_to"),
    [("/help/?a=1", "/help/?a=1"), ("https://elsewhere.example/", "/"), ("//elsewhere.example", "/")],
)
def test_choosing_a_language(target: str, led_to: str) -> None:
    from coregroup.web.kit.language import choose

    response = choose(asked("/language/cy/", actor=None, next=target), "cy")
    assert response.cookies["django_language"].value == "cy"
    assert response["Location"] == led_to
    assert choose(asked(actor=None), "fr").status_code == 404


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400), (errors.forbidden, 403), (errors.csrf_failure, 403),
        (errors.not_found, 404), (errors.too_large, 413), (errors.our_fault, 500),
    ],
)  # fmt: skip
def test_error_pages(view: Any, status: int) -> None:
    response = view(asked(actor=None))
    assert response.status_code == status
    text(response)


def test_a_form_that_is_too_large_is_answered_as_such(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = Client().post("/", {"words": "x" * 200}, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "Nothing of it was saved" in text(response)


def test_not_found_says_only_that() -> None:
    html = text(errors.not_found(asked(actor=None)))
    main = re.search(r"<main.*?</main>", html, re.DOTALL)
    assert main
    assert " ".join(re.sub(r"<[^>]+>", " ", main[0]).split()) == "Page not found Go to your start page"


def test_a_broken_frame_still_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "render", lambda *args, **options: 1 / 0)
    assert errors.our_fault(asked()).status_code == 500


def test_routes_say_what_they_need() -> None:
    told = {one.name: one.callback for one in urlpatterns if isinstance(one, URLPattern)}
    assert told["closed"].capability == Capability.SEE_CASE
    assert not hasattr(told["closed"], "public")


def test_closed_becomes_not_found_and_refused_says_why() -> None:
    assert answer("closed", asked()).status_code == 404
    refused = answer("refused", asked())
    assert refused.status_code == 403
    assert "Only the lead worker puts a plan in force." in text(refused)


def test_strangers_are_asked_to_sign_in_and_come_back() -> None:
    response = answer("closed", asked("/closed/?a=1", actor=None))
    assert response.status_code == 302
    assert response["Location"].endswith("?next=/closed/%3Fa%3D1")


def test_unknown_names_in_templates_are_errors() -> None:
    from jinja2 import UndefinedError

    env = get_template("kit/page.html").backend.env  # type: ignore[attr-defined]
    wrong = (
        "{{ titel }}",
        "{{ actor.nmae }}",
        "{% if actor.nmae %}x{% endif %}",
        "{% for x in y %}{% endfor %}",
    )
    for source in wrong:
        with pytest.raises(UndefinedError):
            env.from_string(source).render(actor=ACTOR)
    assert env.from_string("{{ row.nothing }}{{ row.a.b }}").render(row={}) == ""
    assert env.from_string("{{ words }}").render(words="<b>") == "&lt;b&gt;"


def test_the_clock_picture_never_leaves_its_frame() -> None:
    from coregroup.web.gallery import samples

    picture = clock_layout(samples.clocks(), samples.TODAY)
    places = [
        place
        for line in picture.lines
        for place in (line.anchor, line.expected, line.latest, line.met, line.late_to)
        if place is not None
    ]
    assert all(12 <= place <= 728 for place in [*places, picture.today])
    assert len(picture.lines) == 4, "a clock without any date is in the table alone"
    assert "Child seen by the lead worker: Overdue, latest 14 Apr 2026" in picture.said


GOOD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Here – coregroup</title></head>
<body><main><h1>Here</h1>{}</main></body></html>"""


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("<input id=a name=a>", "has no label"),
        ("<p id=a></p><p id=a></p>", "stands 2 times"),
        ("<h3>Deep</h3>", "jumps from h1 to h3"),
        ("<h1>Again</h1>", "one h1"),
        ("<p style='color:red'>x</p>", "content policy"),
        ("<button onclick='x()'>x</button>", "content policy"),
        ("<script>alert(1)</script>", "in the page itself"),
        ("<img src=a.png>", "no alt"),
        ("<table><tr><th scope=col>A</th></tr></table>", "no caption"),
        ("<table><caption>C</caption><tr><th>A</th></tr></table>", "no scope"),
        ("<p aria-describedby=gone>x</p>", "which is not there"),
        ("<a href='#gone'>x</a>", "not on the page"),
        ("<a href='/'></a>", "says nothing"),
        ("<p>one<div>two</p>", "not valid HTML"),
        ("<ul><p>x</p></ul>", "other than list items"),
        ("<svg></svg>", "neither hidden nor named"),
        ("<fieldset></fieldset>", "no legend"),
        ("<main></main>", "one main"),
    ],
)
def test_the_checker_finds(part: str, fault: str) -> None:
    with pytest.raises(AssertionError, match=re.escape(fault)):
        check_page(GOOD.format(part), path="/here/")


def test_the_checker_passes_a_good_page() -> None:
    check_page(GOOD.format("<h2>Part</h2><label for=a>A</label><input id=a>"), path="/here/")
    with pytest.raises(AssertionError, match="language"):
        check_page(GOOD.format("").replace(' lang="en"', ""), path="/here/")


def test_the_lock_file_holds_no_host() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert "http" not in lock
    assert json.loads(lock)["packages"][""]["devDependencies"]["govuk-frontend"] == "6.6.0"
