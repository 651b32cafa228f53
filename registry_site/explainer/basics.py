"""What the GDPR is about."""

from django.utils.translation import gettext_lazy as _

from registry_site.explainer.topic import Topic

TOPICS = (
    Topic(
        slug="regulation",
        title=_("What is the GDPR?"),
        lead=_(
            "The GDPR is the European law that protects your personal data. It gives rights "
            "to you, and duties to everyone who uses your data."
        ),
        answers={
            "what": _("What does GDPR stand for?"),
            "since-when": _("Since when does it apply?"),
            "aim": _("What is its aim?"),
            "for-whom": _("Whom does it protect?"),
            "exceptions": _("When does it not apply?"),
        },
        articles=(1, 2, 3, 4, 99),
        see=("principles", "personal-data", "rights"),
    ),
    Topic(
        slug="principles",
        title=_("The seven principles of data protection"),
        lead=_(
            "Everyone who works with personal data must follow seven principles. Federal "
            "public bodies must do so too."
        ),
        answers={
            "lawfulness": _("Lawfulness, fairness and transparency"),
            "purpose": _("Purpose limitation"),
            "minimisation": _("Data minimisation"),
            "accuracy": _("Accuracy"),
            "storage": _("Storage limitation"),
            "integrity": _("Integrity and confidentiality"),
            "accountability": _("Accountability"),
        },
        articles=(5, 6, 24, 89),
        see=("legal-bases", "retention", "security"),
    ),
    Topic(
        slug="personal-data",
        title=_("What are personal data?"),
        lead=_("Personal data say something about you, or can lead to you."),
        answers={
            "what": _("When are data personal data?"),
            "identifiers": _("By what can you be recognised?"),
            "without-a-name": _("Are data without a name personal data?"),
            "special": _("What are special categories of personal data?"),
            "criminal": _("What about crimes and convictions?"),
            "national-register-number": _("What about your national register number?"),
            "children": _("Are the data of children protected better?"),
        },
        articles=(4, 8, 9, 10, 12, 87),
        see=("processing", "who-is-who", "legal-bases"),
    ),
    Topic(
        slug="processing",
        title=_("What is processing?"),
        lead=_("Almost everything that somebody does with personal data is processing."),
        answers={
            "what": _("What does the law mean by it?"),
            "operations": _("Which operations are these?"),
            "paper": _("Does it also apply to paper?"),
            "profiling": _("What is profiling?"),
            "activity": _("What is a processing activity?"),
        },
        articles=(2, 4),
        see=("personal-data", "register", "automated-decisions"),
    ),
    Topic(
        slug="who-is-who",
        title=_("Who is who?"),
        lead=_("The GDPR has its own names for everyone who has to do with personal data."),
        answers={
            "data-subject": _("The data subject"),
            "controller": _("The controller"),
            "joint-controllers": _("Joint controllers"),
            "processor": _("The processor"),
            "difference": _("What is the difference between a controller and a processor?"),
            "sub-processor": _("May a processor use other processors?"),
            "recipient": _("The recipient"),
            "third-party": _("The third party"),
            "dpo": _("The data protection officer"),
            "authority": _("The supervisory authority"),
        },
        articles=(4, 24, 26, 28, 29, 37, 38, 39, 51, 55),
        see=("agreements", "duties", "complaint"),
    ),
)
