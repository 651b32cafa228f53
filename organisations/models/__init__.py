from organisations.models.bodies import Department, Organisation
from organisations.models.people import Membership, User
from organisations.models.revision import Revision

__all__ = ["Department", "Membership", "Organisation", "Revision", "User"]
