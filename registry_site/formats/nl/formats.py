from registry_site.formats.days import SLASHES, with_times

SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
DATE_INPUT_FORMATS = SLASHES
DATETIME_INPUT_FORMATS = with_times(SLASHES)
