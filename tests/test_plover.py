"""Contacts as PLOVER events: each status with its root, CONSULT with its mode."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from handmade import PARTIES
from rozmova import plover
from rozmova.languages import loader
from rozmova.plover import Event, of_contact
from rozmova.records import Contact, Part, Party, Place

CONTACT = Contact(
    parties=(PARTIES["Biden"], PARTIES["Zelenskyy"]), channel="unspecified", form="conversation", status="held",
    date=None, date_basis=None, initiator=None, place=None, duration_minutes=None, duration_qualifier=None, topics=(),
    evidence=(),
)  # fmt: skip
KYIV, GENEVA = Place(id="Q1899", name="Kyiv", state="UKR"), Place(id="Q71", name="Geneva", state="CHE")


def party(name: str, part: Part) -> Party:
    return replace(PARTIES[name], part=part)


@pytest.mark.parametrize(
    "status, event",
    [
        ("held", Event("CONSULT")), ("planned", Event("AGREE")), ("proposed", Event("REQUEST", "meet")),
        ("declined", Event("REJECT", "meet")), ("cancelled", None),
    ],
)  # fmt: skip
def test_status_tells_the_root(status: str, event: Event | None) -> None:
    assert of_contact(replace(CONTACT, status=status)) == event


def test_a_call_is_by_phone_wherever_it_was_made() -> None:
    assert of_contact(replace(CONTACT, channel="phone", place=GENEVA)) == Event("CONSULT", "phone")


def test_a_state_of_neither_is_a_third_party() -> None:
    assert of_contact(replace(CONTACT, channel="in_person", place=GENEVA)) == Event("CONSULT", "third-party")


def test_who_comes_to_the_other_visits() -> None:
    assert of_contact(replace(CONTACT, channel="in_person", place=KYIV)) == Event("CONSULT", "visit")
    there = (party("Biden", "visitor"), party("Zelenskyy", "host"))
    assert of_contact(replace(CONTACT, channel="in_person", parties=there)) == Event("CONSULT", "visit")


def test_three_sides_are_multilateral() -> None:
    three = (*CONTACT.parties, PARTIES["Poland"])
    assert of_contact(replace(CONTACT, channel="in_person", parties=three, place=KYIV)) == Event(
        "CONSULT", "multilateral"
    )


def test_acts_amount_to_roots_that_there_are() -> None:
    acts = loader.table(loader.SHARED, "acts")
    assert {root for root in acts.values() if root not in (None, "null")} <= plover.ROOTS
