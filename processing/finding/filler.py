"""Words of questions that say nothing about what somebody looks for.

People wrap what they look for in a question: "what does the government know about my driving
licence?" asks for the driving licence.
"""

# As words_of() gives them: small letters, no accents.
FILLER = {
    language: frozenset(words.split())
    for language, words in {
        "nl": """
            aub bewaart bewaren bij bijgehouden bijhouden doe doen doet gaat gebruiken gebruikt
            gekend geraken graag had heb hebben heeft hoe hoelang hoeveel houden houdt iemand iets
            instelling instellingen kan kent kennen krijg krijgen krijgt kun kunnen kunt lang mag moet moeten mogen neemt
            nemen over overheid staat tonen toon vind vinden vragen waar waarom waarvoor wanneer
            weet welk welke weten wie wil willen zie zien zoek zoeken zou zullen
        """,
        "fr": """
            a ai apres as aussi avant avez avoir avons chercher cherche chez chose choses combien
            comment connait connaissent conserve conservent conserver dedans deja depuis doit
            doivent donne donnent donner etais etait etant ete etes etre faire fait font garde
            gardent garder gouvernement longtemps meme memes ont organisme organismes ou peut peuvent peux pouvoir
            pourquoi prend prendre prennent puis quand que quel quelle quelles quels quelqu qui quoi
            sait savent savoir sont suis sur tous tout toute toutes tres trouver trouve utilise
            utilisent utiliser veux voir vers
        """,
        "de": """
            alles behorde behorden bekommt bekommen bitte darf durfen einrichtung einrichtungen etwas finde finden fur gegen geben gibt habe
            haben hat hatte ist jemand kann kennen kennt konnen konnte konnten lange machen macht
            muss mussen nehmen nimmt nutzen nutzt speichern speichert staat sehen suche suchen tun
            tut uber wahrend wann warum was weiss welche welchem welchen welcher welches wer werden
            wie will wird wissen wo wofur wohin wollen wurde wurden zeige zeigen
        """,
        "en": """
            about anyone anything bodies body can could did do does everything find get gets give gives given
            government had has have hold holds how keep keeps kept know knows known long make makes
            may me might must my need please see should show someone something store stores take
            takes tell use used uses want was what when where which who whom whose why will would
        """,
    }.items()
}

# The words of PostgreSQL's own lists that it does not know without their accents: never looked for.
STOP_WORDS = {
    "nl": frozenset(),
    "fr": frozenset(
        [
            "a",
            "ete",
            "etee",
            "etees",
            "etes",
            "etant",
            "etais",
            "etait",
            "etaient",
            "etre",
            "meme",
            "memes",
        ]
    ),
    "de": frozenset(["fur", "konnen", "konnte", "uber", "wahrend", "wurde", "wurden"]),
    "en": frozenset(),
}
