"""Builds the tables of persons, given names and names of states that Rozmova ships.

Sources are officials.csv, officials-additions.csv and person_names.tsv of a data folder that is not in the repository
(``../shared/data`` beside it), the hand-written files of ``src/rozmova/names/data`` and ``languages/``, and the Unicode
CLDR as Babel has it. Two runs give the same bytes. From the root of the repository::

    PYTHONPATH=src:. .venv/bin/python -m tools.actors             # write the files
    PYTHONPATH=src:. .venv/bin/python -m tools.actors --check     # are the shipped files what a build gives?
    PYTHONPATH=src:. .venv/bin/python -m tools.actors --states    # what the names of states lack, for a reader

Without the data folder only the names of states are written, and the check compares digests with ``built.json``.
"""
