"""How people in Belgium write a day: the day first, then the month. Django adds ISO 8601 to it."""

# The first is what the forms and their calendar write. A year in front leaves no doubt either.
SLASHES = [
    *("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y"),
    "%Y/%m/%d",
]
DOTS = ["%d.%m.%Y", *(written for written in SLASHES if written != "%d.%m.%Y")]


def with_times(days: list[str]) -> list[str]:
    return [f"{day} {time}" for day in days for time in ("%H:%M:%S", "%H:%M:%S.%f", "%H:%M")]
