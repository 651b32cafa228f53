"""Small faults put into the code one after another: which do the tests not notice?

`making` makes the mutants of a module, `applying` puts one into the running process, `running` is
the pytest plugin that tries each in a process of its own, one of the `workers`, with the tests that
reach it as `measuring` saw. `survivors.txt` says why some may live.
"""
