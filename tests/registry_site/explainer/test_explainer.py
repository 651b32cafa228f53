"""The GDPR in plain words: every fact is told, in four languages, and every address stays."""

import csv
import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext, override

from contact.models import Question
from organisations.languages import sort_key
from organisations.revision import current_revision
from processing.code_lists import code_lists_at
from processing.law import LegalBasis
from processing.models.publication import Publication
from registry_site.explainer.contents import RIGHTS, TOPICS
from registry_site.explainer.glossary import MEANINGS, glossary
from registry_site.local import catalogues, readability, terms
from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parent / "facts.csv"
FACTS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
AND = {"nl": "en", "fr": "et", "de": "und", "en": "and"}


def words(html: str) -> str:
    """What a person reads, with single spaces."""
    return " ".join(unescape(strip_tags(html)).replace(SOFT_HYPHEN, "").split())


def part(page: str, anchor: str) -> str:
    """What stands under a heading, up to the end of its section; `content` is the whole of it."""
    if anchor == "top":
        return page
    if anchor == "content":
        return page[page.index("<main") : page.index("</main>")]
    start = page.index(f'aria-labelledby="{anchor}"')
    assert f'id="{anchor}"' in page[start:]
    return page[start : page.index("</section>", start)]


def term_in(page: str, key: str) -> str:
    """A term of the glossary: its name, and what opens below it."""
    start = page.index(f'<div id="{key}">')
    return page[page.rindex("<summary>", 0, start) : page.index("</details>", start)]


@cache
def english_texts() -> list[str]:
    """Those of the catalogue; to read it takes half a second."""
    return list(catalogues.texts("en"))


def messages_with(told: str) -> list[str]:
    """The texts of the catalogue that hold these English words."""
    return [text for text in english_texts() if told in text]


class TestFacts:
    """What the site before this one told citizens (facts.csv), and where it is told now."""

    def test_table_is_long_enough(self):
        assert len(FACTS) > 60
        assert len({row["fact"] for row in FACTS}) == len(FACTS)

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("place", sorted({row["page"] for row in FACTS}))
    def test_every_fact_is_told_in_every_language(self, place, language, visitor):
        html = visitor.get(f"/{language}/{place}/").text
        with override(language):
            missing = [
                row["fact"]
                for row in FACTS
                if row["page"] == place
                and not any(
                    words(gettext(message)) in words(part(html, row["anchor"]))
                    for message in messages_with(row["told"])
                )
            ]

        assert missing == []


class TestTopics:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("slug", TOPICS)
    def test_each_answer_has_a_heading_and_an_address_of_its_own(self, slug, language, visitor):
        topic = TOPICS[slug]

        page = visitor.get(f"/{language}/gdpr/{slug}/").text

        with override(language):
            for anchor, question in topic.questions.items():
                assert f'<a href="#{anchor}">' in page
                heading = re.search(rf'<h2 id="{anchor}">(.*?)</h2>', page)[1]
                assert unescape(heading) == str(question)
                assert len(words(part(page, anchor))) > len(words(heading)) + 20
        places = re.findall(r'\sid="([^"]+)"', page)
        assert len(places) == len(set(places))
        shown = re.findall(r'<section class="question" aria-labelledby="([\w-]+)"', page)
        assert shown == list(topic.questions)

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("slug", TOPICS)
    def test_each_names_the_law_in_the_language_of_the_page(self, slug, language, visitor):
        law = part(visitor.get(f"/{language}/gdpr/{slug}/").text, "law")

        assert f"https://eur-lex.europa.eu/legal-content/{language.upper()}/TXT/" in law
        *others, last = map(str, TOPICS[slug].articles)
        numbers = f"{', '.join(others)} {AND[language]} {last}" if others else last
        assert re.search(rf"\b{numbers}\b", words(law))
        act = "eli/wet" if language == "nl" else "eli/loi"
        assert f"https://www.ejustice.just.fgov.be/{act}/2018/07/30/2018040581/justel" in law

    def test_list_leads_to_every_topic_and_each_to_others(self, visitor):
        listed = visitor.get("/fr/gdpr/").text

        for topic in TOPICS.values():
            assert f'href="/fr/gdpr/{topic.slug}/"' in listed
            more = part(visitor.get(f"/fr/gdpr/{topic.slug}/").text, "read-more")
            assert re.findall(r'href="/fr/gdpr/([\w-]+)/"', more) == [*topic.see, "glossary"]
            assert topic.slug not in topic.see

    def test_unknown_topic_is_not_there(self, visitor):
        assert visitor.get("/nl/gdpr/nothing/").status_code == 404

    def test_authority_is_reached_in_the_language_of_the_page(self, visitor):
        pages = {code: visitor.get(f"/{code}/gdpr/complaint/").text for code in LANGUAGES}

        assert "https://www.gegevensbeschermingsautoriteit.be" in pages["nl"]
        assert "https://www.autoriteprotectiondonnees.be" in pages["fr"]
        assert '<span lang="fr">Rue de la Presse 35</span>, 1000 Brüssel' in pages["de"]
        assert all('href="tel:+3222744800"' in page for page in pages.values())


class TestRights:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("right", RIGHTS, ids=lambda right: right.slug)
    def test_two_clicks_lead_to_the_form_with_the_right_chosen(
        self, right, language, body_a, visitor
    ):
        page = visitor.get(f"/{language}/gdpr/{right.slug}/").text
        (first,) = re.findall(r'class="button" href="([^"]+)"', page)
        bodies = visitor.get(first).text
        (second,) = re.findall(r'href="([^"]*/body-a/contact/[^"]*)"', bodies)

        form = visitor.get(second).text

        assert second == f"/{language}/organisations/body-a/contact/?kind={right.kind}"
        (chosen,) = re.findall(r'<input type="radio"[^>]*value="(\w+)"[^>]* checked', form)
        assert chosen == right.kind

    @pytest.mark.parametrize("right", RIGHTS, ids=lambda right: right.slug)
    def test_each_tells_when_when_not_what_to_send_how_long_and_that_it_is_free(
        self, right, visitor
    ):
        page = visitor.get(f"/en/gdpr/{right.slug}/").text

        assert {"when", "not", "send", "time"} <= set(right.questions)
        assert "within one month, and it is free" in words(part(page, "time"))

    def test_every_right_of_the_form_is_explained(self):
        kinds = {right.kind for right in RIGHTS}

        # An error in the register is no right.
        assert kinds == set(Question.Kind.values) - {"error"}

    def test_choice_of_bodies_takes_known_kinds_only(self, body_a, visitor):
        bare = visitor.get("/en/contact/").text

        assert 'href="/en/organisations/body-a/contact/"' in bare
        for other in ("kind=nothing", "other=1", "kind="):
            assert visitor.get(f"/en/contact/?{other}").headers["Location"] == "/en/contact/"


class TestGlossary:
    def test_every_term_has_a_meaning(self):
        assert MEANINGS.keys() == glossary().keys()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_terms_stand_with_their_meaning_and_their_other_names(self, language, visitor):
        page = visitor.get(f"/{language}/gdpr/glossary/").text

        for key, term in glossary().items():
            shown = term_in(page, key).replace(SOFT_HYPHEN, "")
            with override(language):
                assert words(str(MEANINGS[key][0])) in words(shown)
            for other, name in term.names.items():
                if other != language:
                    assert f'<span lang="{other}">' in shown
                    assert f": {escape(name)}</span>" in shown

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_long_words_can_be_divided_between_their_parts(self, language, visitor):
        page = visitor.get(f"/{language}/gdpr/glossary/").text

        divided = ["gegevens", "beschermings", "effect", "beoordeling"]
        assert SOFT_HYPHEN.join(divided) in term_in(page, "dpia")
        assert "persoonsgegevens" in term_in(page, "personal_data")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_articles_are_joined_by_a_word(self, language, visitor):
        page = visitor.get(f"/{language}/gdpr/glossary/").text

        assert f" 6 {AND[language]} 13" in term_in(page, "legal_basis")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_letters_lead_to_the_terms_that_begin_with_them(self, language, visitor):
        page = visitor.get(f"/{language}/gdpr/glossary/").text
        letters = re.findall(r'<a href="#letter-(.)">', page)
        places = re.findall(r'<h2 class="letter" id="letter-(.)">|<div id="(\w+)">', page)

        assert len(letters) > 10
        assert letters == [letter for letter, _key in places if letter]
        assert letters == sorted(set(letters))
        under = ""
        for letter, key in places:
            under = letter or under
            assert letter or sort_key(glossary()[key].names[language])[0].upper() == under

    def test_related_terms_are_others_that_the_same_topic_explains(self, visitor):
        page = visitor.get("/en/gdpr/glossary/").text

        for key in glossary():
            related = re.findall(r'<a href="#(\w+)">', term_in(page, key))
            assert key not in related
            assert len(related) <= 4
            assert {MEANINGS[other][1] for other in related} <= {MEANINGS[key][1]}
        assert '<a href="#appropriate_safeguards">' in term_in(page, "adequacy_decision")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_what_tells_more_is_there(self, language, visitor):
        page = visitor.get(f"/{language}/gdpr/glossary/").text
        links = set(re.findall(rf'href="(/{language}/gdpr/[\w-]+/#?[\w-]*)" aria-label', page))

        assert len(links) > 40
        for link in links:
            address, _hash, anchor = link.partition("#")
            assert f'id="{anchor or "content"}"' in visitor.get(address).text


class TestMeaningsOnEntries:
    """From every entry to the meaning of every term on it."""

    @pytest.fixture
    def entry(self, body_a, body_b, publisher_a) -> str:
        activity = factories.create_full_activity(body_a, body_b, "mark")
        activity.processing_types.set(["01"])
        for ground in ("6-e", "9-g", "10-law"):
            activity.legal_grounds.create(ground=ground)
        activity.publish(by=publisher_a)
        return f"processing/body-a/{activity.number}/"

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_terms_of_the_law_lead_to_the_glossary(self, language, entry, visitor):
        page = visitor.get(f"/{language}/{entry}").text
        glossary_page = visitor.get(f"/{language}/gdpr/glossary/").text
        linked = set(re.findall(r"/gdpr/glossary/#(\w+)", page))
        # What the site itself says, without what the body wrote.
        own = r"<(?:h2|dt|th scope=\"col\"|dd class=\"explanation\")[^>]*>(.*?)</"
        own = words(" ".join(re.findall(own, page)))

        assert len(linked) > 25
        assert all(f'id="{key}"' in glossary_page for key in linked)
        said = set()
        # The longest first: "third country" says nothing of third parties.
        for key, term in sorted(glossary().items(), key=lambda one: -len(one[1].names[language])):
            name = re.compile(rf"\b{re.escape(term.names[language])}\b", re.IGNORECASE)
            own, times = name.subn("", own)
            if times:
                said.add(key)
        assert said - linked == set()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_terms_of_the_code_lists_lead_to_what_they_mean(self, language, entry, visitor):
        page = visitor.get(f"/{language}/{entry}").text
        record = Publication.objects.get().public_record
        known = code_lists_at(current_revision())[language]
        used = {
            "data": [item.category for item in record.data],
            "data_subjects": record.data_subjects,
            "purposes": [purpose.category for purpose in record.purposes],
            "recipients": [recipient.category for recipient in record.recipients],
            "transfer_mechanisms": [transfer.mechanism for transfer in record.transfers],
            "processing_types": record.processing_types,
            "security_measures": record.security_measures,
            "themes": record.themes,
        }

        for code_list, codes in used.items():
            codes = [code for code in codes if code]
            assert codes, code_list
            for code in codes:
                term = known[code_list][code]
                assert f'href="{term.url}">{escape(term.label.plain)}</a>' in page
                address, _hash, anchor = term.url.partition("#")
                told = visitor.get(address).text
                assert escape(term.definition.plain) in told
                assert not anchor or f'id="{anchor}"' in told

    def test_legal_basis_and_conditions_lead_to_the_explainer(self, entry, visitor):
        page = visitor.get(f"/en/{entry}").text
        legal = set(re.findall(r'href="(/en/gdpr/[\w-]+/#[\w-]+)"', part(page, "legal-basis")))

        legal = {link for link in legal if "glossary" not in link}
        assert legal >= {"/en/gdpr/personal-data/#special", "/en/gdpr/personal-data/#criminal"}
        assert any(link.startswith("/en/gdpr/legal-bases/#") for link in legal)

    @pytest.mark.parametrize("basis", LegalBasis)
    def test_every_legal_basis_is_explained(self, basis):
        assert basis.anchor in TOPICS["legal-bases"].answers


class TestSearch:
    @pytest.mark.parametrize(
        ("language", "text", "address"),
        [
            ("nl", "hoe werkt mijn recht van inzage?", "/nl/gdpr/access/#when"),
            ("nl", "AVG", "/nl/gdpr/regulation/#what"),
            ("fr", "réclamations", "/fr/gdpr/complaint/#authority"),
            ("fr", "je veux porter plainte", "/fr/gdpr/complaint/#authority"),
            ("nl", "datalek", "/nl/gdpr/breaches/#what"),
            ("de", "Recht auf Vergessenwerden", "/de/gdpr/erasure/#when"),
            ("en", "what does a DPO do", "/en/gdpr/who-is-who/#dpo"),
            ("fr", "duree de conservation", "/fr/gdpr/retention/#rule"),
            ("de", "Einwilligung", "/de/gdpr/legal-bases/#consent"),
            ("en", "who is the data protection officer", "/en/gdpr/who-is-who/#dpo"),
        ],
    )
    def test_terms_of_the_law_are_explained_beside_what_is_found(
        self, language, text, address, visitor
    ):
        page = visitor.get(f"/{language}/processing/", {"q": text}).text

        assert f'href="{address}"' in part(page, "explained")

    def test_other_words_offer_nothing(self, visitor):
        assert 'id="explained"' not in visitor.get("/nl/processing/?q=rijbewijs").text


class TestLanguageChecks:
    """What `make check` asks of the texts can fail."""

    @pytest.mark.parametrize(
        ("english", "translated", "missing"),
        [
            ("The federal public bodies keep it.", "De federale overheidsinstellingen.", []),
            (
                "The federal public bodies keep it.",
                "De banken houden het.",
                ["federal public body"],
            ),
            ("legal bases", "rechtsgronden", []),
            ("legal bases", "redenen", ["legal basis"]),
            (
                "The controller and its processing",
                "De verwerkingsverantwoordelijke",
                ["processing"],
            ),
            (
                "The controller and its processing",
                "De verwerkingsverantwoordelijke en de verwerking",
                [],
            ),
            ("A processor has an agreement", "Een verwerkersovereenkomst", []),
            ("purposes", "doelen", ["purpose"]),
            ("purposes", "doeleinden", []),
        ],
    )
    def test_terms_of_the_law_are_missed(self, english, translated, missing):
        assert terms.missing(english, translated, "nl") == missing

    @pytest.mark.parametrize(
        ("language", "easy", "hard"),
        [
            (
                "nl",
                "U mag zien wat wij van u weten.",
                "Verwerkingsverantwoordelijken documenteren overheidsinstellingenregisters.",
            ),
            (
                "fr",
                "Vous pouvez voir ce que nous avons.",
                "L’anonymisation préalable conditionne l’interopérabilité communicationnelle.",
            ),
            (
                "de",
                "Sie dürfen sehen, was wir von Ihnen wissen.",
                "Datenschutzgrundverordnungskonforme Verarbeitungstätigkeitsverzeichnisse.",
            ),
            (
                "en",
                "You may see what we know of you.",
                "Administrative interoperability necessitates authoritative documentation.",
            ),
        ],
    )
    def test_hard_texts_are_told_from_easy_ones(self, language, easy, hard):
        assert readability.measure(language, iter([easy])).score > 70
        assert readability.measure(language, iter([hard])).score < 30

    @pytest.mark.parametrize(
        ("language", "word", "count"),
        [
            ("nl", "over", 2),
            ("nl", "verwerking", 3),
            ("fr", "idée", 2),
            ("fr", "personne", 2),
            ("fr", "création", 3),
            ("de", "über", 2),
            ("de", "Einrichtung", 3),
            ("de", "und", 1),
            ("en", "processing", 3),
            ("en", "people", 2),
            ("en", "purpose", 2),
        ],
    )
    def test_syllables_are_counted(self, language, word, count):
        assert readability.measure(language, iter([word])).syllables == count

    def test_sentences_end_where_they_end(self):
        texts = "Das Gesetz ist vom 29. Juli 1991. Es gilt noch. Ja!"

        assert readability.END_OF_SENTENCE.split(texts) == [
            *("Das Gesetz ist vom 29. Juli 1991.", "Es gilt noch.", "Ja!"),
        ]
