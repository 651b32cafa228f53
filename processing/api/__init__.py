"""Everything published for programs: `/api/v1/`, read-only, by the REST guide of Belgif.

The guide: https://www.belgif.be/specification/rest/api-guide/ (docs/decisions/0040).

**Operations.** Each view of `views/` is declared by `operation()` of `operations`: its name, what
it takes (`parameters`) and what it gives. The document for programs (`openapi`) is made from these
declarations, and so is the check of what was asked: what is not declared is refused.

**Representations.** What is given is of the types of `representations`. That of an entry follows
from the table of all files (`processing/exports/fields.py`): a new public field needs no line here.
`references` names bodies, terms and entries with links; `paged` makes the pages of collections,
`selecting` leaves out what somebody does not want (`select`).

**Answers.** They are kept and cached as pages are (`organisations/public_page.py`). Whatever is
refused, wherever, is told as a problem (RFC 9457): `problems` makes them, `middleware` also of what
the rest of the site refuses.
"""

PREFIX = "/api/"
VERSION = "1.0.0"
# No address of the API has a use for another.
METHODS = ("GET", "HEAD", "OPTIONS")
