"""The pages in a real browser, with hostile text in every field and JavaScript off, and axe-core over each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rozmova.cli.build import fill
from rozmova.cli.demo import FOLDER, named, read_outlets
from rozmova.names.actors import load
from rozmova.sources.files import find_files
from rozmova.store import Store, open_store
from rozmova.store.filters import Filters
from rozmova.store.fingerprint import fingerprint
from rozmova.web.report import write_report
from web_pages import KINDS, addresses, serving

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


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The record of the demo articles behind a real server."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    files = list(find_files([FOLDER / "corpus"]))
    outlets = read_outlets(FOLDER / "outlets.tsv")
    with open_store(path) as store:
        fill(store, files, lambda file: named(file, outlets), load(), fingerprint(), quiet=True)
    with serving(path) as address:
        yield address


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


def until(page: Any, condition: str) -> None:
    """Wait for a condition in JavaScript; Playwright's own waiting is against the pages' security policy."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never so: {condition}; {page.url}, {page.evaluate('scrollY')} down")


@pytest.mark.parametrize("kind", [*KINDS, "wrong query"])
def test_axe_finds_nothing_serious(browser: Any, served: str, hostile: Store, kind: str) -> None:
    address = addresses(hostile).get(kind, "/search?q=colour:red")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for width, scheme in ((1280, "light"), (390, "dark")):
        page, _ = opened(browser, served + address, width, scheme, scripts=True)
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


def test_with_javascript_a_filter_swaps_the_list_alone(browser: Any, served: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 700})
    page = context.new_page()
    wrong: list[str] = []
    loads: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: loads.append(request.url) if request.is_navigation_request() else None)
    page.add_init_script("addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective))")
    page.goto(f"{served}/timeline")
    page.evaluate("window.kept = 'the same document'")
    loads.clear()

    page.locator(".filters").get_by_role("link", name="planned").click()
    page.wait_for_url("**/timeline?status=planned")
    until(page, "document.querySelectorAll('main article.contact').length === 1")
    assert page.evaluate("window.kept") == "the same document" and not loads
    assert page.evaluate("document.activeElement.dataset.stay") == "status:planned"
    until(page, "document.getElementById('said').textContent.includes('1–1 of 1 contact')")
    assert "status=planned" in page.locator("#foot").get_by_role("link", name="JSON").get_attribute("href")

    page.get_by_label("Search the record").fill("spoke number")
    page.get_by_label("Search the record").press("Enter")
    page.wait_for_url("**/search?q=spoke%20number")
    page.wait_for_selector("article.hit mark")
    assert page.title().startswith("Search: spoke number") and page.evaluate("window.kept") and not loads
    assert page.locator("#top a[aria-current]").inner_text() == "Search"
    assert page.evaluate("document.activeElement.id") == "main"

    page.go_back()
    page.wait_for_selector("main article.contact")
    assert page.url.endswith("/timeline?status=planned") and page.title().startswith("Timeline")
    assert page.locator("main article.contact").count() == 1
    page.go_back()
    until(page, "document.querySelectorAll('main article.contact').length === 2")
    assert page.url.endswith("/timeline") and page.evaluate("window.kept") and not loads
    page.get_by_label("Person, state or body").fill("Байден")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/timeline?party=*")
    assert page.url.count("=") == 1, "empty fields stay out of the address"
    until(page, "document.querySelectorAll('main article.contact').length === 1")
    page.go_back()
    until(page, "document.querySelectorAll('main article.contact').length === 2")
    page.get_by_role("link", name="newest first").or_(page.get_by_role("link", name="oldest first")).click()
    page.wait_for_url("**/timeline?order=oldest")
    assert page.evaluate("window.kept") and not loads, "links work after going back, too"

    page.locator("article.contact a.through").first.click()
    page.wait_for_selector("h2#fields")
    assert len(loads) == 1, "a contact is a page of its own"
    assert wrong == []
    context.close()


def test_a_wrong_query_and_a_plain_refusal_show_with_javascript(browser: Any, served: str) -> None:
    page, _ = opened(browser, f"{served}/search", 1280, "light", scripts=True)
    page.evaluate("window.kept = true")
    page.locator("#q").fill("colour:red")
    page.locator("#q").press("Enter")
    page.wait_for_selector("#q-error")
    assert page.evaluate("window.kept") and page.locator("#q").input_value() == "colour:red"
    assert page.evaluate("document.activeElement.id") == "q"
    page.evaluate("document.getElementById('q').maxLength = 100000")
    page.locator("#q").fill("a" * 10_000)
    with page.expect_navigation():
        page.locator("#q").press("Enter")
    until(page, "document.body.innerText.includes('too long')")
    page.context.close()


def test_where_one_was_in_the_list_is_kept_on_the_way_back(browser: Any, demo: str) -> None:
    page, _ = opened(browser, f"{demo}/timeline", 1280, "light", scripts=True)
    page.locator("summary", has_text="Outlet").click()
    page.evaluate("scrollTo({top: 3000, behavior: 'instant'})")
    page.evaluate("document.querySelector('a[rel=next]').click()")  # a click by Playwright would scroll to it
    page.wait_for_url("**/timeline?page=2")
    until(page, "scrollY < 10")
    assert page.locator("details[data-facet=outlet]").get_attribute("open") is not None
    page.go_back()
    until(page, "Math.abs(scrollY - 3000) < 10")
    page.context.close()


@pytest.mark.parametrize("address", ["/timeline", "/search"])
def test_the_first_page_is_small(browser: Any, demo: str, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    talk = context.new_cdp_session(page)
    talk.send("Network.enable")
    sent: dict[str, float] = {}
    talk.on("Network.loadingFinished", lambda event: sent.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(demo + address, wait_until="networkidle")
    assert len(sent) >= 4, "the page, its styles and two scripts"
    assert 10_000 < sum(sent.values()) < 100_000
    context.close()


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
