"""Legal bases and conditions, from articles of the GDPR or from words."""

import re
from dataclasses import dataclass

from organisations.languages import folded
from processing.imports.drafts.terms import Terms
from processing.imports.values import cleaned
from processing.law import GROUNDS

# "Art. 6(1)(c)", "6.1.c", "art 6, lid 1, c)", "Article 6, paragraphe 1, point c", "6 Abs. 1 lit. c"
_ARTICLE = r"(?:\b(?:artikel|article|articles|art|gdpr|avg|rgpd|dsgvo)\b\.?\s*)"
# What is repeated takes all there is and gives nothing back: else a row of points takes minutes.
_BETWEEN = r"[\s.,;(§-]*+(?:lid|abs|absatz|paragraphe|paragraph|par|para|al|alinea)?[\s.,)(]*+"
_POINT = (
    r"(?:\s*(?:er|ste|e|st)\b)?(?:[\s.,]*+(?:s|satz|unterabs|ua)\.?\s*+1)?"
    r"[\s.,;:()-]*+(?:onder|punt|point|lit|buchstabe|letter|sub|litera|litt)?[\s.,:(]*+"
    r"([a-j])(?![a-z])\)?"
)
BASIS = re.compile(
    rf"{_ARTICLE}?(?<!\d)6{_BETWEEN}1{_POINT}|{_ARTICLE}6[\s.,]*[(]?([a-f])(?![a-z])\)?"
)
CONDITION = re.compile(
    rf"{_ARTICLE}?(?<!\d)9{_BETWEEN}2{_POINT}|{_ARTICLE}9[\s.,]*[(]?([a-j])(?![a-z])\)?"
)
LETTER = re.compile(r"\(?([a-f])[).:]?")
LETTER_BEFORE = re.compile(r"^\(?([a-f])[).:]\s+")
# What stands around an article and says no more than it.
FILLERS = re.compile(
    r"\b(?:gdpr|avg|rgpd|dsgvo|ds-gvo|artikel|article|art|lid|abs|lit|par|point|punt|onder|een|van|"
    r"op basis van|sur base de|based on|auf grundlage|verordening|reglement|regulation|de la|"
    r"uitvoering van|"
    r"the|of|du|het|de|la|le|l|d|und|en|et|and|der|die|eine|einer|betrokkene|data subject)\b"
)


BEGINNING = re.compile(
    r"^(?:[\s.,:;)–-]|\b(?:avg|gdpr|rgpd|dsgvo|i\.?\s?v\.?\s?m\.?|juncto|j[°o]\.?|et|en|und|and)\b)+",
    re.IGNORECASE,
)
# By such a word a text is told to be a law.
LAW = re.compile(
    r"\b(?:\w*wet(?:boek|geving)?|kb|mb|\w*besluit|decreet|ordonnantie|verordening|richtlijn|cao|art"
    r"|artikel|loi|lois|ar|am|arrêté|décret|ordonnance|règlement|directive|code|cct|article"
    r"|\w*gesetz\w*|\w*erlass|dekret|richtlinie|act|law|decree|regulation|statute|constitution)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a text tells of grounds: their values, certainty, and what it says beside them."""

    values: tuple[str, ...]
    certainty: float
    # The law, or what else stands there; "" where the text tells the grounds only.
    rest: str


def read(text: str, bases: Terms, conditions: Terms, *, is_condition: bool = False) -> Grounds:
    """The grounds that a text names. Without any, all of the text is the rest."""
    small = folded(cleaned(text))
    found = [f"6-{match[1] or match[2]}" for match in BASIS.finditer(small)]
    found += [f"9-{match[1] or match[2]}" for match in CONDITION.finditer(small)]
    found = [value for value in dict.fromkeys(found) if value in GROUNDS]
    terms, prefix = (conditions, "9") if is_condition else (bases, "6")
    if not found and (match := LETTER.fullmatch(small)):
        found = [f"{prefix}-{match[1]}"]
    if not found and (match := LETTER_BEFORE.match(small)) and terms.find(small[match.end() :]):
        found = [f"{prefix}-{match[1]}"]
    if found:
        return Grounds(tuple(found), 1.0, _rest(text, small, terms))
    match = terms.find(text)
    if match and match.is_whole:
        return Grounds((match.code,), match.certainty, "")
    if in_front := _in_front(text, terms):
        return in_front
    return Grounds((match.code,), match.certainty, text) if match else Grounds((), 0, text)


def _rest(text: str, small: str, terms: Terms) -> str:
    """What the text says beside articles and what these are called; "" for no more."""
    left = CONDITION.sub(" ", BASIS.sub(" ", small))
    left = " ".join(re.findall(r"\w+", FILLERS.sub(" ", left)))
    if not left or left.isdigit() or len(left) < 3:
        return ""
    around = re.sub(r"[^\w’']+", " ", CONDITION.sub(" ", BASIS.sub(" ", small))).strip()
    if terms.find(left) or terms.find(around):
        return ""
    return _behind(cleaned(text), small, terms)


def _behind(text: str, small: str, terms: Terms) -> str:
    """The law behind one article that the text begins with; else all of the text."""
    found = [*BASIS.finditer(small), *CONDITION.finditer(small)]
    # Only where small letters stand in the places of the text itself.
    if len(found) != 1 or small[: found[0].start()].strip(" (-") or len(small) != len(text):
        return text
    behind = BEGINNING.sub("", text[found[0].end() :]).strip()
    named = _in_front(behind, terms)
    behind = named.rest if named else behind
    return behind if LAW.search(behind) else text


def _in_front(text: str, terms: Terms) -> Grounds | None:
    """The name of a ground, then the law: "Wettelijke verplichting: wet van 3 juli 1978"."""
    for sign in (":", r"\(", r"\s[-–]\s", ",", r"\n"):
        before, *after = re.split(sign, text, maxsplit=1)
        match = terms.find(before.strip()) if after else None
        if match and match.is_whole:
            return Grounds((match.code,), match.certainty, after[0].strip(" )-–"))
    return None
