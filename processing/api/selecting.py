"""`select`: which properties of an answer are wanted, or with `!` which are not.

By the grammar of the guide: (name,organisation(id)), !(summary).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, get_args, get_origin

import msgspec

LONGEST = 500
DEEPEST = 8
TOKEN = re.compile(r"[A-Za-z0-9_-]+|[(),!]|.", re.DOTALL)
# Name -> what of it; None for all of it.
Tree = dict[str, "Tree | None"]


class NotSelectable(ValueError):
    """What is wrong with a selection, in words for who wrote it."""


@dataclass(frozen=True, slots=True)
class Selection:
    tree: Tree
    is_negated: bool

    def of(self, told: object, shape: object) -> object:
        """What is left of an answer. Its own address stays."""
        left = self._of(told, self.tree, shape)
        return {"self": told["self"], **left} if "self" in told else left

    def _of(self, told: object, tree: Tree, shape: object) -> object:
        kind, inner = _kind_of(shape)
        if kind is list:
            return [self._of(each, tree, inner) for each in told]
        if kind is dict:
            return {key: self._of(each, tree, inner) for key, each in told.items()}
        left = {}
        for name, value in told.items():
            below = tree.get(name)
            if name not in tree:
                if self.is_negated:
                    left[name] = value
            elif below is not None:
                left[name] = self._of(value, below, inner[name])
            elif not self.is_negated:
                left[name] = value
        return left


def read_selection(text: str, shape: object) -> Selection:
    """Raises NotSelectable for what the grammar or the answer does not have."""
    tokens = TOKEN.findall(text)
    is_negated = tokens[:1] == ["!"]
    rest = iter(tokens[is_negated:])
    tree = _struct(rest, next(rest, ""), 1)
    if next(rest, None) is not None:
        raise NotSelectable("Nothing may follow the last parenthesis.")
    _check(tree, shape)
    return Selection(tree, is_negated)


def _struct(tokens: Iterator[str], first: str, depth: int) -> Tree:
    if first != "(":
        raise NotSelectable("Properties stand between parentheses: (name,organisation(id)).")
    if depth > DEEPEST:
        raise NotSelectable(f"At most {DEEPEST} parentheses may stand within each other.")
    tree: Tree = {}
    while True:
        name = next(tokens, "")
        if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
            raise NotSelectable("The name of a property is missing.")
        after = next(tokens, "")
        if after == "(":
            below = _struct(tokens, after, depth + 1)
            tree[name] = below if name not in tree else _both(tree[name], below)
            after = next(tokens, "")
        else:
            tree[name] = None
        if after == ")":
            return tree
        if after != ",":
            raise NotSelectable("Between names stands a comma, and behind the last a parenthesis.")


def _both(one: Tree | None, other: Tree) -> Tree | None:
    return None if one is None else one | other


def _check(tree: Tree, shape: object) -> None:
    kind, inner = _kind_of(shape)
    if kind in (list, dict):
        _check(tree, inner)
        return
    for name, below in tree.items():
        if kind is None or name not in inner:
            raise NotSelectable(f"There is no property {name}.")
        if below is not None:
            _check(below, inner[name])


def _kind_of(shape: object) -> tuple[type | None, object]:
    """list or dict with what it holds, Struct with its properties, None for a single value."""
    if get_origin(shape) is Annotated:
        shape = get_args(shape)[0]
    if get_origin(shape) in (list, dict):
        return get_origin(shape), get_args(shape)[-1]
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
        return msgspec.Struct, {f.encode_name: f.type for f in msgspec.structs.fields(shape)}
    for part in get_args(shape):
        kind, inner = _kind_of(part)
        if kind:
            return kind, inner
    return None, {}
