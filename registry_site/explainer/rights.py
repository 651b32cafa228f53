"""What people can ask, and what they can do when something goes wrong."""

from django.utils.translation import gettext_lazy as _

from contact.models import Question
from registry_site.explainer.topic import Right, Topic

Kind = Question.Kind

TOPICS = (
    Topic(
        slug="rights",
        title=_("Your rights in short"),
        lead=_(
            "The law decides what a public body may do with your data. It also gives you "
            "rights, so that you can check this and have errors corrected."
        ),
        answers={
            "which": _("Which rights do you have?"),
            "how": _("How do you use a right?"),
            "somebody-else": _("Can somebody ask for you?"),
            "identity": _("Must you prove who you are?"),
            "time": _("How long does it take?"),
            "cost": _("What does it cost?"),
            "refusal": _("May a body say no?"),
        },
        articles=(11, 12, 15, 16, 17, 18, 20, 21, 22, 23),
        see=("complaint", "register"),
    ),
    Right(
        slug="information",
        title=_("Right to information"),
        lead=_("You have the right to know what happens with your data, without having to ask."),
        answers={
            "what": _("What must a body tell you?"),
            "when": _("When must it tell you?"),
            "not": _("When not?"),
            "send": _("What can you do?"),
        },
        articles=(12, 13, 14),
        see=("register", "duties", "access"),
        kind=Kind.QUESTION,
    ),
    Right(
        slug="access",
        title=_("Right of access"),
        lead=_("You can ask a body which personal data it has about you, and get a copy."),
        answers={
            "when": _("When can you use it?"),
            "not": _("When not?"),
            "send": _("What do you send?"),
            "who-looked": _("Can you see who looked at your data?"),
        },
        articles=(12, 15),
        see=("information", "rectification"),
        kind=Kind.ACCESS,
    ),
    Right(
        slug="rectification",
        title=_("Right to rectification"),
        lead=_("Your data must be right. You can have errors corrected and gaps filled."),
        answers={
            "when": _("When can you use it?"),
            "not": _("When not?"),
            "send": _("What do you send?"),
        },
        articles=(12, 16, 19),
        see=("access", "restriction"),
        kind=Kind.RECTIFICATION,
    ),
    Right(
        slug="erasure",
        title=_("Right to erasure"),
        lead=_("Sometimes you can have your data erased."),
        answers={
            "when": _("When can you use it?"),
            "not": _("When not?"),
            "send": _("What do you send?"),
        },
        articles=(12, 17, 19),
        see=("retention", "objection", "consent"),
        kind=Kind.ERASURE,
    ),
    Right(
        slug="restriction",
        title=_("Right to restriction of processing"),
        lead=_(
            "You can ask a body to put your data aside for a time, when there is a dispute "
            "about them."
        ),
        answers={
            "what": _("What does it mean?"),
            "when": _("When can you use it?"),
            "not": _("When not?"),
            "send": _("What do you send?"),
        },
        articles=(12, 18, 19),
        see=("rectification", "objection"),
        kind=Kind.RESTRICTION,
    ),
    Right(
        slug="portability",
        title=_("Right to data portability"),
        lead=_("You can take the data that you gave with you, and use them somewhere else."),
        answers={
            "when": _("When can you use it?"),
            "not": _("When not?"),
            "send": _("What do you send?"),
        },
        articles=(12, 20),
        see=("access", "legal-bases"),
        kind=Kind.PORTABILITY,
    ),
    Right(
        slug="objection",
        title=_("Right to object"),
        lead=_("You can ask a body to stop using your data because of your own situation."),
        answers={
            "when": _("When can you use it?"),
            "public-task": _("What if it is a public task?"),
            "not": _("When not?"),
            "send": _("What do you send?"),
        },
        articles=(12, 21, 89),
        see=("legal-bases", "erasure", "restriction"),
        kind=Kind.OBJECTION,
    ),
    Right(
        slug="automated-decisions",
        title=_("Rights when a computer decides"),
        lead=_(
            "A computer alone may only make an important decision about you if a law, a contract "
            "or your consent allows it."
        ),
        answers={
            "what": _("What is an automated decision?"),
            "when": _("What can you ask?"),
            "not": _("When is it allowed all the same?"),
            "send": _("What do you send?"),
        },
        articles=(4, 12, 13, 14, 15, 22),
        see=("processing", "objection"),
        kind=Kind.AUTOMATED,
    ),
    Right(
        slug="consent",
        title=_("Withdrawal of consent"),
        lead=_("If you said yes, you can also say no later."),
        answers={
            "when": _("When can you use it?"),
            "effect": _("What happens then?"),
            "not": _("When not?"),
            "send": _("What do you send?"),
        },
        articles=(7, 8),
        see=("legal-bases", "erasure"),
        kind=Kind.CONSENT,
    ),
    Topic(
        slug="breaches",
        title=_("What if something goes wrong with your data?"),
        lead=_(
            "It happens that data get lost or fall into the wrong hands. The law says what "
            "must be done then."
        ),
        answers={
            "what": _("What is a personal data breach?"),
            "response": _("What does a body do then?"),
            "authority": _("Who is told within 72 hours?"),
            "you": _("When are you told?"),
            "do": _("What can you do?"),
        },
        articles=(4, 12, 32, 33, 34),
        see=("security", "complaint"),
    ),
    Topic(
        slug="complaint",
        title=_("Complaint: to the Data Protection Authority or to court"),
        lead=_(
            "You do not agree with what a body does with your data, or it does not answer? "
            "You can take further steps."
        ),
        answers={
            "first": _("What do you do first?"),
            "authority": _("How do you lodge a complaint?"),
            "mediation": _("Is there another way?"),
            "decisions": _("What can the Authority decide?"),
            "court": _("Can you go to court?"),
            "help": _("Who can help you?"),
            "police": _("What if it is about the police?"),
        },
        articles=(12, 57, 58, 77, 78, 79, 80, 82, 83),
        see=("rights", "breaches"),
    ),
)
