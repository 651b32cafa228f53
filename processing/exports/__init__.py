"""Everything published as files: for people in Excel, and for machines.

`fields` is the one table of what an entry holds: names, headings and kinds of values. Every format
is made from it, so that none lacks a field; a test compares it with the public record. `kinds`
tells how a value is put into cells and into JSON, `words` what codes, keys and bodies are called in
the languages of a file. `entries` reads what is public as a stream.

`tables` makes CSV, `documents` JSON and JSON Lines, `workbooks` XLSX of `sheets`:
none holds more than a few hundred entries at once. `formats` names them.
"""
