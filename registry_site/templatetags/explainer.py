from collections.abc import Iterable

from babel.lists import format_list
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from processing.entry.sections import SECTIONS
from registry_site.explainer.glossary import Meaning, meanings, named_in
from registry_site.explainer.topic import Topic

register = template.Library()

# So many are offered on top of what a search finds.
MOST_EXPLAINED = 3

# As Belgium writes English: no comma before the last of several.
WITHOUT_SERIAL_COMMA = {"en": "en_GB"}

# Section of an entry's page -> keys of the terms that it speaks of.
TERMS_IN_SECTION = {
    "served": ("processor", "controller", "third_party"),
    "purposes": ("purpose", "purpose_limitation", "federal_body"),
    "people": ("data_subject", "categories_of_data_subjects"),
    "data": (
        *("personal_data", "categories_of_personal_data", "retention_period"),
        *("special_categories", "criminal_convictions"),
    ),
    "recipients": ("recipient", "processor", "categories_of_recipients", "protocol"),
    "legal-basis": ("processing", "legal_basis", "gdpr", "legitimate_interests"),
    "sources": ("source_of_data", "authentic_source"),
    "transfers": (
        *("transfer", "eea", "third_country"),
        *("adequacy_decision", "appropriate_safeguards"),
    ),
    "automated-decisions": ("automated_decision", "profiling"),
    "security": ("security_measures", "pseudonymisation", "dpia"),
    "controller": ("controller", "joint_controllers"),
    "about": ("processing_activity", "record_of_processing_activities"),
    "rights": (
        *("right_of_access", "right_to_rectification", "right_to_erasure"),
        *("right_to_restriction", "right_to_data_portability", "right_to_object"),
        *("dpo", "complaint", "belgian_dpa"),
    ),
}


@register.simple_block_tag(takes_context=True)
def answer(context: dict, content: str, anchor: str) -> SafeString:
    """An answer of the page's topic under its question; raises KeyError for an unknown one."""
    topic: Topic = context["topic"]
    return format_html(
        '<section class="question" aria-labelledby="{anchor}">\n'
        '<h2 id="{anchor}">{question}</h2>{content}</section>',
        anchor=anchor,
        question=topic.questions[anchor],
        content=content,
    )


@register.filter
def enumerated(numbers: Iterable[int]) -> str:
    """The numbers in words that join them: 6, 9 and 10."""
    language = get_language()
    return format_list(list(map(str, numbers)), locale=WITHOUT_SERIAL_COMMA.get(language, language))


@register.simple_tag
def explained(text: str) -> list[Meaning]:
    """The terms of the law in what somebody looks for, those that the site explains."""
    return named_in(text, get_language())[:MOST_EXPLAINED]


@register.simple_tag
def explained_sections(here: str) -> list[tuple[str, str, list[Meaning]]]:
    """What each section of an entry's page is about, with the terms of the law in it.

    `here`: "served" for an entry on behalf of others, which alone has that section.
    """
    known = meanings(get_language())
    parts = [
        (key, title, explanation)
        for key, title, explanation, *_rest in SECTIONS
        if key != "served" or here == "served"
    ]
    return [
        (title, explanation, [known[term] for term in TERMS_IN_SECTION[key]])
        for key, title, explanation in [*parts, ("rights", gettext("Your rights"), "")]
    ]
