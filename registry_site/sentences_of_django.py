"""Sentences of Django's admin that name a kind of row, translated anew in our own catalogues.

Django puts the name of the kind into the middle of a sentence, where nl, fr and de need an article,
a gender or a case that it cannot know ("De {name} is toegevoegd", "diesem %(field_label)s"). Our
translations leave the name by itself: "Toegevoegd: {name}". Catalogues of the site come before
those of Django, so these hold wherever Django says them; English needs none.
"""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("Successfully deleted %(count)d %(items)s."),
    _("Added {name} “{object}”."),
    _("Changed {fields} for {name} “{object}”."),
    _("Changed {fields}."),
    _("Deleted {name} “{object}”."),
    _("Add %s"),
    _("Change %s"),
    _("View %s"),
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("Add %(name)s"),
    _("Add another %(verbose_name)s"),
    _("Delete selected %(verbose_name_plural)s"),
    _("Select all %(total_count)s %(module_name)s"),
    _("Cannot delete %(name)s"),
    _("Models in the %(name)s application"),
    _("%(app)s administration"),
    _(" By %(filter_title)s "),
    _("%(model_name)s with this %(field_label)s already exists."),
    _("%(model_name)s with this %(field_labels)s already exists."),
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would result in deleting "
        "related objects, but your account doesn't have permission to delete the "
        "following types of objects:"
    ),
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would require deleting the "
        "following protected related objects:"
    ),
    _(
        'Are you sure you want to delete the %(object_name)s "%(escaped_object)s"? All '
        "of the following related items will be deleted:"
    ),
    _(
        "Deleting the selected %(objects_name)s would result in deleting related "
        "objects, but your account doesn't have permission to delete the following types "
        "of objects:"
    ),
    _(
        "Deleting the selected %(objects_name)s would require deleting the following "
        "protected related objects:"
    ),
    _(
        "Are you sure you want to delete the selected %(objects_name)s? All of the "
        "following objects and their related items will be deleted:"
    ),
)
# Sentences of one word or two that Django has not translated into all our languages.
UNTRANSLATED = (_("Model name"), _("Add link"), _("Change or view list link"))
# Those that the admin of the register never says, and why.
NOT_SAID = {
    # Such a row answers 404 (organisations/scoping.py).
    "%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?",
    # No list is edited in place.
    "%(count)s %(name)s was changed successfully.",
    # No field has links to add and change what is chosen (organisations/scoping.py).
    "Change selected %(model)s",
    "Add another %(model)s",
    "Delete selected %(model)s",
    "View selected %(model)s",
    # Of rows in a form, none protects others.
    "%(class_name)s %(instance)s",
    "Deleting %(class_name)s %(instance)s would require deleting the following protected related "
    "objects: %(related_objects)s",
}
