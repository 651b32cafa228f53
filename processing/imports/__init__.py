"""An existing register comes in: a workbook or a CSV file becomes drafts of activities.

1. `separate_process` reads the file in a process of its own with limits: `hostile` looks at it
   first, `reading` (with `csv_files`) gives its sheets as cells of text.
2. `tables` finds the tables in the sheets (with `vertical` for forms: label left, value right), and
   `activities` which rows tell of the same activity.
3. `mapping` proposes which field each column is meant for (`headings`) and in which language it is
   written (`languages`); people change that.
4. `understanding` makes a draft of each activity (`drafts`, `activity_fields`, `activity_rows`,
   `other_parties`, `finishing`): `values`, `listed`, `periods`, `terms` and `grounds` read cells.
   Every cell that holds something is accounted for (`accounts`).
5. The register's own workbook (`own_columns`) has a column for each field of the working copy:
   `own_workbook` writes it, empty or with the entries of a body; `own_sheets` recognises it, and
   `own_rows` (with `own_values`) reads it back as it was, without a question.

Up to here nothing reads or writes the database: who calls it brings the code lists and the bodies
(`terms.Vocabulary`). What is read in the separate process imports no Django.

6. `steps` is what people do with an import: upload, choose what columns mean (`columns`), confirm,
   undo. `work` does what takes time, in the process that sends mails or at once.
7. `previewing` makes an entry of each draft (`planning`): which activity of the register is meant
   (`matching`), what that would say then (`merging`), in memory (`assembling`). `looking` tells it.
8. `bringing_in` writes what the preview showed, many working copies at once (`writing`), and takes
   it back.
"""
