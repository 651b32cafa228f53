"""Finding entries: which ones a search and its filters give, and how many each filter would give.

Read this page first; each module then explains one step of it.

**A line.** `entry_list` answers a request of the list, step by step: what is asked (`list_query`),
which entries (`found`: words, day, filters), in which order (`results`), how many each option would
give (`filters`), and what the page shows beside them (`narrowing`, `offers`). Each step takes what
the one before gave, and the `register` as the request reads it; none goes back.

**Sets.** For every option of every filter there is a set of current entries, held in memory by
each process (`index`): theme HEAL is {3, 17, 20…}, by the keys of the publications. A list with
three filters is the intersection of three sets; the number beside an option is the size of an
intersection. Lists and numbers come from the same sets, so they cannot disagree. `filters` names
the filters, says which options each has, and unites sets where an option stands for several (a
broader category, a kind of body). A body that is not public is simply in no option, nor is a
department of a body that does not show its departments. There may be thousands of departments:
those of a body are offered and counted once it is chosen alone.

**Revisions.** A trigger of the database numbers every change that citizens can see and holds a
lock until the change is committed (docs/decisions/0001). So the order of the numbers is the order
of the commits: who has seen revision 8 has seen all up to 8. Each row of a publication carries
the revision at which it last changed. A process that knows revision 5 and meets revision 8 reads
the rows with a number above 5, and makes the index of 8 from that of 5: sets that none of them
touches are shared, the others are replaced. Nothing is changed in place, because other threads
may still read the index of 5; the last few indexes are kept for them.

**One moment.** A public request reads in a snapshot of the database (organisations/
read_snapshot.py). Its index, the rows of its page and the answers to its search are all of the
revision that its validator names, although others publish meanwhile. The list also offers what
changed in the last month, so its validator names the day too.

**Orders.** A page of 25 is a stretch of a set in some order. All keys are kept in each order (by
name in four languages, by date) in blocks that know what they hold (`sorted_keys`), so the last
page is found as fast as the first. When rows change, their keys are taken out and put behind
their predecessors, which the database tells; an order is read as a whole only the first time.

**Searching.** `spelling` says which ways to write a word are one, in what entries hold and in what
somebody asks. `search_documents` writes, when something is published, the words of each entry as a
search vector for each language of the site, and counts the words of all public entries. `tokens`
takes a text apart; `clauses` understands it, with what the register knows of words: `lexicon` has
their forms, compounds that hold them and what everyday words stand for; `named_options` what
entries are filed under by that name, be it a filter or not; `same_words` those that say the same,
in our four languages; `compounds` takes apart what is made of several; `corrections` says what was
probably meant. `matching` asks the database which publications hold a clause and keeps long
answers, which follow the revisions as the sets do. `search` joins the answers: entries that meet
every clause, else those that meet the most telling ones. What is found is a set again, and meets
the filters. `results` puts a page in order: of very many, only those with the words in their
titles, those that may be most alike and the newest are compared by how well they fit.
`highlighting` shows where the words stand.

**Meaning.** `encoder` makes a vector of a text: texts that say nearly the same lie near, whatever
their words and languages. `meanings` writes one for each entry that is published. `signs` keeps the
signs of all of them in memory, following the revisions as the sets do: they say which of any set
may be nearest, and the whole vectors of those say how near (`likeness`). It orders what words
found, and leaves out what has only some of the words and says something else. `alike` lists what
words did not find, under a heading of its own: numbers and filters speak of the others alone.
Without an encoder all goes by words (docs/decisions/0030-an-encoder-in-the-process.md).

**Suggesting.** While somebody types, `suggestions` names bodies, subjects and entries with words
that begin so. The words of all names stand in memory in their order (`beginnings`), those of titles
and those that people use for entries as a part of the index; which titles begin with all that was
typed, the database tells.

**Queries.** A list costs the revision and the 25 rows; a search adds one for the words, one for
the clauses, and one or two for the ranking. Meaning adds two for vectors, a third where no entry
has all words, and one for the rows that it shows. Up to three more read words that nothing or
little knows in another way, one more reads other languages, and each correction that is told takes
two. Suggestions cost the revision, the titles that begin so, and the rows of those that are shown.
Tests pin them.
"""
