"""The editors' side: the register of a body for its people, code lists for the whole site."""

from processing.admin import activities, code_lists

__all__ = ["activities", "code_lists"]
