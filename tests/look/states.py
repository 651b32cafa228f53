"""What a page can look like, and what must hold in each: WCAG 2.2 AA, and axe's best practices."""

from collections.abc import Iterator

from tests import axe

WIDTHS = (320, 390, 768, 1280, 1920)
HEIGHT = 844

# Texts on a drawing, whose colours axe cannot tell: numbers of exchanges on their circles.
LOOKED_AT = r"<span>\d+<.span>$"

# A text that must not break and has too little room.
STICKING_OUT = """() => [...document.querySelectorAll("main *")].filter(element =>
    getComputedStyle(element).whiteSpace === "nowrap" && element.checkVisibility()
    && !element.closest(".visually-hidden, svg")
    && element.getBoundingClientRect().right
       > element.parentElement.getBoundingClientRect().right + 1
).map(element => `sticks out: ${element.outerHTML.slice(0, 120)}`)"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
RUN = """async rules => {
    const only = rules.length ? {runOnly: {type: "rule", values: rules}} : {};
    // It need not fetch the stylesheets again: what it would look for in them are films and sounds.
    const options = {preload: false, resultTypes: ["violations", "incomplete"]};
    const found = await axe.run({...only, ...options});
    const told = list => list.flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.html.slice(0, 120)}`)
    );
    const undecided = told(found.incomplete.filter(rule => rule.id === "color-contrast"));
    return [
        ...told(found.violations),
        ...undecided.filter(text => !LOOKED_AT.test(text)).map(text => `undecided ${text}`),
    ];
}""".replace("LOOKED_AT", f"/{LOOKED_AT}/")
# Where a text that is cut off would be cut.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
# Parts that a style hides although nobody has closed them.
HIDDEN = """() => [...document.querySelectorAll("main :is(aside, section, form)")]
    .filter(part => !part.checkVisibility() && !part.closest("details:not([open])"))
    .map(part => part.outerHTML.slice(0, 100))"""
UNSPACED = "() => { document.adoptedStyleSheets = []; }"


def problems_of(window) -> Iterator[str]:
    """What is wrong with the page in this window, in any state, each with the state."""
    axe.load(window)
    hidden = []
    for width in WIDTHS:
        window.set_viewport_size({"width": width, "height": HEIGHT})
        # What a width can change; two of them are looked at whole.
        rules = [] if width in (390, 1280) else ["target-size", "scrollable-region-focusable"]
        found = [*_axe(window, rules), *_too_wide(window), *window.evaluate(STICKING_OUT)]
        yield from (f"{width}: {text}" for text in found)
        hidden.append(window.evaluate(HIDDEN))
        if width == 320:
            window.evaluate(SPACED)
            yield from (f"spaced: {text}" for text in _too_wide(window))
            window.evaluate(UNSPACED)
        for name in MEDIA_AT.get(width, ()):
            yield from (f"{name}: {text}" for text in _in_media(window, name))
    yield from (f"at no width: {part}" for part in set(hidden[0]).intersection(*hidden))
    window.set_viewport_size({"width": PAPER, "height": HEIGHT})
    yield from (f"print: {text}" for text in _in_media(window, "print"))


# To lay a page out anew costs time: what needs the same width follows each other.
PAPER = 718
MEDIA_AT = {390: ("dark", "forced colours")}
MEDIA = {
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "print": {"media": "print"},
}


def _in_media(window, name: str) -> list[str]:
    window.emulate_media(**MEDIA[name])
    # Forced colours are those that the person chose.
    found = [] if name == "forced colours" else _axe(window, ["color-contrast"])
    found += _too_wide(window)
    window.emulate_media(**dict.fromkeys(MEDIA[name], "null"))
    return found


def _axe(window, rules: list[str]) -> list[str]:
    return window.evaluate(RUN, rules)


def _too_wide(window) -> list[str]:
    too_wide = window.evaluate(TOO_WIDE)
    return [f"{too_wide} px too wide"] if too_wide > 0 else []
