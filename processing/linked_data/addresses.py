"""What names an entry, a body and a term in the whole world: addresses without a language.

They stay the same. Who asks for one is led on to a page for people or a file for programs
(processing/views/linked_data.py).
"""

from django.urls import reverse

from processing.linked_data.terms import quoted


class Addresses:
    """Those of a site, which `origin` begins: scheme and host."""

    def __init__(self, origin: str) -> None:
        self._site = origin + reverse("id:catalogue").removesuffix("catalogue")
        self.catalogue = f"{self._site}catalogue"
        self.terms = f"{self._site}terms"

    def entry(self, reference: str) -> str:
        """`reference` is the slug of the body and the number of the entry, as in fps-finance/1."""
        return quoted(f"{self._site}processing/{reference}")

    def body(self, slug: str) -> str:
        return f"{self._site}organisations/{slug}"

    def register(self, slug: str) -> str:
        return f"{self.body(slug)}#register"

    def code_list(self, name: str) -> str:
        return f"{self.terms}#{name.replace('_', '-')}"

    def term(self, code_list: str, code: str) -> str:
        """Of a term that the federal vocabulary does not have."""
        return quoted(f"{self.terms}/{code_list.replace('_', '-')}/{code}")
