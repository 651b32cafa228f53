"""What apps that build on this one can hear of."""

from django.dispatch import Signal

# Words of an activity were erased for good: sent with `activity`, in the same transaction.
words_erased = Signal()
