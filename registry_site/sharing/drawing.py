"""The picture that stands beside a link to the site where people share it: mark, title, name."""

import io
import unicodedata
from bisect import bisect
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

FONT = settings.BASE_DIR / "static" / "vendor" / "dejavu" / "DejaVuSans-Bold.ttf"
WIDTH, HEIGHT, MARGIN = 1200, 630, 72
# The tokens --brand, --on-brand, --focus and, for the demonstration, --sens-tint and --sens
# (static/css/tokens.css).
BRAND, ON_BRAND, LIT = "#1d2b53", "#ffffff", "#ffc400"
WARN_TINT, WARN = "#fdeee0", "#9a3b00"
# So much of a text is looked at, whatever its length. Sizes of a title, each with its lines.
LONGEST = 300
SIZES = ((68, 3), (56, 4), (46, 4))
# Templates/includes/mark.svg: where its lines begin, their curves, and the ends of these.
MARK_BOX = 36
CURVES = (
    ((7, 9), (15, 9), ((21, 9), (18, 27), (24, 27)), (29, 27)),
    ((7, 27), (13, 27), ((19, 27), (18, 9), (24, 9)), (29, 9)),
)
DOTS = ((7, 9, LIT), (7, 27, ON_BRAND), (29, 9, ON_BRAND), (29, 27, LIT))


def share_picture(title: str, *, below: str, site: str, warning: str) -> bytes:
    """A PNG of 1200 by 630; long texts are cut. Its description holds the words that are drawn."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), BRAND)
    draw = ImageDraw.Draw(picture)
    picture.paste(_mark(112), (MARGIN - 8, 48))
    draw.text((MARGIN + 128, 104), site, ON_BRAND, _font(36), anchor="lm")
    size, lines = _fitted(title)
    top = 212
    for line in lines:
        draw.text((MARGIN, top), line, ON_BRAND, _font(size))
        top += round(size * 1.25)
    named = _cut(below, 32, 1) if below else []
    for line in named:
        draw.text((MARGIN, top + 24), line, LIT, _font(32))
    if warning:
        draw.rectangle((0, HEIGHT - 64, WIDTH, HEIGHT), WARN_TINT)
        draw.text((MARGIN, HEIGHT - 32), _cut(warning, 28, 1)[0], WARN, _font(28), anchor="lm")
    else:
        draw.rectangle((0, HEIGHT - 16, WIDTH, HEIGHT), LIT)
    words = PngInfo()
    words.add_itxt("Description", "\n".join((site, *lines, *named, warning)))
    written = io.BytesIO()
    # Few colours in large areas: a palette halves the file.
    picture.quantize(64, dither=Image.Dither.NONE).save(written, "PNG", pnginfo=words)
    return written.getvalue()


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines; the smallest where none does."""
    for size, most in SIZES:
        lines = list(_lines(title, size))
        if len(lines) <= most:
            return size, lines
    return size, _cut(title, size, most)


def _cut(text: str, size: int, most: int) -> list[str]:
    lines = list(_lines(text, size))
    if len(lines) <= most:
        return lines or [""]
    kept = lines[:most]
    while kept[-1] and not _fits(f"{kept[-1]}…", size):
        kept[-1] = kept[-1][:-1]
    kept[-1] = f"{kept[-1].rstrip()}…"
    return kept


def _lines(text: str, size: int) -> Iterator[str]:
    line = ""
    for word in unicodedata.normalize("NFC", text[:LONGEST]).split():
        if line and not _fits(f"{line} {word}", size):
            yield line
            line = ""
        line = f"{line} {word}" if line else word
        while not _fits(line, size):
            ends = range(1, len(line))
            most = bisect(ends, False, key=lambda end, line=line: not _fits(line[:end], size))
            yield line[:most]
            line = line[most:]
    if line:
        yield line


def _fits(text: str, size: int) -> bool:
    return _font(size).getlength(text) <= WIDTH - 2 * MARGIN


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _mark(size: int) -> Image.Image:
    """The mark on its ground, drawn four times as large and made smaller: its edges are smooth."""
    scale = 4 * size / MARK_BOX
    picture = Image.new("RGB", (4 * size, 4 * size), BRAND)
    draw = ImageDraw.Draw(picture)
    for points in map(_points, CURVES):
        scaled = [(x * scale, y * scale) for x, y in points]
        draw.line(scaled, ON_BRAND, round(2.5 * scale), joint="curve")
    for x, y, colour in DOTS:
        draw.circle((x * scale, y * scale), 3.5 * scale, colour)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def _points(path: tuple) -> list[tuple[float, float]]:
    start, bend, (first, second, end), last = path
    curve = []
    for step in range(33):
        t = step / 32
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        corners = (bend, first, second, end)
        curve.append(
            tuple(
                sum(w * c[axis] for w, c in zip(weights, corners, strict=True)) for axis in (0, 1)
            )
        )
    return [start, *curve, last]
