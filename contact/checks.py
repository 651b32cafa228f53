"""A system check of a deployment: whether the limits of the contact form can work."""

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def check_networks_can_be_told_apart(app_configs, **kwargs) -> list[checks.Warning]:
    if settings.CLIENT_ADDRESS_HEADER:
        return []
    return [
        checks.Warning(
            "Nobody says where visitors come from: the contact form has no limit per network.",
            hint="Set CLIENT_ADDRESS_HEADER to the header that the proxy in front sets, such as "
            "X-Real-IP, or to REMOTE_ADDR where there is no proxy.",
            id="contact.W001",
        )
    ]
