"""What the tests of all addresses ask for, and how names are written."""

import re

# Every address, with parts that lead somewhere in the register of these tests.
ADDRESSES = [
    "health",
    "organisations",
    "organisations/body-a",
    "processingActivities",
    "processingActivities?embed=items",
    "processingActivities/body-a/1",
    "processingActivities/body-a/1/versions",
    "processingActivities/body-a/1/versions/1",
    "exchanges",
    "changes",
    "refData",
    "refData/themes",
    "refData/themes/TAXE",
]
COLLECTIONS = [
    *("organisations", "processingActivities", "processingActivities/body-a/1/versions"),
    *("exchanges", "changes", "refData", "refData/themes"),
]
CAMEL = re.compile(r"[a-z][A-Za-z0-9]*")
