"""What somebody can ask a body, in plain words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contact.models import Question

Kind = Question.Kind


@dataclass(frozen=True, slots=True)
class Explanation:
    """A kind of question: what it is for and what the body needs to know."""

    label: Promise
    means: Promise
    mention: Promise
    # The article of the GDPR that gives the right.
    article: str = ""
    # Whom it concerns must be known before a right can be exercised.
    needs_name: bool = True


EXPLANATIONS: dict[str, Explanation] = {
    Kind.QUESTION: Explanation(
        _("I have a question about personal data"),
        _("You want to know what the body does with personal data, and why."),
        _("Say which service or which letter your question is about."),
        needs_name=False,
    ),
    Kind.ACCESS: Explanation(
        _("I want to know which data the body has about me"),
        _("You get a copy of your personal data and learn what the body does with them."),
        _("Say which data you want to see, or from which years. “Everything” is allowed too."),
        "15",
    ),
    Kind.RECTIFICATION: Explanation(
        _("My data are wrong or incomplete"),
        _("The body corrects what is wrong and adds what is missing."),
        _("Say what is wrong, and what it should be."),
        "16",
    ),
    Kind.ERASURE: Explanation(
        _("I want my data erased"),
        _(
            "The body erases your data if it no longer needs them or may not have them. It may "
            "not erase what a law makes it keep."
        ),
        _("Say which data, and why they should be erased."),
        "17",
    ),
    Kind.RESTRICTION: Explanation(
        _("I want the use of my data restricted"),
        _(
            "The body keeps your data but does not use them for a time. For instance while it "
            "checks whether they are right."
        ),
        _("Say which data, and why the body should not use them now."),
        "18",
    ),
    Kind.PORTABILITY: Explanation(
        _("I want to take my data with me"),
        _(
            "You get the data that you gave yourself as a file, or the body sends it to another "
            "organisation. This is only for data that the body has with your consent or for a "
            "contract with you."
        ),
        _("Say which data, and who should get them."),
        "20",
    ),
    Kind.OBJECTION: Explanation(
        _("I object to the use of my data"),
        _(
            "You ask the body to stop because of your own situation. It must stop unless it has "
            "compelling reasons to go on."
        ),
        _("Say what you object to, and what is special about your situation."),
        "21",
    ),
    Kind.AUTOMATED: Explanation(
        _("A computer took a decision about me"),
        _("You ask that a person looks at the decision, and you can say what you think of it."),
        _("Say which decision it is, its date, and why you do not agree."),
        "22",
    ),
    Kind.CONSENT: Explanation(
        _("I withdraw my consent"),
        _(
            "You said yes to the use of your data, and now you say no. The body then stops, "
            "unless it has another legal basis."
        ),
        _("Say for what you gave your consent, and about when."),
        "7",
    ),
    Kind.ERROR: Explanation(
        _("I found an error on this site"),
        _("Something that the body says in this register is wrong or is not clear."),
        _("Say on which page, and what is wrong."),
        needs_name=False,
    ),
}
