"""Draws a table of moves as a picture of its states: plain SVG, the same text for the same table.

States stand in columns by how many moves they are from the beginning; a table with one verb alone is drawn as
a ring, without words at its arrows. Nothing is told by the picture that its table does not tell as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from coregroup.rules.moves import START, Move

WIDE, HIGH = 136, 44  # a state's box
STEP_X, STEP_Y = 320, 170  # from one column to the next, from one row to the next
EDGE = 100  # around everything
BOW = 40  # how far an arrow bends away from one that comes back

Point = tuple[float, float]


@dataclass(frozen=True)
class Arrow:
    """What leads from one state to another: the words of all moves that do."""

    before: str
    after: str
    words: tuple[str, ...]
    both_ways: bool = False
    returns: bool = False


def drawn(title: str, moves: Sequence[Move]) -> str:
    """The picture of one table, as the text of an SVG file."""
    ring = len({move.verb for move in moves}) == 1
    places = _in_a_ring(moves) if ring else _in_columns(moves)
    arrows = list(_arrows(moves, ring))
    width = max(x for x, _y in places.values()) + WIDE / 2 + EDGE
    height = max(y for _x, y in places.values()) + HIGH / 2 + EDGE * 0.5
    lines = [_line(arrow, places) for arrow in arrows]
    words = [word for arrow in arrows for word in _words(arrow, places)]
    boxes = [_state(name, place) for name, place in places.items()]
    told = "; ".join(f"{plain(move.before) or 'the beginning'} to {plain(move.after)}" for move in moves)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" aria-labelledby="title told" '
        'font-family="Arial, Helvetica, sans-serif" font-size="15">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="told">{escape(told)}</desc>',
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" '
        'orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="#0b0c0c"/></marker></defs>',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *lines, *words, *boxes, "</svg>", "",
    ])  # fmt: skip


def plain(name: str) -> str:
    """A state or a verb in words."""
    return name.replace("_", " ")


def _states(moves: Sequence[Move]) -> list[str]:
    """Every state once, in the order of the table."""
    return list(dict.fromkeys(name for move in moves for name in (move.before, move.after)))


def _in_columns(moves: Sequence[Move]) -> dict[str, Point]:
    depth = {moves[0].before: 0}
    waiting = [moves[0].before]
    while waiting:
        here = waiting.pop(0)
        for move in moves:
            if move.before == here and move.after not in depth:
                depth[move.after] = depth[here] + 1
                waiting.append(move.after)
    columns: dict[int, list[str]] = {}
    for name in _states(moves):
        columns.setdefault(depth[name], []).append(name)
    tallest = max(len(names) for names in columns.values())
    return {
        name: (EDGE + column * STEP_X - (STEP_X * 0.28 if column else 0),
               EDGE + (row + (tallest - len(names)) / 2) * STEP_Y)
        for column, names in columns.items()
        for row, name in enumerate(names)
    }  # fmt: skip


def _in_a_ring(moves: Sequence[Move]) -> dict[str, Point]:
    names = _states(moves)
    across, down = 260, 170
    return {
        name: (
            across + EDGE + across * math.sin(2 * math.pi * number / len(names)),
            down + EDGE - down * math.cos(2 * math.pi * number / len(names)),
        )
        for number, name in enumerate(names)
    }


def _arrows(moves: Sequence[Move], ring: bool) -> Iterator[Arrow]:
    told: dict[tuple[str, str], list[str]] = {}
    for move in moves:
        told.setdefault((move.before, move.after), []).append(plain(move.verb))
    for (before, after), verbs in told.items():
        back = (after, before) in told and before != after
        if not ring:
            yield Arrow(before, after, tuple(dict.fromkeys(verbs)), returns=back)
        elif not back or before < after:
            yield Arrow(before, after, (), both_ways=back)


def _line(arrow: Arrow, places: dict[str, Point]) -> str:
    start, bend, end = _course(arrow, places)
    from_tip = ' marker-start="url(#tip)"' if arrow.both_ways else ""
    if arrow.before == arrow.after:
        x, y = places[arrow.before]
        path = f"M{x - 26:.0f} {y - HIGH / 2:.0f}C{x - 40:.0f} {y - 74:.0f} {x + 40:.0f} {y - 74:.0f} "
        path += f"{x + 26:.0f} {y - HIGH / 2 - 2:.0f}"
    else:
        path = f"M{start[0]:.1f} {start[1]:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    return (
        f'<path d="{path}" fill="none" stroke="#0b0c0c" stroke-width="1.6"{from_tip} marker-end="url(#tip)"/>'
    )


def _course(arrow: Arrow, places: dict[str, Point]) -> tuple[Point, Point, Point]:
    """Where an arrow leaves its box, through where it bends, and where it meets the other box.

    Each bends to its own right, so that two which run opposite ways lie apart, with their words.
    """
    (ax, ay), (bx, by) = places[arrow.before], places[arrow.after]
    far = math.hypot(bx - ax, by - ay) or 1
    bow = BOW if arrow.returns else 0
    bend = ((ax + bx) / 2 - (by - ay) / far * bow, (ay + by) / 2 + (bx - ax) / far * bow)
    return _at_edge(places[arrow.before], bend, arrow.before), bend, _at_edge((bx, by), bend, arrow.after)


def _at_edge(box: Point, towards: Point, name: str) -> Point:
    """The point at which a line from a box's middle leaves it."""
    across, down = towards[0] - box[0], towards[1] - box[1]
    if name == START:
        far = math.hypot(across, down) or 1
        return box[0] + across / far * 11, box[1] + down / far * 11
    part = min(
        (WIDE / 2 + 3) / abs(across) if across else math.inf, (HIGH / 2 + 3) / abs(down) if down else math.inf
    )
    return box[0] + across * part, box[1] + down * part


def _words(arrow: Arrow, places: dict[str, Point]) -> Iterator[str]:
    if not arrow.words:
        return
    if arrow.before == arrow.after:
        x, y = places[arrow.before]
        y -= 72
    else:
        start, bend, end = _course(arrow, places)
        x, y = (start[0] + 2 * bend[0] + end[0]) / 4, (start[1] + 2 * bend[1] + end[1]) / 4 + 5
    text = escape(", ".join(arrow.words))
    yield (
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" fill="#0b0c0c" stroke="#ffffff" '
        f'stroke-width="6" paint-order="stroke">{text}</text>'
    )


def _state(name: str, place: Point) -> str:
    x, y = place
    if name == START:
        return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="9" fill="#0b0c0c"/>'
    return (
        f'<rect x="{x - WIDE / 2:.0f}" y="{y - HIGH / 2:.0f}" width="{WIDE}" height="{HIGH}" rx="6" '
        'fill="#f3f2f1" stroke="#1d70b8" stroke-width="2"/>'
        f'<text x="{x:.0f}" y="{y + 5:.0f}" text-anchor="middle" font-weight="bold" fill="#0b0c0c">'
        f"{escape(plain(name))}</text>"
    )
