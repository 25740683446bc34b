"""Write the tables, or check them: see the package."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import __doc__ as about
from .check import build, differences, present
from .states import report

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "src" / "rozmova" / "names" / "data"


def main(argv: list[str] | None = None) -> int:
    """Run a command line; gives 0, or 1 when the check finds a difference (named on standard error)."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.actors",
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the source tables"
    )
    parser.add_argument("--out", type=Path, default=OWN, help="folder to write to")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--check", action="store_true", help="write nothing; 1 if the shipped files are not what is built"
    )
    what.add_argument("--states", action="store_true", help="write nothing; list what the names of states lack")
    args = parser.parse_args(argv)
    if args.states:
        print("\n".join(report()))
        return 0
    if not present(args.data):
        print(f"no source tables in {args.data}: only the names of states are built", file=sys.stderr)
    if args.check:
        found = differences(args.data, OWN)
        print("\n".join(found), file=sys.stderr, end="\n" if found else "")
        return int(bool(found))
    files, unused = build(args.data, OWN)
    for name, content in files.items():
        (args.out / name).write_bytes(content)
        print(f"{name}: {len(content.splitlines())} lines")
    for label in unused:
        print(f"spellings.yaml: no person {label}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
