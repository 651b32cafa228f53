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
        alleen allemaal anders aub beter bewaart bewaren bij bijgehouden bijhouden bijna
        daarna daarom daarover daarvan dienen dient doe doen doet echt eigenlijk elk
        elke even ga gaan gaat gebruiken gebruikt gedaan geef geeft gekend gemaakt
        genoeg geraak geraakt geraken geven gewoon graag had heb hebben heeft hen
        hierover hiervan hoe hoelang hoeveel houden houdt ieder iedere iedereen iemand
        iets ineens instelling instellingen jou jouw juist jullie kan kennen kent kom
        komen komt kreeg kregen krijg krijgen krijgt kun kunnen kunt laat lang laten
        liever liggen ligt maak maakt mag maken meestal mezelf mocht moest moesten moet
        moeten mogen namelijk neemt nemen nergens niemand nodig nooit ofwel ooit opnieuw
        over overal overheid per precies samen sommige soms staan staat steeds straks
        tegelijk tijdens toe tonen toon tussen vaak vanaf vanuit verder vind vinden
        volgens vooral vragen waar waarbij waarmee waarom waarop waarover waaruit
        waarvan waarvoor wanneer weer weet wel welk welke weten wie wij wil willen word
        zeker zelfs zie zien zoals zodat zoek zoeken zou zulke zullen
    """,
        "fr": """
        a ai ailleurs ainsi aller alors apres as aucun aucune auquel aura auront aussi
        autre autres avant avez avoir avons beaucoup bien ca car ceci cela celle celles
        celui certains ceux chacun chaque cherche chercher chez chose choses combien
        comme comment concernant connaissent connait conserve conservent conserver
        contre dedans deja depuis dire dit dois doit doivent donc donne donnent donner
        dont encore entre etais etait etant ete etes etre faire fais fait faites faut
        fera font garde gardent garder gouvernement ici jamais juste laquelle lequel
        lesquels longtemps lors lorsque maintenant mais meme memes met mettre mieux
        moins non obtenir obtient ont organisme organismes ou parce parfois parmi
        pendant peu peut peuvent peux plus plusieurs plutot pourquoi pourrait pouvoir
        prend prendre prennent presque propos puis quand que quel quelle quelles quelqu
        quelques quels qui quoi rien sait sans sauf savent savoir sera seront seul
        seulement si soit sont sous souvent suis sujet sur surtout tant tel telle telles
        tels toujours tous tout toute toutes tres trop trouve trouver utilise utilisent
        utiliser va vais vas vers veux voir vont vraiment
    """,
        "de": """
        alles behorde behorden bekommen bekommt bereits bitte dabei dadurch dafur
        dagegen daran darauf darf daruber darum davon dazu denn dennoch deren dessen
        durfen eben eigentlich einfach einmal einrichtung einrichtungen erst etwas finde
        finden fur ganz gar geben gegen gehort geht gerade gern gerne gewesen gibt
        gleich habe haben habt hat hatte irgendwo ist jemand jemanden jetzt kann kaum
        kennen kennt komme kommen kommt konnen konnte konnten lange lasse lassen lasst
        leider machen macht manchmal mehr muss mussen musste naturlich nehmen nein nie
        niemand nimmt noch nun nur nutzen nutzt oft schon sehen sehr sei sobald sofort
        sogar sollen sollte sondern sonst sowie speichern speichert staat suche suchen
        tun tut uber viel viele vielleicht wahr wahrend wann warst warum was weil weiss
        weiter weitere welche welchem welchen welcher welches wem wen wenig wenn wer
        werden wie wieder will wird wirklich wirst wissen wo wofur woher wohin wohl
        wollen woran worin wovon wurde wurden zeige zeigen zwischen
    """,
        "en": """
        able about actually almost already also although always another anyone anything
        around better bodies body came can come comes could did do does either else
        enough ever every everything few find get gets give given gives go goes going
        gone got government had hardly has have hold holds how just keep keeps kept know
        known knows least less let lets like likely long make makes many may maybe me
        might mine much must my myself need never nobody none nothing often others
        perhaps please put quite rather really said same say says see seem several
        should show since somebody someone something sometimes soon still store stores
        such take takes tell thing things though through till together told too toward
        until upon us use used uses usually via want was well went what whatever when
        whenever where wherever whether which while who whom whose why will within
        without would yet
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
