"""Part of `make fresh`: shortens the two lists that may only get shorter, where the work has overtaken them.

`tests/house/not_yet.txt` names the requirements without a test; `tests/house/sizes.json` the files and
functions that are larger than they should be. Neither ever gets an entry here.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOT_YET = ROOT / "tests" / "house" / "not_yet.txt"


def main() -> int:
    """Shorten both lists and say what went."""
    sys.path.insert(0, str(ROOT))
    import requirements_report

    from tests.house import test_sizes

    carried = requirements_report.tests_by_number()
    listed = NOT_YET.read_text(encoding="utf-8").split()
    left = [number for number in listed if number not in carried]
    NOT_YET.write_text("\n".join(left) + "\n", encoding="utf-8")
    print(f"{len(listed) - len(left)} requirements are built since the last time; {len(left)} are not yet.")
    before = len(test_sizes.kept())
    test_sizes.main()
    print(f"{before - len(test_sizes.kept())} files and functions came off the list of large ones.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
