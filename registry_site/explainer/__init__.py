"""The GDPR in plain words, a page a topic.

A topic is a list of questions (`basics.py`, `bodies.py`, `rights.py`); its answers are a template
of the same name in templates/gdpr/topics/. The glossary says in a sentence what each term means.
"""
