"""What time expressions mean: dates in four languages, weekdays by tense, days that do not exist, unknown days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozmova.languages import loader
from rozmova.records import TimeMention
from rozmova.text.analysis import analyst
from rozmova.times import amounts, edtf, mentions
from rozmova.times.amounts import Clock
from rozmova.times.edtf import Span
from rozmova.times.find import TimeRule, Timex
from rozmova.times.operations import FUTURE, PAST
from rozmova.times.resolve import resolve

DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))
MONTHS = {
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "January February March April May June July August September October November December",
}
IN_MONTH = {
    "uk": "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні",
    "pl": "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu",
    "ru": "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    "en": MONTHS["en"],
}
DATE_FORMS = [
    ("uk", "Зустріч відбулася {d} {month} {y} року в Осло."),
    ("uk", "Зустріч відбулася {d} {month} {y} р. в Осло."),
    ("uk", "Зустріч відбулася {d} {month} {y} в Осло."),
    ("uk", "Зустріч відбулася {d:02}.{m:02}.{y} в Осло."),
    ("uk", "Зустріч відбулася {d}.{m}.{y} в Осло."),
    ("pl", "Spotkanie odbyło się {d} {month} {y} roku w Oslo."),
    ("pl", "Spotkanie odbyło się {d} {month} {y} r. w Oslo."),
    ("pl", "Spotkanie odbyło się {d} {month} {y} w Oslo."),
    ("pl", "Spotkanie odbyło się {d:02}.{m:02}.{y} w Oslo."),
    ("ru", "Встреча состоялась {d} {month} {y} года в Осло."),
    ("ru", "Встреча состоялась {d} {month} {y} г. в Осло."),
    ("ru", "Встреча состоялась {d} {month} {y} в Осло."),
    ("ru", "Встреча состоялась {d:02}.{m:02}.{y} в Осло."),
    ("en", "The meeting took place on {d} {month} {y} in Oslo."),
    ("en", "The meeting took place on {month} {d}, {y} in Oslo."),
    ("en", "The meeting took place on the {d}th of {month} {y} in Oslo."),
    ("en", "The meeting took place on {y}-{m:02}-{d:02} in Oslo."),
]
MONTH_FORMS = [
    ("uk", "Вони говорили у {month} {y} року."),
    ("pl", "Rozmawiali w {month} {y} roku."),
    ("ru", "Они говорили в {month} {y} года."),
    ("en", "They talked in {month} {y}."),
]


def read(code: str, text: str, on: str = "") -> tuple[TimeMention, ...]:
    analysis = analyst(code).analyse(text)
    return mentions.mentions(analysis, mentions.find(analysis), edtf.read(on) if on else ())


def write(code: str, form: str, day: date, months: dict[str, str]) -> str:
    return form.format(d=day.day, m=day.month, y=day.year, month=months[code].split()[day.month - 1])


# dates that are said in full


@pytest.mark.parametrize(("code", "form"), DATE_FORMS)
@settings(deadline=None, max_examples=60)
@given(day=DAYS, on=st.none() | DAYS)
def test_a_date_in_any_form_is_itself(code: str, form: str, day: date, on: date | None) -> None:
    text = write(code, form, day, MONTHS)
    (found,) = read(code, text, on.isoformat() if on else "")
    assert (found.value, found.type, found.reason) == (day.isoformat(), "DATE", None)
    assert str(day.year) in found.text == text[found.start : found.end]


@pytest.mark.parametrize(("code", "form"), MONTH_FORMS)
@settings(deadline=None, max_examples=40)
@given(day=DAYS)
def test_a_month_of_a_year_is_itself(code: str, form: str, day: date) -> None:
    (found,) = read(code, write(code, form, day, IN_MONTH))
    assert found.value == f"{day:%Y-%m}"


@pytest.mark.parametrize(("code", "form"), [f for f in DATE_FORMS if "{month} {y}" in f[1]])
@pytest.mark.parametrize(("day", "month"), [(31, 6), (31, 4), (30, 2), (31, 11)])
def test_a_day_that_does_not_exist_has_a_reason(code: str, form: str, day: int, month: int) -> None:
    text = form.format(d=day, m=month, y=2022, month=MONTHS[code].split()[month - 1])
    (found,) = read(code, text, "2022-07-01")
    assert found.value is None
    assert found.reason == "there is no such day in the calendar"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("uk", "Зустріч відбулася 31 червня в Осло."),
        ("pl", "Spotkanie odbyło się 31 czerwca w Oslo."),
        ("ru", "Встреча состоялась 31 июня в Осло."),
        ("en", "The meeting took place on 31 June in Oslo."),
    ],
)
def test_31_june_of_no_year_has_a_reason(code: str, text: str) -> None:
    (found,) = read(code, text, "2022-07-01")
    assert found.value is None
    assert found.reason == "there is no such day in the calendar"


def test_29_february_is_a_day_of_leap_years_only() -> None:
    assert read("en", "They met on 29 February 2024.")[0].value == "2024-02-29"
    assert read("en", "They met on 29 February 2023.")[0].value is None


# weekdays


WEEKDAYS = [
    ("uk", "Посли зустрілися у {}.", PAST, "понеділок вівторок середу четвер п'ятницю суботу неділю"),
    ("uk", "Посли зустрінуться у {}.", FUTURE, "понеділок вівторок середу четвер п'ятницю суботу неділю"),
    ("pl", "Ambasadorowie spotkali się w {}.", PAST, "poniedziałek wtorek środę czwartek piątek sobotę niedzielę"),
    ("pl", "Ambasadorowie spotkają się w {}.", FUTURE, "poniedziałek wtorek środę czwartek piątek sobotę niedzielę"),
    ("ru", "Послы встретились в {}.", PAST, "понедельник вторник среду четверг пятницу субботу воскресенье"),
    ("ru", "Послы встретятся в {}.", FUTURE, "понедельник вторник среду четверг пятницу субботу воскресенье"),
    ("en", "The envoys met on {}.", PAST, "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
]


@pytest.mark.parametrize(("code", "form", "tense", "names"), WEEKDAYS)
@settings(deadline=None, max_examples=40)
@given(on=DAYS, number=st.integers(1, 7))
def test_a_weekday_goes_by_the_tense_of_its_verb(
    code: str, form: str, tense: str, names: str, on: date, number: int
) -> None:
    (found,) = read(code, form.format(names.split()[number - 1]), on.isoformat())
    day = date.fromisoformat(str(found.value))
    assert day.isoweekday() == number
    assert 0 <= (on - day if tense == PAST else day - on).days < 7


def timex(operation: str, captures: dict[str, object] | None = None, **arguments: object) -> Timex:
    return Timex(0, 1, TimeRule("a rule", "DATE", operation, dict(arguments)), dict(captures or {}))


def value(one: Timex, on: str, tense: str = "") -> str | None:
    return resolve(one, edtf.read(on), tense).value


@given(DAYS, st.integers(1, 7))
def test_a_weekday_of_last_or_next_week_lies_in_that_week(on: date, number: int) -> None:
    monday = on - timedelta(on.isoweekday() - 1)
    for week in (-1, 0, 1):
        found = value(timex("weekday", {"weekday": number}, week=week), on.isoformat())
        assert found == (monday + timedelta(7 * week + number - 1)).isoformat()


@given(DAYS, st.integers(1, 12), st.integers(1, 28))
def test_a_date_without_a_year_is_the_nearest_that_the_tense_allows(on: date, month: int, day: int) -> None:
    one = timex("calendar", {"month": month, "day": day})
    past, future = (date.fromisoformat(str(value(one, on.isoformat(), tense))) for tense in (PAST, FUTURE))
    assert past <= on <= future
    assert (on - past).days <= 366 >= (future - on).days
    near = date.fromisoformat(str(value(one, on.isoformat())))
    assert abs(near - on) == min(on - past, future - on)


@given(DAYS, st.integers(-10, 10))
def test_days_are_counted_from_the_day_of_publication(on: date, by: int) -> None:
    assert value(timex("shift", unit="day", by=by), on.isoformat()) == (on + timedelta(by)).isoformat()


@given(DAYS, st.integers(1, 40), st.sampled_from(["day", "week"]))
def test_ago_and_in_are_opposite(on: date, number: int, unit: str) -> None:
    days = timedelta(number * (7 if unit == "week" else 1))
    captures = {"number": str(number), "unit": unit}
    assert value(timex("shift", captures, direction="past"), on.isoformat()) == (on - days).isoformat()
    assert value(timex("shift", captures, direction="future"), on.isoformat()) == (on + days).isoformat()


# publication days that are not sure


def test_what_is_relative_needs_a_day_of_publication() -> None:
    found = resolve(timex("weekday", {"weekday": 1}), (), PAST)
    assert found.value is None
    assert found.reason == "relative to the day of publication, which is not known"


def test_the_last_full_date_lends_its_year() -> None:
    assert read("en", "They met on 14 February.")[0].value is None
    _, found = read("en", "They spoke on 11 February 2022. They met on 14 February.")
    assert (found.value, found.anchor) == ("2022-02-14", "«on 11 February 2022», 2022-02-11")


@pytest.mark.parametrize(
    ("code", "text", "wanted"),
    [
        ("uk", "Вони говорили 7 грудня 2021 року. Десять днів потому він написав.", "2021-12-17"),
        ("pl", "Rozmawiali 7 grudnia 2021 roku. Dziesięć dni później napisał.", "2021-12-17"),
        ("ru", "Они говорили 7 декабря 2021 года. Десять дней спустя он написал.", "2021-12-17"),
        ("en", "They spoke on 7 December 2021. Ten days later he wrote.", "2021-12-17"),
    ],
)
def test_later_is_counted_from_the_last_date_mentioned(code: str, text: str, wanted: str) -> None:
    first, later = read(code, text, "2022-06-01")
    assert later.value == wanted
    assert str(later.anchor) == f"«{first.text}», 2021-12-07"


def test_a_full_date_that_does_not_exist_lends_nothing() -> None:
    wrong, found = read("en", "They spoke on 31 June 2021. They met on 14 February.")
    assert wrong.value is None
    assert found.value is None


def test_later_than_nothing_has_a_reason() -> None:
    (found,) = read("en", "Ten days later he wrote.", "2022-06-01")
    assert found.value is None
    assert found.reason == "relative to another date, which the article does not give"


def test_a_long_chain_of_next_days_ends() -> None:
    found = read("en", "They met on 7 December 2021. " + "The next day he wrote. " * 30)
    assert found[8].value == "2021-12-15"
    assert found[-1].value is None


def test_a_day_that_may_be_any_of_half_a_year_is_not_said() -> None:
    half = edtf.read("2022-01-26/2022-09-04")
    for one in (timex("shift", unit="day", by=0), timex("weekday", {"weekday": 4})):
        found = resolve(one, half, PAST)
        assert (found.value, found.reason) == (None, "too many days are possible")
    assert resolve(timex("calendar", {"month": 1, "day": 26}), half, PAST).value == "2022-01-26"


@given(DAYS, st.integers(400, 4000))
def test_of_a_day_of_publication_known_too_badly_nothing_is_told(on: date, width: int) -> None:
    wide = (Span(on, on + timedelta(width), "span"),)
    assert resolve(timex("weekday", {"weekday": 1}), wide, PAST).value is None
    assert resolve(timex("calendar", {"month": 2, "day": 14}), wide, PAST).value is None


@given(DAYS, st.integers(0, 6), st.integers(1, 7), st.sampled_from([PAST, FUTURE]))
def test_every_possible_day_of_publication_counts(on: date, width: int, number: int, tense: str) -> None:
    one = timex("weekday", {"weekday": number})
    last = on + timedelta(width)
    together = resolve(one, (Span(on, last, "span"),), tense)
    single = {value(one, (on + timedelta(n)).isoformat(), tense) for n in range(width + 1)}
    assert {d.isoformat() for s in together.spans for d in (s.first,)} == single
    assert edtf.read(str(together.value)) == together.spans


def test_a_date_said_in_full_asks_for_no_day_of_publication() -> None:
    one = timex("calendar", {"numeric": "14.02.2022"})
    for published in ((), edtf.read("1999"), edtf.read("[2020-01-01,2021-01-01]")):
        found = resolve(one, published, FUTURE)
        assert (found.value, found.basis) == ("2022-02-14", "explicit")


# durations and clocks


@pytest.mark.parametrize(
    ("code", "text", "wanted"),
    [
        ("uk", "Вони говорили 50 хвилин.", "PT50M"),
        ("pl", "Rozmawiali 50 minut.", "PT50M"),
        ("ru", "Они говорили 50 минут.", "PT50M"),
        ("en", "They talked for 50 minutes.", "PT50M"),
        ("uk", "Вони говорили півтори години.", "PT1H30M"),
        ("pl", "Rozmawiali półtorej godziny.", "PT1H30M"),
        ("ru", "Они говорили полтора часа.", "PT1H30M"),
    ],
)
def test_a_duration(code: str, text: str, wanted: str) -> None:
    (found,) = read(code, text)
    assert (found.value, found.type) == (wanted, "DURATION")


@given(st.integers(1, 600))
def test_minutes_are_hours_and_minutes(number: int) -> None:
    found = resolve(timex("duration", {"number": str(number), "unit": "minute"}), (), "")
    hours, minutes = divmod(number, 60)
    assert found.minutes == number
    assert found.value == "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")


@pytest.mark.parametrize(
    ("zone", "wanted"),
    [
        (None, "2022-02-11T18:30"),
        ("Europe/Kyiv", "2022-02-11T18:30:00+02:00"),
        ("UTC", "2022-02-11T18:30:00+00:00"),
    ],
)
def test_a_time_of_day_has_the_offset_of_its_zone(zone: str | None, wanted: str) -> None:
    assert amounts.at("2022-02-11", Clock("18:30", zone)) == wanted


def test_the_offset_is_that_of_the_very_day() -> None:
    assert amounts.at("2022-07-11", Clock("18:30", "Europe/Kyiv")).endswith("+03:00")


@pytest.mark.parametrize(
    ("other", "same"),
    [("23:35", True), ("22:35", False)],
)
def test_two_zones_of_one_moment_must_agree(other: str, same: bool) -> None:
    one = Clock("15:35", "America/New_York")
    assert amounts.agree("2021-12-30", one, Clock(other, "Europe/Moscow")) is same


def test_midnight_may_lie_between_two_zones() -> None:
    assert amounts.agree("2021-12-30", Clock("20:00", "America/New_York"), Clock("02:00", "Europe/Warsaw"))


@pytest.mark.parametrize(("code", "form"), [f for f in DATE_FORMS if "{month} {y}" in f[1]])
@settings(deadline=None, max_examples=20)
@given(day=DAYS)
def test_capitals_change_nothing(code: str, form: str, day: date) -> None:
    text = write(code, form, day, MONTHS)
    assert [found.value for found in read(code, text.upper())] == [day.isoformat()]


# a page of dates, ten thousand figures


@pytest.mark.parametrize("code", loader.codes())
def test_pathological_texts_give_what_they_hold(code: str) -> None:
    assert read(code, "1" * 10_000) == ()
    found = read(code, "12.02.2022, " * 500)
    assert [mention.value for mention in found] == ["2022-02-12"] * 500


# texts without time


NOTHING = {
    "uk": "Посли мовчали і дивилися на річку.",
    "pl": "Ambasadorowie milczeli i patrzyli na rzekę.",
    "ru": "Послы молчали и смотрели на реку.",
    "en": "The envoys were silent and may march by the river.",
}


@pytest.mark.parametrize("code", loader.codes())
def test_a_text_without_time_has_none(code: str) -> None:
    assert read(code, NOTHING[code]) == ()
