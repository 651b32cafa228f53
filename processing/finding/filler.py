"""Words of questions that say nothing about what somebody looks for.

People wrap what they look for in a question: "what does the government know about my driving
licence?" asks for the driving licence.
"""


def _sets(words: dict[str, str]) -> dict[str, frozenset[str]]:
    return {language: frozenset(listed.split()) for language, listed in words.items()}


# As words_of() gives them: small letters, no accents.
FILLER = _sets(
    {
        "nl": """
        aub bewaart bewaren bij bijgehouden bijhouden doe doen doet gaat gebruiken gebruikt
        gekend geraken graag had heb hebben heeft hoe hoelang hoeveel houden houdt iemand
        iets instelling instellingen kan kennen kent krijg krijgen krijgt kun kunnen kunt
        lang mag moet moeten mogen neemt nemen over overheid staat tonen toon vind vinden
        vragen waar waarom waarvoor wanneer weet welk welke weten wie wil willen zie zien
        zoek zoeken zou zullen
    """,
        "fr": """
        a ai apres as aussi avant avez avoir avons cherche chercher chez chose choses
        combien comment connaissent connait conserve conservent conserver dedans deja depuis
        doit doivent donne donnent donner etais etait etant ete etes etre faire fait font
        garde gardent garder gouvernement longtemps meme memes ont organisme organismes ou
        peut peuvent peux pourquoi pouvoir prend prendre prennent puis quand que quel quelle
        quelles quelqu quels qui quoi sait savent savoir sont suis sur tous tout toute
        toutes tres trouve trouver utilise utilisent utiliser vers veux voir
    """,
        "de": """
        alles behorde behorden bekommen bekommt bitte darf durfen einrichtung einrichtungen
        etwas finde finden fur geben gegen gibt habe haben hat hatte ist jemand kann kennen
        kennt konnen konnte konnten lange machen macht muss mussen nehmen nimmt nutzen nutzt
        sehen speichern speichert staat suche suchen tun tut uber wahrend wann warum was
        weiss welche welchem welchen welcher welches wer werden wie will wird wissen wo
        wofur wohin wollen wurde wurden zeige zeigen
    """,
        "en": """
        about anyone anything bodies body can could did do does everything find get gets
        give given gives government had has have hold holds how keep keeps kept know known
        knows long make makes may me might must my need please see should show someone
        something store stores take takes tell use used uses want was what when where which
        who whom whose why will would
    """,
    }
)

# The words of PostgreSQL's own lists that it does not know without their accents: never looked for.
STOP_WORDS = _sets(
    {
        "nl": "",
        "fr": "a ete etee etees etes etant etais etait etaient etre meme memes",
        "de": "fur konnen konnte uber wahrend wurde wurden",
        "en": "",
    }
)
