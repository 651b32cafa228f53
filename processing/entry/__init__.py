"""One entry as a page.

A section is a question with rows of answers. The pages of an entry, of its earlier versions and of
the differences between two versions are all made from the same sections.
"""
