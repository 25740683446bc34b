"""``python -m rozmova.languages.lint``: is the language data sound? See :mod:`rozmova.checks.lint`."""

from __future__ import annotations

import sys


def main() -> int:
    """Lint the languages named on the command line, or all; the exit status is 1 when something is wrong."""
    from rozmova.checks import lint  # the checks run the whole product, which itself imports this package

    return lint.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
