"""The one exception of this floor."""

from __future__ import annotations


class IntakeProblem(Exception):
    """Why a file cannot be read, in one sentence; `row` is the row of the file where that is known."""

    def __init__(self, sentence: str, row: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.row = row
