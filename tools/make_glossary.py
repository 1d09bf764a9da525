"""Writes GLOSSARY.md from the glossary's data."""

from __future__ import annotations

from pathlib import Path

from coregroup.rules.glossary import as_markdown

if __name__ == "__main__":
    Path(__file__).parents[1].joinpath("GLOSSARY.md").write_text(as_markdown(), encoding="utf-8")
