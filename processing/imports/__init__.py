"""An existing register comes in: a workbook or a CSV file becomes drafts of activities.

1. `files`: `separate_process` reads the file in a process of its own with limits: `hostile` looks
   at it first, `reading` (with `csv_files`) gives its sheets as `cells` of text.
2. `tables`: `finding` finds the tables in the sheets (with `forms`: label left, value right), and
   `gathering` which rows tell of the same activity. `mapping` proposes which field each column is
   meant for (`headings`) and in which language it is written (`languages`); people change that
   (`columns`).
3. `drafts`: `understanding` makes a draft of each activity (`activity_fields`, `activity_rows`,
   `other_parties`, `finishing`): `listed`, `periods`, `terms` and `grounds` read cells, with
   `values`. Every cell that holds something is accounted for (`cell_accounts`).
4. `own_workbook`: the register's own workbook has a column for each field of the working copy
   (`columns`): `writing` writes it, empty or with the entries of a body; `sheets` recognises it,
   and `rows` (with `values`) reads it back as it was, without a question.

Up to here nothing reads or writes the database, but what a body decided about columns and the code
lists and bodies (`vocabularies`). What is read in the separate process imports no Django.

5. `steps` is what people do with an import: upload, choose what columns mean, confirm, undo. `work`
   does what takes time, in a process for it alone or at once.
6. `register`: `preview` makes an entry of each draft (`outcomes`): which activity is
   meant (`matching`), what it would say then (`merging`), in memory (`working_copies`);
   `preview_shown` tells it. `bringing_in` writes what the preview showed, many working copies at
   once (`scribe`, by `copying`), and takes it back.

On top stand what all of them speak of: `fields`, `values`, and `reasons` and `refusals` in words.
"""
