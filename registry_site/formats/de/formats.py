from registry_site.formats.days import DOTS, with_times

DATE_INPUT_FORMATS = DOTS
DATETIME_INPUT_FORMATS = with_times(DOTS)
