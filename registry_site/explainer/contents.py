"""All topics, in the order in which the explainer lists them."""

from django.utils.translation import gettext_lazy as _

from registry_site.explainer import basics, bodies, rights
from registry_site.explainer.topic import Right, Topic

GROUPS = (
    (_("The basics"), basics.TOPICS),
    (_("What federal public bodies do"), bodies.TOPICS),
    (_("Your rights"), rights.TOPICS),
)
TOPICS: dict[str, Topic] = {topic.slug: topic for _label, topics in GROUPS for topic in topics}
RIGHTS: tuple[Right, ...] = tuple(topic for topic in TOPICS.values() if isinstance(topic, Right))
