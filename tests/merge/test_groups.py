"""Reports that leave out a side, and contacts of one day that an account fits alike."""

from __future__ import annotations

from itertools import permutations

import pytest

from merge.newsroom import Newsroom, contact, party, reading
from rozmova.merge import merge
from rozmova.records import Channel, Contact, Party, Reading

HOST = "Cavusoglu/TUR"
TWO = ("Lavrov/RUS", "Kuleba/UKR")


FIVE = ("A/FRA", "B/DEU", "C/ITA", "D/POL", "E/UKR")


def talks(*parties: str | Party, place: str | None = "Antalya", channel: Channel = "in_person") -> Contact:
    return contact(*parties, date="2022-03-10", channel=channel, place=place)


@pytest.mark.parametrize(
    ("all_of_them", "some", "contacts"),
    [
        (talks(HOST, *TWO), talks(*TWO), 1),  # in the host's own state
        (talks(HOST, *TWO, place="Geneva"), talks(*TWO, place="Geneva"), 2),
        (talks(HOST, *TWO), talks(*TWO, place=None), 2),
        (talks(HOST, *TWO), talks(HOST, TWO[0]), 2),  # the third is no host
        (talks(party(HOST, part="host"), *TWO, place="Geneva"), talks(*TWO, place="Geneva"), 1),
        (talks(party(HOST, part="host"), *TWO, place=None), talks(*TWO, place=None), 2),
        (talks(party(HOST, part="mediator"), *TWO, place=None, channel="phone"),
         talks(*TWO, place=None, channel="phone"), 1),
        (talks(party("Guterres/UN", part="mediator"), HOST, *TWO), talks(*TWO), 1),
        (talks("Guterres/UN", HOST, *TWO), talks(*TWO), 2),
    ],
)  # fmt: skip
def test_the_host_or_mediator_of_talks_may_be_left_out(all_of_them: Contact, some: Contact, contacts: int) -> None:
    assert len(merge([reading("a", "2022-03-10", all_of_them), reading("b", "2022-03-10", some)])) == contacts


def test_where_an_article_tells_of_both_the_talks_without_the_host_are_contacts_of_their_own() -> None:
    said = [
        reading("three", "2022-03-10", talks(HOST, *TWO)),
        reading("two", "2022-03-10", talks(*TWO)),
        reading("both", "2022-03-11", talks(HOST, *TWO), talks(*TWO)),
    ]
    for order in permutations(said):
        assert sorted(len(m.parties) for m in merge(order)) == [2, 3]
        assert all(len({len(a.contact.parties) for a in m.accounts}) == 1 for m in merge(order))


def visit(*parties: str, date: str | None, place: str = "Kyiv") -> Contact:
    return contact(*parties, date=date, channel="in_person", place=place)


def test_two_reports_without_a_day_may_leave_out_different_sides_of_a_contact_that_has_one() -> None:
    four = ("A/FRA", "B/DEU", "C/ITA", "D/UKR")
    sure = reading("sure", "2022-06-16", visit(*four, date="2022-06-16"))
    vague = reading("vague", "2022-06-20", visit(*four, date="2022-06-13/2022-06-19"))
    fewer = reading("fewer", "2022-06-17", visit(*four[1:], date=None))
    assert len(merge([sure, vague, fewer])) == 1
    assert len(merge([vague, fewer])) == 2
    others = reading("others", "2022-06-17", visit("A/FRA", "X/DEU", "D/UKR", date=None))
    assert len(merge([sure, vague, others])) == 2


@pytest.mark.parametrize(
    ("others", "day", "contacts"),
    [
        ((*FIVE[:2], *FIVE[3:]), "2022-06-16", 1),  # neither is a part of the other, both of the whole
        ((*FIVE[:2], *FIVE[3:]), "2022-06-17", 2),
        ((*FIVE[1:4], "X/UKR"), "2022-06-16", 2),
        ((*FIVE[:2], "D/POL", "F/USA"), "2022-06-16", 2),
    ],
)
def test_parts_of_one_group(others: tuple[str, ...], day: str, contacts: int) -> None:
    said = [
        reading("whole", "2022-06-17", visit(*FIVE, date="2022-06-16")),
        reading("some", "2022-06-16", visit(*FIVE[:3], FIVE[4], date="2022-06-16")),
        reading("others", "2022-06-16", visit(*others, date=day)),
    ]
    assert {len(merge(order)) for order in permutations(said)} == {contacts}
    assert len(merge(said[1:])) == 2  # nobody tells of the whole


def calls(third: Contact, published: str, *, topics: tuple[str, ...] = ()) -> list[Reading]:
    """Two calls of one day, 105 and 30 minutes long, the first with ``topics``, and a third report."""
    news = Newsroom()
    long, short = (contact(date="2022-02-20", minutes=m, topics=t) for m, t in ((105, topics), (30, ())))
    news.tell("2022-02-21", long, short)
    news.tell("2022-02-20", contact(date="2022-02-20", minutes=105, topics=topics))
    news.tell("2022-02-20", contact(date="2022-02-20", minutes=105))
    news.tell("2022-02-22", contact(date="2022-02-20", minutes=30))
    news.tell(published, third)
    return news.readings


@pytest.mark.parametrize(
    ("published", "topics", "said", "minutes"),
    [
        ("2022-02-20", (), (), 105),  # the day on which the longer one was told
        ("2022-02-22", (), (), 30),
        ("2022-02-21", (), (), 105),  # as near to both: the one told more
        (None, (), (), 105),
        ("2022-02-22", ("gas",), ("Gas", "war"), 105),  # its topic
        ("2022-02-22", ("gas",), ("war",), 30),
    ],
)
def test_of_two_calls_of_one_day_topics_decide_then_the_publication_then_the_number(
    published: str | None, topics: tuple[str, ...], said: tuple[str, ...], minutes: float
) -> None:
    third = contact(date="2022-02-20", topics=said)
    readings = calls(third, published, topics=topics)  # type: ignore[arg-type]
    (found,) = [m for m in merge(readings) if any(a.contact == third for a in m.accounts)]
    assert found.duration_minutes == minutes
    assert len(merge(readings)) == 2


def test_a_letter_has_one_answer() -> None:
    dated = reading("dated", "2022-02-18", contact(date="2022-02-17", channel="letter", form="reply"))
    later = reading("later", "2022-02-25", contact(channel="letter", form="reply"))
    assert len(merge([dated, later])) == 1
    another = reading("another", "2022-02-25", contact(channel="letter", form="letter"))
    assert len(merge([dated, another])) == 2
    first = reading("first", "2022-02-18", contact(date="2022-02-17", channel="letter", form="letter"))
    assert len(merge([first, another])) == 2  # letters come often
