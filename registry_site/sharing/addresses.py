"""Which picture stands beside a link to a page."""

from django.urls import ResolverMatch

from organisations.addresses import address

# Pages of an entry or a body -> their picture.
PICTURES = {
    "processing:activity_detail": ("share:entry_image", ("slug", "number")),
    "organisations:organisation_detail": ("share:body_image", ("slug",)),
}
SITE_PICTURE = ("share:site_image", ())


def picture_of(match: ResolverMatch | None) -> str:
    """The address of the picture, in the language of the page."""
    name, parts = PICTURES.get(match.view_name, SITE_PICTURE) if match else SITE_PICTURE
    return address(name, *(match.kwargs[part] for part in parts))
