from __future__ import annotations
def find(analysis, views, contacts, speaker):
    return ()
