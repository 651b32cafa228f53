"""What is public as linked data: DPV, the federal vocabulary of the GDPR, DPCat and DCAT-AP.

terms.py            how an address or a text is written, and what a triple is
vocabularies.py     the vocabularies, and the properties that are used of them
languages.py        texts of this site in its languages
mappings.py         our codes, and what the Data Privacy Vocabulary calls them
addresses.py        what names an entry, a body and a term in the whole world
graph.py            tells entries, and once in a file what several of them refer to
entry.py            the triples of an entry
entry_rows.py       those of its purposes, data, recipients and so on
bodies.py           those of a body and its register
concepts.py         those of the terms of code lists
catalogue.py        the site as a catalogue of data (DCAT-AP, VoID)
n_triples.py, turtle.py, json_ld.py   write triples, each in its way
formats.py          what these formats are called
"""
