"""What federal public bodies may and must do."""

from django.utils.translation import gettext_lazy as _

from registry_site.explainer.topic import Topic

TOPICS = (
    Topic(
        slug="legal-bases",
        title=_("When may a body use your data?"),
        lead=_(
            "Processing is only allowed if it has a legal basis. The GDPR knows six of "
            "them. For a public body, they do not all count as much."
        ),
        answers={
            "consent": _("Consent"),
            "contract": _("Performance of a contract"),
            "legal-obligation": _("Legal obligation"),
            "vital-interests": _("Vital interests"),
            "public-interest": _(
                "Task carried out in the public interest or in the exercise of official authority"
            ),
            "legitimate-interests": _("Legitimate interests"),
            "special": _("Is that enough for sensitive data?"),
        },
        articles=(6, 7, 8, 9, 10, 21),
        see=("principles", "personal-data", "consent"),
    ),
    Topic(
        slug="register",
        title=_("What is a record of processing activities?"),
        lead=_(
            "Every body must write down what it does with personal data. That is its record "
            "of processing activities, or register for short."
        ),
        answers={
            "what": _("What is a register for?"),
            "contents": _("What must be in it?"),
            "published": _("What is published here?"),
            "missing": _("Why is some information not here?"),
            "errors": _("What if something is wrong here?"),
        },
        articles=(30, 31),
        see=("duties", "processing", "information"),
    ),
    Topic(
        slug="duties",
        title=_("What must federal public bodies do?"),
        lead=_(
            "The GDPR asks a lot of those who work with your data. This is what it asks of "
            "the federal public bodies."
        ),
        answers={
            "why": _("Why do they need your data?"),
            "duties": _("What are their duties?"),
            "inform": _("What must a body tell you when it gets your data?"),
            "impact": _("What if there is a high risk?"),
            "this-site": _("How does this site help?"),
        },
        articles=(5, 6, 12, 13, 14, 24, 25, 28, 30, 32, 33, 35, 36, 37),
        see=("information", "agreements", "security"),
    ),
    Topic(
        slug="agreements",
        title=_("What is a data processing agreement?"),
        lead=_(
            "A body often lets a company do a part of its work. The law demands an "
            "agreement about the data."
        ),
        answers={
            "what": _("Why is there such an agreement?"),
            "contents": _("What does it say?"),
            "sub-processors": _("What about sub-processors?"),
        },
        articles=(28, 29, 32),
        see=("who-is-who", "security"),
    ),
    Topic(
        slug="security",
        title=_("How are your data protected?"),
        lead=_(
            "The federal public bodies take technical and organisational security measures, "
            "so that all the data they use are well protected."
        ),
        answers={
            "technical": _("Which are technical measures?"),
            "organisational": _("Which are organisational measures?"),
            "design": _("Who thinks of it beforehand?"),
            "details": _("Why do you not find every detail here?"),
        },
        articles=(5, 24, 25, 28, 29, 32),
        see=("breaches", "agreements"),
    ),
    Topic(
        slug="retention",
        title=_("How long may data be kept?"),
        lead=_("Not longer than is needed. How long that is differs from case to case."),
        answers={
            "rule": _("What does the GDPR say?"),
            "differences": _("Why does the retention period differ?"),
            "longer": _("May data be kept longer?"),
            "where": _("Where do you find the retention period?"),
        },
        articles=(5, 13, 30, 89),
        see=("principles", "erasure"),
    ),
    Topic(
        slug="transfers",
        title=_("What if data leave the European Economic Area?"),
        lead=_(
            "The GDPR applies in the whole European Economic Area (EEA). Data that leave it "
            "must stay protected."
        ),
        answers={
            "eea": _("What is the European Economic Area?"),
            "check": _("What must a body check?"),
            "grounds": _("When is a transfer allowed?"),
            "where": _("How do you know whether your data leave the EEA?"),
        },
        articles=(13, 14, 44, 45, 46, 47, 49),
        see=("security", "legal-bases"),
    ),
    Topic(
        slug="exchanges",
        title=_("How do public bodies exchange data?"),
        lead=_(
            "Public bodies pass data on to each other. This saves you work, but there are "
            "rules for it."
        ),
        answers={
            "why": _("Why do they exchange data?"),
            "protocol": _("What is a protocol?"),
            "without": _("Is there always a protocol?"),
            "see": _("Where do you see the exchanges?"),
        },
        articles=(5, 6, 14, 23),
        see=("who-is-who", "information"),
    ),
)
