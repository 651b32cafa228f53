"""Every page in every language, width, scheme of colours, without colours, printed, with errors."""

import pytest

from tests.browser import needs_browser
from tests.conftest import LANGUAGES
from tests.look.pages import every_page
from tests.look.states import problems_of

pytestmark = needs_browser


OUTLINE = """() => {
    const shown = [...document.querySelectorAll("h1, h2, h3, h4")].filter(h => h.checkVisibility());
    const levels = shown.map(h => Number(h.tagName[1]));
    const jumps = levels.filter((level, at) => at && level > levels[at - 1] + 1).length;
    const names = [...document.querySelectorAll("nav")].map(nav => nav.ariaLabel ?? "");
    return {
        first: levels[0], ones: levels.filter(level => level === 1).length, jumps,
        mains: document.querySelectorAll("main").length,
        headers: document.querySelectorAll("body > header").length,
        footers: document.querySelectorAll("body > footer").length,
        unnamed: names.filter(name => !name).length,
        twice: names.length - new Set(names).size,
    };
}"""
# One title, no level left out, landmarks that are told apart.
ONE_TITLE = {"first": 1, "ones": 1, "jumps": 0, "mains": 1, "headers": 1, "footers": 1}
ONE_TITLE |= {"unnamed": 0, "twice": 0}

TITLE_TOP = "document.querySelector('h1').getBoundingClientRect().top + scrollY"


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_accessible_and_fits_in_every_state(language, site, browser):
    context = browser.new_context(locale=language)
    window = context.new_page()
    requests, complaints = [], []
    window.on("request", lambda request: requests.append(request.url))
    window.on("console", lambda message: complaints.append(message.text))
    window.on("pageerror", lambda error: complaints.append(str(error)))

    problems, outlines, scripted, low = [], {}, set(), set()
    for shown in every_page(window, site, language):
        window.set_viewport_size({"width": 390, "height": 844})
        if window.evaluate(TITLE_TOP) > 170:
            low.add(shown.name)
        problems += [f"{shown.name} {problem}" for problem in problems_of(window)]
        outlines[shown.name] = window.evaluate(OUTLINE)
        # What search engines read is data, and runs nothing.
        if window.locator("script:not([type='application/ld+json'])").count():
            scripted.add(shown.name.partition("?")[0])

    context.close()
    assert problems == []
    assert {name: outline for name, outline in outlines.items() if outline != ONE_TITLE} == {}
    assert scripted == {"home", "processing/"}
    # The header leaves the screen to the content; above it may stand what is wrong in a form.
    assert low <= {"a form with errors"}
    assert [text for text in complaints if "the server responded with" not in text] == []
    assert [url for url in requests if not url.startswith(site.url)] == []


FOCUS = """() => {
    const focused = document.activeElement;
    if (focused === document.body) return null;
    const box = focused.getBoundingClientRect(), style = getComputedStyle(focused);
    const x = box.x + Math.min(box.width / 2, 20), y = box.y + Math.min(box.height / 2, 8);
    const top = document.elementFromPoint(x, y);
    return {
        what: focused.outerHTML.slice(0, 100),
        ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        visible: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        covered: !(top && (focused.contains(top) || top.contains(focused))),
    };
}"""


@pytest.mark.parametrize(("width", "language"), [(390, "de"), (1280, "fr")])
def test_focus_is_seen_wherever_tab_leads(width, language, site, browser):
    context = browser.new_context(viewport={"width": width, "height": 844})
    window = context.new_page()
    wrong = []
    for shown in every_page(window, site, language):
        window.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        for _press in range(30):
            window.keyboard.press("Tab")
            focus = window.evaluate(FOCUS)
            if focus is None:
                break
            if not focus["ringed"] or not focus["visible"] or focus["covered"]:
                wrong.append((shown.name, focus))
    context.close()
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_works_without_a_script(language, site, browser):
    context = browser.new_context(java_script_enabled=False)
    window = context.new_page()
    window.goto(f"{site.url}/{language}/")

    window.fill("[name=q]", "passport")
    window.keyboard.press("Enter")
    window.wait_for_url(f"{site.url}/{language}/processing/**")

    found = window.locator("main .entries a").count()
    context.close()
    assert found > 0
