"""Finding entries: which ones a search and its filters give, how many each filter would give.

`search_documents` writes what a search reads. `index` keeps, in each process, the set of current
entries behind every option of every filter; it follows the register's revision, so a count and the
list behind it come from the same sets. `filters` says what may be asked, `lexicon` understands a
search, `results` puts a page of entries in order.
"""
