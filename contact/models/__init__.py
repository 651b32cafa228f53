from contact.models.allowance import Allowance, DailySalt
from contact.models.answer import Answer
from contact.models.mail import Mail
from contact.models.question import Question

__all__ = ["Allowance", "Answer", "DailySalt", "Mail", "Question"]
