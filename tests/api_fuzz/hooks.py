"""What Schemathesis shall not ask. It reads this alone, in an environment of its own."""

from urllib.parse import urlencode

import schemathesis

# gunicorn refuses longer lines itself, before anything of ours reads them.
LONGEST_QUERY = 3_900


@schemathesis.hook
def filter_case(context, case) -> bool:
    query = {name: value for name, value in (case.query or {}).items() if value is not None}
    return len(urlencode(query, doseq=True)) <= LONGEST_QUERY
