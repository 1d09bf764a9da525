"""The book of procedures: what the shipped ones hold, and how it refuses what is not right."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import holidays
import pytest

from coregroup.rules import book, vocabulary
from coregroup.rules import examples as worked
from coregroup.rules.checking import BadProcedure
from coregroup.rules.procedure import Example, Item, Procedure, Rule, Unknown
from coregroup.rules.timescales import Event, timetable

NINE = (
    "cambridgeshire", "denbighshire", "england", "northern-ireland", "nottinghamshire", "scotland",
    "scottish-council", "wales", "warwickshire",
)  # fmt: skip
# Requirements of the source documents that a procedure carries as data, by the authority that asks for them.
CARRIED = {
    "warwickshire": [1, 2, 3, 5, 6, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    "nottinghamshire": [11, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37],
    "denbighshire": [
        *(38, 40, 41, 42, 44, 45, 46, 47, 48, 51, 52, 53, 54, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67),
        *(68, 69, 70, 71, 72, 108, 109, 110),
    ],
    "scottish-council": [41, 64, 73, 74, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 109, 111],
    "cambridgeshire": [
        *(20, 91, 92, 93, 94, 96, 97, 98, 100, 102, 103, 105, 106, 107, 112, 113, 114),
    ],
}  # fmt: skip


def examples() -> Iterator[tuple[str, Rule, Example]]:
    """Every worked example of every shipped procedure."""
    for identifier in book.identifiers():
        yield from ((identifier, rule, example) for rule, example in worked.all_of(book.load(identifier)))


def test_the_nine_procedures_are_shipped() -> None:
    assert book.identifiers() == NINE


@pytest.mark.requirement("R7", "R8", "R43", "R76", "R77", "R78", "R99", "R101")
@pytest.mark.parametrize(
    ("identifier", "rule", "example"),
    list(examples()),
    ids=lambda value: value if isinstance(value, str) else getattr(value, "name", None),
)
def test_worked_examples(identifier: str, rule: Rule, example: Example) -> None:
    row = worked.answer(book.load(identifier), rule, example)
    wanted = {key: getattr(example, key) for key in worked.ASKED}
    asked = {key: value for key, value in wanted.items() if value is not None}
    assert asked, "the example asks nothing"
    assert {key: getattr(row, key) for key in asked} == asked


@pytest.mark.requirement("R7")
def test_working_day_examples_agree_with_an_independent_count() -> None:
    parts = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}
    counted = 0
    for identifier, rule, example in examples():
        edition = next(e for e in rule.editions if example in e.examples)
        if rule.before or edition.latest.unit != "working_days":
            continue
        anchor = dict(example.events)[rule.anchor]
        oracle = holidays.country_holidays("GB", subdiv=parts[book.load(identifier).nation])
        assert example.latest == oracle.get_nth_working_day(anchor, edition.latest.n), (identifier, rule.name)
        counted += 1
    assert counted > 15


def texts(procedure: Procedure) -> Iterator[dict[str, str]]:
    """Every text of a procedure that a person reads."""
    yield from procedure.words.values()  # type: ignore[misc]
    yield procedure.names  # type: ignore[misc]
    for source in procedure.sources.values():
        yield from (source.title, source.publisher)  # type: ignore[misc]
    for rule in procedure.rules.values():
        yield rule.title  # type: ignore[misc]
        for edition in rule.editions:
            yield from filter(None, (edition.assumed, edition.note))
    yield from (role.text for role in procedure.roles.values())  # type: ignore[misc]
    for name in vocabulary.SECTIONS:
        for item in procedure.section(name):
            yield from filter(None, (item.title, item.text, *item.points))


@pytest.mark.requirement("R38")
@pytest.mark.parametrize("identifier", NINE)
def test_every_text_is_in_english_and_in_welsh(identifier: str) -> None:
    lacking = [text for text in texts(book.load(identifier)) if not (text.get("en") and text.get("cy"))]
    assert lacking == []


@pytest.mark.parametrize("identifier", NINE)
def test_every_item_rule_and_role_names_its_source_and_quotes_little(identifier: str) -> None:
    procedure = book.load(identifier)
    items: list[Item] = [item for name in vocabulary.SECTIONS for item in procedure.section(name)]
    assert all(item.source for item in items)
    assert all(role.source for role in procedure.roles.values())
    quotes = [item.quote for item in items] + [e.quote for r in procedure.rules.values() for e in r.editions]
    assert max(len(quote.split()) for quote in quotes) <= 12
    assert any(quotes)


@pytest.mark.requirement("R86", "R81", "R84", "R83")
@pytest.mark.parametrize("identifier", NINE)
def test_what_every_procedure_can_answer(identifier: str) -> None:
    procedure = book.load(identifier)
    assert [part.code for part in procedure.plan_parts] == list(vocabulary.CODES["plan_parts"])
    assert set(procedure.guards) == set(vocabulary.CODES["guards"])
    assert {item.code for item in procedure.joining} == set(vocabulary.CODES["joining"])
    assert {"members", "parents", "conference_chair", "file"} <= {
        item.code for item in procedure.distribution
    }
    assert len(procedure.questions) == 5
    assert len(procedure.categories) >= 4
    assert {"lead", "chair", "minute_taker"} <= set(procedure.roles)
    order = [point.code for point in procedure.agenda]
    assert order.index("family_first") < order.index("chronology") < order.index("plan")
    for kind in vocabulary.AGENCY_KINDS:
        assert len(procedure.guide(kind, "en")) >= 3
        assert procedure.guide(kind, "cy") != procedure.guide(kind, "en")
        assert procedure.guide_title(kind, "cy")


@pytest.mark.requirement("R9", "R41")
@pytest.mark.parametrize("code", ["owner_and_date", "first_core_group", "lead", "members", "review_date"])
def test_what_may_never_be_passed_by(code: str) -> None:
    assert all(book.load(identifier).guards[code].must for identifier in NINE)


@pytest.mark.requirement("R39")
def test_the_plan_has_its_nations_name() -> None:
    assert book.load("denbighshire").word("plan_name") == "care and support protection plan"
    assert book.load("denbighshire").word("plan_name", "cy") == "cynllun amddiffyn, gofal a chymorth"
    assert book.load("warwickshire").word("plan_name") == "child protection plan"


@pytest.mark.requirement("R4", "R75", "R90", "R49", "R50", "R115")
def test_local_words_and_roles() -> None:
    word = {name: book.load(name).word("lead_worker") for name in NINE}
    assert word["warwickshire"] == "key worker"
    assert word["cambridgeshire"] == "lead social worker"
    assert word["scotland"] == "lead professional"
    assert word["wales"] == "care and support protection plan co-ordinator"
    assert book.load("scottish-council").roles["chair"].who == "practice_lead"
    assert book.load("cambridgeshire").roles["chair"].who == "lead"
    assert book.load("cambridgeshire").roles["review_chair"].who == "member_or_line_manager"
    minutes = book.load("denbighshire").roles["minute_taker"]
    assert (minutes.not_chair, minutes.strictness) == (True, "must")


@pytest.mark.requirement("R89")
def test_the_record_is_minutes_or_the_updated_plan() -> None:
    modes = {name: book.load(name).record_mode for name in NINE}
    assert {name for name, mode in modes.items() if mode == "updated_plan"} == {
        "scotland",
        "scottish-council",
    }


@pytest.mark.requirement("R53", "R97", "R98")
def test_who_is_given_the_plan() -> None:
    for name in NINE:
        assert "conference_chair" in [item.code for item in book.load(name).distribution]
    by_code = {item.code: item for item in book.load("cambridgeshire").distribution}
    assert by_code["file"].source and by_code["file"].source.code == "cambridgeshire-leaflet"


@pytest.mark.parametrize("identifier", CARRIED)
def test_what_a_document_asks_stands_in_its_authoritys_procedure(identifier: str) -> None:
    procedure = book.load(identifier)
    numbers = {
        n for name in vocabulary.SECTIONS for item in procedure.section(name) for n in item.requirements
    }
    assert [f"R{n}" for n in CARRIED[identifier] if f"R{n}" not in numbers] == []


def test_unknown_names_bring_the_nearest() -> None:
    with pytest.raises(Unknown, match="there is no procedure 'walse'; the nearest is wales"):
        book.load("walse")
    with pytest.raises(Unknown, match="there is no word 'lead_workr'; the nearest is lead_worker"):
        book.load("wales").word("lead_workr")
    with pytest.raises(Unknown, match="no role guide for 'helth'"):
        book.load("wales").guide("helth")


RULE = """
[rules.first_core_group]
[[rules.first_core_group.editions]]
latest = "8 working days"
source = "ours"
"""
SOURCE = """
[sources.ours]
title = { en = "Our procedure" }
publisher = { en = "Our council" }
"""
HEAD = 'parent = "england"\ntitle = { en = "Ours" }\n'


def written(folder: Path, text: str, name: str = "ours") -> Path:
    """A procedure file in a folder."""
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_authority_adds_its_own_over_its_nation(tmp_path: Path) -> None:
    words = '[words]\nlead_worker = { en = "plan keeper" }\n'
    own = book.check(written(tmp_path, HEAD + words + SOURCE + RULE))
    assert own.nation == "england"
    assert own.word("lead_worker", "cy") == "plan keeper"  # Welsh may wait; English is shown until then
    (row,) = [
        row
        for row in timetable(own, [Event("initial_conference", date(2026, 4, 2))])
        if row.rule == "first_core_group"
    ]
    assert (row.latest, row.source.code, row.title["en"]) == (date(2026, 4, 16), "ours", "First core group")
    assert "first_review" in own.rules
    assert book.load("ours", tmp_path) == own
    assert "ours" in book.identifiers(tmp_path)


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, HEAD)
    monkeypatch.setenv("COREGROUP_PROCEDURES", str(tmp_path))
    assert book.load("ours").title() == "Ours"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (HEAD + 'titel = "x"', 'ours.toml: the file: unknown key "titel"; did you mean "title"?'),
        ('parent = "england"\n', 'ours.toml: the file: needs "title"'),
        ('title = { en = "Ours" }\n', 'ours.toml: the file: needs "parent"'),
        ('parent = "englnd"\ntitle = { en = "Ours" }\n', "'englnd'; the nearest is england"),
        ('parent = "ours"\ntitle = { en = "Ours" }\n', "the parents go round in a circle: ours -> ours"),
        (HEAD + "title = 1", "this is not well-formed TOML"),
        (HEAD + 'nation = "france"', "is not known here"),
        (HEAD + RULE, 'the source "ours" is not among the sources'),
        (HEAD + SOURCE + RULE.replace('source = "ours"', ""), "names no source"),
        (HEAD + SOURCE + RULE.replace("8 working days", "soon"), '"soon" is not a span such as'),
        (HEAD + SOURCE + RULE.replace("latest", "lastest"), 'unknown key "lastest"; did you mean "latest"?'),
        (HEAD + SOURCE + RULE + 'strictness = "may"', '"may" is not known here'),
        (HEAD + SOURCE + RULE + 'from = "2026-04-02"', "is not a date such as 2026-04-02"),
        (
            HEAD + SOURCE + RULE + "from = 2026-01-01\n" + RULE.split("\n", 2)[2] + "from = 2025-01-01",
            "its editions overlap",
        ),
        (HEAD + SOURCE + RULE + RULE.split("\n", 2)[2], "its editions overlap"),
        (
            HEAD + SOURCE + RULE.replace("_group]\n[", '_group]\nanchor = "core_grop"\n['),
            'rules.first_core_group.anchor: "core_grop" is not known here; did you mean "core_group"?',
        ),
        (HEAD + SOURCE + '[rules.other]\ntitle = { en = "x" }', 'rules.other: needs "anchor"'),
        (HEAD + '[words]\nled_worker = { en = "x" }', "the nearest is lead_worker"),
        (HEAD + '[words]\nlead_worker = { cy = "x" }', "needs its words in English"),
        (HEAD + SOURCE + '[[guards]]\ncode = "leed"\nsource = "ours"\ntitle = { en = "x" }', '"lead"?'),
        (
            HEAD + SOURCE + '[[agenda]]\ncode = "a"\nsource = "ours"\ntitle = { en = "x" }\n' * 2,
            "agenda: has a more than once",
        ),
        (HEAD + '[agenda]\ncode = "a"', "must be a list: write [[agenda]] above each item"),
        (HEAD + SOURCE + '[roles.chair]\nsource = "ours"', 'roles.chair: needs "who" and "text"'),
        (HEAD + "[sources.x]\ntitle = { en = 'x' }", "sources.x: needs a publisher"),
    ],
)  # fmt: skip
def test_what_is_not_right_is_refused_in_a_sentence(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(BadProcedure) as refused:
        book.check(written(tmp_path, text))
    assert complaint in str(refused.value)


def test_a_circle_of_two_is_found(tmp_path: Path) -> None:
    written(tmp_path, 'parent = "one"\ntitle = { en = "x" }\n', "two")
    path = written(tmp_path, 'parent = "two"\ntitle = { en = "x" }\n', "one")
    with pytest.raises(BadProcedure, match="round in a circle: one -> two -> one"):
        book.check(path)


def test_a_local_rule_that_ends_needs_a_parents_rule_to_follow(tmp_path: Path) -> None:
    rule = """
[rules.house_visit]
title = { en = "x" }
anchor = "child_seen"
met_by = ["child_seen"]
until = "review_conference"
[[rules.house_visit.editions]]
latest = "8 days"
source = "ours"
"""
    with pytest.raises(BadProcedure, match="no parent has a rule"):
        book.check(written(tmp_path, HEAD + SOURCE + rule))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadProcedure, match="nowhere is not there"):
        book.load("england", tmp_path / "nowhere")


def test_the_how_to_is_a_procedure_that_works(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "how-to" / "add-your-authoritys-procedure.md"
    blocks = re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    own = book.check(written(tmp_path, "\n".join(blocks), "northmere"))
    assert worked.wrong(own) == []
    assert own.rules["next_core_group"].editions[0].source.code == "northmere-protocol"


def test_a_wrong_example_is_found(tmp_path: Path) -> None:
    example = "examples = [{ events = { initial_conference = 2026-04-02 }, latest = 2026-04-15 }]\n"
    own = book.check(written(tmp_path, HEAD + SOURCE + RULE + example))
    assert worked.wrong(own) == [
        "first_core_group, initial_conference on 2026-04-02: the example says latest 2026-04-15, "
        "the rule latest 2026-04-16"
    ]


@pytest.mark.requirement("R20")
def test_where_a_missed_contact_is_urgent_or_told_to_all() -> None:
    traits = {name: {item.code for item in book.load(name).section("traits")} for name in NINE}
    assert {name: found for name, found in traits.items() if found} == {
        "cambridgeshire": {"missed_contact_urgent"},
        "wales": {"missed_contact_tells_all"},
        "denbighshire": {"missed_contact_tells_all"},
    }
