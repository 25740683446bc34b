"""The day an article came out, where nobody says: from its own words, and from those of other articles.

``article`` gives the clues of one article, ``together`` ties the articles of a build by the contacts they share,
``solve`` works out which days are left and which words contradict one another. ``daysets`` are the sets of days,
``terms`` the terms of office. The reasons: docs/decisions/0006-when.md.
"""
