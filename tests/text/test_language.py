"""Which language a text is in, and which are refused."""

from __future__ import annotations

import pytest

from rozmova.languages import loader
from rozmova.text.language import detect

SUPPORTED = """
uk Посли двох країн зустрілися вранці біля річки й довго говорили про новий міст, який має з'єднати береги.
uk Зустріч відбулася.
uk Її слова почули всі.
pl Ambasadorowie dwóch krajów spotkali się rano nad rzeką i długo rozmawiali o moście, który połączy brzegi.
pl Rozmowa się odbyła.
pl Łódź płynie wzdłuż brzegu.
ru Послы двух стран встретились утром у реки и долго говорили о новом мосте, который соединит берега.
ru Встреча прошла.
ru Это были тёплые слова, и мы их услышали.
en The envoys of two countries met in the morning by the river and talked for long about the new bridge.
en The talks were short.
en Lavrov and Blinken will meet in Geneva.
en Scholz met Macron in Paris.
en On 14 February 2022 Scholz met Zelensky in Kyiv.
en Emmanuel Macron met Vladimir Putin in Moscow on 7 February 2022.
pl Macron i Scholz byli w Kijowie.
uk Макрон і Шольц були в Києві.
"""
REFUSED = """
be Паслы дзвюх краін сустрэліся раніцай ля ракі і доўга размаўлялі пра новы мост, які злучыць берагі.
be Сустрэча адбылася ўчора ў горадзе, і ўсе пачулі гэтыя словы.
cs Velvyslanci obou zemí se ráno sešli u řeky a dlouho mluvili o novém mostě, který spojí břehy.
cs Schůzka se konala včera ve městě.
de Die Botschafter der beiden Länder trafen sich am Morgen am Fluss und sprachen lange über die neue Brücke.
de Das Treffen fand gestern in der Stadt statt.
sk Veľvyslanci oboch krajín sa ráno stretli pri rieke a dlho hovorili o novom moste, ktorý spojí brehy.
fr Les ambassadeurs des deux pays se sont rencontrés le matin au bord de la rivière et ont longtemps parlé.
nl Macron sprak met Poetin in Moskou.
nl Rutte belde met Macron over het plan.
af President Putin het met Macron in Moskou vergader.
it Il presidente Mattarella ha incontrato Zelensky a Roma.
cs Prezident Zeman mluvil s Bidenem.
da Statsminister Frederiksen mødte Biden.
de Merkel traf Macron in Paris.
sr Амбасадори двеју земаља састали су се ујутру поред реке и дуго разговарали о новом мосту.
"""


@pytest.mark.parametrize("line", SUPPORTED.strip().splitlines())
def test_a_language_with_data(line: str) -> None:
    code, _, text = line.partition(" ")
    assert detect(text) == (code, True)


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_another_language_is_refused(line: str) -> None:
    _, _, text = line.partition(" ")
    assert not detect(text)[1]


@pytest.mark.parametrize("text", ["", "   \n", "14.02.2022 18:30 50 %", "—!?...", "123 456"])
def test_a_text_without_letters_is_refused(text: str) -> None:
    assert not detect(text)[1]


def test_all_languages_with_data_are_tried() -> None:
    assert {line.split()[0] for line in SUPPORTED.strip().splitlines()} == set(loader.codes())
