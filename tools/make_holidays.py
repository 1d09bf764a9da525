"""Write coregroup/rules/holidays_table.py from the `holidays` package.

The package is a source of data and the oracle of a test, never a run-time dependency of the rules: a day
proclaimed at short notice must be a line in a table that anyone can read and correct. Run it after
upgrading `holidays`, read the difference, and commit both.

    python tools/make_holidays.py            # writes the table
    python tools/make_holidays.py --check    # exit 1 if the table on disk differs
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import holidays

TABLE = Path(__file__).resolve().parent.parent / "coregroup" / "rules" / "holidays_table.py"
YEARS = range(2000, 2061)
NATIONS = {"england-and-wales": ("ENG", "WLS"), "scotland": ("SCT",), "northern-ireland": ("NIR",)}

# The package's name -> our code. The observed (substitute) day of a holiday takes the code in upper case.
CODES = {
    "New Year's Day": "newyear",
    "New Year Holiday": "second",
    "Saint Patrick's Day": "patrick",
    "Good Friday": "goodfriday",
    "Easter Monday": "eastermonday",
    "May Day": "mayday",
    "Spring Bank Holiday": "spring",
    "Battle of the Boyne": "boyne",
    "Summer Bank Holiday": "summer",
    "Late Summer Bank Holiday": "summer",
    "Saint Andrew's Day": "andrew",
    "Christmas Day": "christmas",
    "Boxing Day": "boxing",
    "Golden Jubilee of Elizabeth II": "golden",
    "Diamond Jubilee of Elizabeth II": "diamond",
    "Platinum Jubilee of Elizabeth II": "platinum",
    "Wedding of William and Catherine": "wedding",
    "State Funeral of Queen Elizabeth II": "funeral",
    "Coronation of Charles III": "coronation",
    "Scotland's participation in the FIFA World Cup final": "worldcup",
}

HEADER = '''"""Bank holidays of the nations. Made by tools/make_holidays.py: correct them there, not here.

A day is month, day and the code of its name in NAMES; a code in capitals is a substitute day. Holidays that
fall on a Saturday or Sunday are left out: nobody counts those days anyway. The years run from FIRST_YEAR to
LAST_YEAR; a day proclaimed at short notice is added by running the tool again with newer data.
"""

# ruff: noqa: E501
FIRST_YEAR = {first}
LAST_YEAR = {last}

NAMES = {{
    "newyear": {{"en": "New Year's Day", "cy": "Dydd Calan"}},
    "second": {{"en": "2 January", "cy": "2 Ionawr"}},
    "patrick": {{"en": "St Patrick's Day", "cy": "Dydd Gŵyl Padrig"}},
    "goodfriday": {{"en": "Good Friday", "cy": "Dydd Gwener y Groglith"}},
    "eastermonday": {{"en": "Easter Monday", "cy": "Dydd Llun y Pasg"}},
    "mayday": {{"en": "the early May bank holiday", "cy": "Gŵyl Banc Calan Mai"}},
    "spring": {{"en": "the spring bank holiday", "cy": "Gŵyl Banc y Gwanwyn"}},
    "boyne": {{"en": "the Battle of the Boyne", "cy": "Brwydr y Boyne"}},
    "summer": {{"en": "the summer bank holiday", "cy": "Gŵyl Banc yr Haf"}},
    "andrew": {{"en": "St Andrew's Day", "cy": "Dydd Gŵyl Andreas"}},
    "christmas": {{"en": "Christmas Day", "cy": "Dydd Nadolig"}},
    "boxing": {{"en": "Boxing Day", "cy": "Gŵyl San Steffan"}},
    "golden": {{"en": "the Golden Jubilee", "cy": "y Jiwbilî Aur"}},
    "diamond": {{"en": "the Diamond Jubilee", "cy": "y Jiwbilî Ddiemwnt"}},
    "platinum": {{"en": "the Platinum Jubilee", "cy": "y Jiwbilî Blatinwm"}},
    "wedding": {{"en": "the royal wedding", "cy": "y briodas frenhinol"}},
    "funeral": {{"en": "the state funeral of the Queen", "cy": "angladd gwladol y Frenhines"}},
    "coronation": {{"en": "the Coronation", "cy": "y Coroni"}},
    "worldcup": {{"en": "the World Cup bank holiday", "cy": "Gŵyl Banc Cwpan y Byd"}},
}}

SUBSTITUTE = {{"en": "the substitute day for {{}}", "cy": "y dydd yn lle {{}}"}}

# fmt: off
DAYS = {{
'''


def code_of(name: str) -> str:
    """The code of one holiday's name in the package; unknown names stop the tool, so that someone looks."""
    # Scotland, 1 January on a Sunday: the substitute for New Year's Day takes the 2nd, and the 2nd moves on.
    own = name.split(";")[-1].strip()
    observed = own.endswith("(observed)")
    bare = own.removesuffix(" (observed)")
    if bare not in CODES:
        raise SystemExit(f"A bank holiday with no code yet: {name!r}. Add it to CODES and to the names.")
    return CODES[bare].upper() if observed else CODES[bare]


def weekdays_of(nation: str) -> dict[datetime.date, str]:
    """The bank holidays of a nation that fall on a weekday; its sub-nations must agree on every one."""
    lists = [
        dict(holidays.country_holidays("GB", subdiv=part, years=YEARS, language="en_GB").items())
        for part in NATIONS[nation]
    ]
    if any(other != lists[0] for other in lists):
        raise SystemExit(f"The parts of {nation} differ: they need a list each.")
    return {day: code_of(name) for day, name in sorted(lists[0].items()) if day.weekday() < 5}


def render() -> str:
    """The whole text of the table."""
    out = [HEADER.format(first=YEARS[0], last=YEARS[-1])]
    for nation in NATIONS:
        days = weekdays_of(nation)
        out.append(f'    "{nation}": {{\n')
        for year in YEARS:
            parts = [f"{day:%m%d}{code}" for day, code in days.items() if day.year == year]
            out.append(f'        {year}: "{" ".join(parts)}",\n')
        out.append("    },\n")
    out.append("}\n")
    return "".join(out)


if __name__ == "__main__":
    text = render()
    if "--check" in sys.argv:
        sys.exit(0 if TABLE.exists() and TABLE.read_text(encoding="utf-8") == text else 1)
    TABLE.write_text(text, encoding="utf-8")
    print(f"Wrote {TABLE.name}: {YEARS[0]} to {YEARS[-1]}.")
