"""The rules that keep the bodies apart, taken away one by one: the tests must notice each."""
