"""What each term of the glossary means, in a sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Key -> what it means, the topic that tells more, and the answer there.
MEANINGS: dict[str, tuple[Promise, str, str]] = {
    "accountability": (
        _("The controller must follow the rules, and must be able to prove it."),
        "principles",
        "accountability",
    ),
    "accuracy": (_("Data must be right and up to date."), "principles", "accuracy"),
    "adequacy_decision": (
        _(
            "The European Commission decides that a country outside the European Economic Area "
            "(EEA) protects personal data well enough."
        ),
        "transfers",
        "grounds",
    ),
    "appropriate_safeguards": (
        _(
            "What keeps personal data protected outside the European Economic Area (EEA), such as "
            "an agreement with fixed clauses."
        ),
        "transfers",
        "grounds",
    ),
    "authentic_source": (
        _(
            "The place where the government keeps certain data for all, such as the National "
            "Register."
        ),
        "exchanges",
        "why",
    ),
    "automated_decision": (
        _("A computer decides something important about you, and no person looks at it."),
        "automated-decisions",
        "what",
    ),
    "binding_corporate_rules": (
        _(
            "Rules of a group of companies for its data outside the European Economic Area (EEA). "
            "The supervisory authority has approved them."
        ),
        "transfers",
        "grounds",
    ),
    "categories_of_data_subjects": (
        _("The groups of people whose data a body uses, such as taxpayers or patients."),
        "who-is-who",
        "data-subject",
    ),
    "categories_of_personal_data": (
        _("The kinds of data that a body uses, such as addresses or data on health."),
        "personal-data",
        "identifiers",
    ),
    "categories_of_recipients": (
        _("The kinds of people and organisations that get data, such as municipalities or banks."),
        "who-is-who",
        "recipient",
    ),
    "complaint": (
        _("You tell the supervisory authority that somebody does not follow the GDPR."),
        "complaint",
        "authority",
    ),
    "consent": (
        _("You say yes to the use of your data, of your own free will, and you know to what."),
        "legal-bases",
        "consent",
    ),
    "contract": (
        _("The data are needed because of an agreement with you."),
        "legal-bases",
        "contract",
    ),
    "controller": (
        _("The organisation that decides why and how personal data are used."),
        "who-is-who",
        "controller",
    ),
    "criminal_convictions": (
        _("Data on crimes that somebody committed or may have committed, and on punishments."),
        "personal-data",
        "criminal",
    ),
    "data_breach": (
        _("Personal data are lost, destroyed or changed, or somebody sees them who may not."),
        "breaches",
        "what",
    ),
    "data_minimisation": (
        _("A body may only use the data that it really needs."),
        "principles",
        "minimisation",
    ),
    "data_subject": (_("The person whom the data are about."), "who-is-who", "data-subject"),
    "dpia": (
        _("The body looks beforehand at what can go wrong for people, and takes measures."),
        "duties",
        "impact",
    ),
    "dpo": (
        _("The person in a body who watches over personal data, and to whom you can write."),
        "who-is-who",
        "dpo",
    ),
    "eea": (
        _("The countries of the European Union, and Iceland, Liechtenstein and Norway."),
        "transfers",
        "eea",
    ),
    "federal_body": (
        _(
            "An organisation of the Belgian federal State, such as a ministry or an institution of "
            "social security."
        ),
        "duties",
        "why",
    ),
    "gdpr": (
        _("The European law that protects personal data. It has applied since 25 May 2018."),
        "regulation",
        "what",
    ),
    "integrity_confidentiality": (
        _("Data must be safe: nobody may see, change or lose them who may not."),
        "principles",
        "integrity",
    ),
    "international_organisation": (
        _("An organisation that several countries set up together, such as the United Nations."),
        "transfers",
        "eea",
    ),
    "joint_controllers": (
        _("Organisations that decide together why and how personal data are used."),
        "who-is-who",
        "joint-controllers",
    ),
    "lawfulness_fairness_transparency": (
        _("A body must keep to the law, be fair, and be open about what it does with data."),
        "principles",
        "lawfulness",
    ),
    "legal_basis": (
        _("The reason in the law why a body may use personal data. There are six of them."),
        "legal-bases",
        "",
    ),
    "legal_obligation": (
        _("A law makes the body use the data."),
        "legal-bases",
        "legal-obligation",
    ),
    "legitimate_interests": (
        _("A good reason of an organisation, if your interests do not weigh more."),
        "legal-bases",
        "legitimate-interests",
    ),
    "personal_data": (
        _("All information about a person who can be recognised."),
        "personal-data",
        "what",
    ),
    "principles": (
        _("Seven rules that everyone must follow who works with personal data."),
        "principles",
        "",
    ),
    "processing": (
        _("Everything that is done with personal data, from collecting to destroying them."),
        "processing",
        "what",
    ),
    "processing_activity": (
        _("Everything that a body does with personal data for the same purpose."),
        "processing",
        "activity",
    ),
    "processor": (
        _("An organisation that works with personal data on behalf of the controller."),
        "who-is-who",
        "processor",
    ),
    "processing_agreement": (
        _(
            "The agreement that says what a processor may do with the data, and how it protects "
            "them."
        ),
        "agreements",
        "what",
    ),
    "profiling": (
        _("A computer uses data to judge or predict something about a person."),
        "processing",
        "profiling",
    ),
    "protocol": (
        _("An agreement in writing between a federal body and whoever gets data from it."),
        "exchanges",
        "protocol",
    ),
    "pseudonymisation": (
        _("A code takes the place of the name; who is behind it is kept somewhere else."),
        "personal-data",
        "without-a-name",
    ),
    "public_interest": (
        _("A task for everybody that a law gives to a public body."),
        "legal-bases",
        "public-interest",
    ),
    "purpose": (_("What a body uses the data for."), "principles", "purpose"),
    "purpose_limitation": (
        _("Data may not be used for something that does not fit what they were collected for."),
        "principles",
        "purpose",
    ),
    "recipient": (
        _("A person or an organisation to whom data are passed on."),
        "who-is-who",
        "recipient",
    ),
    "record_of_processing_activities": (
        _("The overview of everything that a body does with personal data."),
        "register",
        "what",
    ),
    "representative": (
        _("Somebody in the European Union who speaks for a controller outside it."),
        "who-is-who",
        "controller",
    ),
    "retention_period": (_("How long a body keeps the data."), "retention", "rule"),
    "right_of_access": (
        _("You may know which data a body has about you, and get a copy."),
        "access",
        "when",
    ),
    "right_to_data_portability": (
        _("You may take the data that you gave with you, and use them somewhere else."),
        "portability",
        "when",
    ),
    "right_to_erasure": (_("You may have data erased in some cases."), "erasure", "when"),
    "right_to_object": (
        _("You may ask a body to stop using your data because of your situation."),
        "objection",
        "when",
    ),
    "right_to_rectification": (
        _("You may have wrong data corrected, and gaps filled."),
        "rectification",
        "when",
    ),
    "right_to_restriction": (
        _("You may have data put aside for a time, when there is a dispute about them."),
        "restriction",
        "when",
    ),
    "security_measures": (
        _("What a body does to keep data safe, with technology and with rules for its staff."),
        "security",
        "technical",
    ),
    "source_of_data": (
        _("From whom a body got the data: from you, or from somebody else."),
        "information",
        "what",
    ),
    "special_categories": (
        _("Very sensitive data, for instance about health, belief or origin."),
        "personal-data",
        "special",
    ),
    "standard_contractual_clauses": (
        _(
            "Fixed clauses in an agreement that protect data outside the European Economic Area "
            "(EEA)."
        ),
        "transfers",
        "grounds",
    ),
    "storage_limitation": (
        _("Data may not be kept for longer than is needed."),
        "principles",
        "storage",
    ),
    "sub_processor": (
        _("A company that works for a processor."),
        "who-is-who",
        "sub-processor",
    ),
    "supervisory_authority": (
        _("The authority that makes sure that everyone follows the law on personal data."),
        "who-is-who",
        "authority",
    ),
    "belgian_dpa": (
        _("The supervisory authority in Belgium, where you can lodge a complaint."),
        "complaint",
        "authority",
    ),
    "third_country": (
        _("A country outside the European Economic Area (EEA)."),
        "transfers",
        "eea",
    ),
    "third_party": (
        _("Somebody who is not you, not the controller and not its processor."),
        "who-is-who",
        "third-party",
    ),
    "transfer": (
        _("Personal data go to a country outside the European Economic Area (EEA)."),
        "transfers",
        "check",
    ),
    "transparency": (
        _("You must be able to know and understand what happens with your data."),
        "principles",
        "lawfulness",
    ),
    "vital_interests": (
        _("The data are needed to save a life."),
        "legal-bases",
        "vital-interests",
    ),
    "withdraw_consent": (
        _("You said yes to the use of your data, and now you say no."),
        "consent",
        "when",
    ),
    "accessibility_statement": (
        _("The page that says how well everyone can use a site, also people with a disability."),
        "",
        "",
    ),
    "fps": (_("A ministry of the Belgian federal State."), "", ""),
    "pps": (_("A small ministry for a special theme, such as science or poverty."), "", ""),
    "oip": (
        _("An institution that pays or organises a part of social security, such as pensions."),
        "",
        "",
    ),
}
