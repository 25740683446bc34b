"""The pages in a real browser, with hostile text in every field and JavaScript off, and axe-core over each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rozmova.store import Store
from rozmova.store.filters import Filters
from rozmova.web.report import write_report
from web_pages import KINDS, addresses

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(),
    reason=f"NO BROWSER: {CHROMIUM} is missing, so pages were not looked at (apt install chromium)",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="NO BROWSER: playwright is not installed")
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(SWITCHES))
        yield found
        found.close()


def opened(browser: Any, url: str, width: int, scheme: str, scripts: bool = False) -> tuple[Any, list[str]]:
    """The page, and what it asked of anybody."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts, bypass_csp=scripts
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    return page, asked


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_serious(browser: Any, served: str, hostile: Store, kind: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for width, scheme in ((1280, "light"), (390, "dark")):
        page, _ = opened(browser, served + addresses(hostile)[kind], width, scheme, scripts=True)
        found = axe.run(page).response["violations"]
        serious = [
            f"{v['id']}: {[n['html'][:200] for n in v['nodes'][:3]]}"
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert not serious, (scheme, serious)
        page.context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_pages_ask_nobody_else_and_fit_the_phone(browser: Any, served: str, hostile: Store, kind: str) -> None:
    page, asked = opened(browser, served + addresses(hostile)[kind], 390, "dark")
    assert asked and all(url.startswith(served) for url in asked), asked
    page.context.close()
    page, _ = opened(browser, served + addresses(hostile)[kind], 390, "light", scripts=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()


def test_filtering_works_without_javascript(browser: Any, served: str) -> None:
    page, _ = opened(browser, f"{served}/timeline", 1280, "light")
    page.get_by_label("Person, state or body").fill("Байден")
    page.get_by_role("button", name="Show").click()
    assert "party=%D0%91" in page.url
    assert page.locator("article.contact").count() == 1
    page.locator(".filters").get_by_role("link", name="planned").click()
    assert "status=planned" in page.url and "party=" in page.url
    page.get_by_role("link", name="clear all").click()
    assert page.locator("article.contact").count() == 2
    page.context.close()


def test_the_keyboard_reaches_the_content_first(browser: Any, served: str) -> None:
    page, _ = opened(browser, f"{served}/timeline", 1280, "light", scripts=True)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.context.close()


def test_a_report_opens_from_disk_and_asks_nobody(browser: Any, hostile: Store, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    file = tmp_path / "report.html"
    with file.open("w", encoding="utf-8") as out:
        write_report(hostile, out, Filters(), title="A record", limit=100)
    for width, scheme in ((1280, "light"), (390, "dark")):
        # Axe is a script, which the file's own policy forbids: the first look is under the policy, the second is not.
        for without in (False, True):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=without
            )
            page = context.new_page()
            asked: list[str] = []
            said: list[str] = []
            page.on("request", lambda request, to=asked: to.append(request.url))
            page.on("console", lambda message, to=said: to.append(message.text))
            page.goto(file.as_uri())
            assert asked == [file.as_uri()] and not said
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "928px"
            if without:
                found = axe.run(page).response["violations"]
                serious = [v for v in found if v["impact"] in ("serious", "critical")]
                assert not serious, [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in serious]
            context.close()
