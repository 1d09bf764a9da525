"""`coregroup work`: the clock. Run it every few minutes; it does what is due and ends."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from coregroup.commands import ground


def run(argv: Sequence[str]) -> int:
    """Does one round (`--once`) or a round every so many seconds; 1 and a sentence where it cannot."""
    options = _parser().parse_args(argv)
    try:
        ground.data_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        ground.wake_django()
        ground.migrate(print)
        if options.verify:
            return _verify()
        return _rounds(None if options.once else options.every)
    except ground.CannotServe as reason:
        print(reason, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"A file could not be written: {error.strerror or error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="coregroup work",
        description="Give the notices that are due, forget old drafts, lay the chain over the audit.",
    )
    parser.add_argument("--once", action="store_true", help="do one round and end")
    parser.add_argument(
        "--every", type=int, default=300, metavar="SECONDS", help="seconds between rounds (default: 300)"
    )
    parser.add_argument("--verify", action="store_true", help="check the whole audit chain and end")
    return parser


def _rounds(every: int | None) -> int:
    from coregroup.jobs import work

    while True:
        work.once(print)
        if every is None:
            return 0
        ground.close_connections()
        time.sleep(max(every, 1))


def _verify() -> int:
    from coregroup.jobs import audit_chain

    faults = audit_chain.verify()
    for fault in faults:
        print(f"link {fault.number or 'none'}, line {fault.line}: {fault.what}", file=sys.stderr)
    print("The audit holds." if not faults else f"The audit does not hold in {len(faults)} places.")
    return 1 if faults else 0
