"""How well the contacts read agree with contacts written down by hand: gold files, scores, intervals, a report.

``evaluate(gold_paths, read)`` scores an analysis, ``evaluate_readings`` scores readings made earlier, ``render`` prints
the result as a table and ``to_dicts`` gives it as plain dictionaries.
"""

from rozmova.evaluation.gold import (
    GoldArticle,
    GoldContact,
    GoldError,
    GoldParty,
    Selection,
    is_held_out,
    load_gold,
    select,
)
from rozmova.evaluation.report import Evaluation, Group, evaluate, evaluate_readings, render, to_dicts
from rozmova.evaluation.score import ArticleScore, Counts, score_article

__all__ = [
    "ArticleScore",
    "Counts",
    "Evaluation",
    "GoldArticle",
    "GoldContact",
    "GoldError",
    "GoldParty",
    "Group",
    "Selection",
    "evaluate",
    "evaluate_readings",
    "is_held_out",
    "load_gold",
    "render",
    "score_article",
    "select",
    "to_dicts",
]
