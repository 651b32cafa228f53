"""What changed in the formats of files and feeds, the newest first: the open data page tells it.

Names in JSON, and of columns in all languages, stay; whatever else changes stands here.
"""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FORMAT_CHANGES: tuple[tuple[date, Promise], ...] = (
    (date(2026, 11, 26), _("New: linked data, as Turtle, JSON-LD and N-Triples.")),
    (
        date(2026, 11, 26),
        _(
            "New: files of all versions, and feeds. In Excel and CSV files in one language, a text "
            "in another language begins with that language, such as [fr]."
        ),
    ),
    (date(2026, 11, 25), _("The first files: Excel, CSV, JSON and JSON Lines.")),
)
