"""Rozmova reads news articles and writes a sourced record of diplomatic contacts."""

__version__ = "0.1.0"
