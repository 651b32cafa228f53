from registry_site.formats.days import SLASHES, with_times

# Dates as British and Irish readers, and the European institutions, write them.
DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = "j F Y H:i"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "j F"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = [*SLASHES, "%d %B %Y", "%d %b %Y"]
DATETIME_INPUT_FORMATS = with_times(SLASHES)
