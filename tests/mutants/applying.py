"""Puts a mutant into the running process: nothing is imported anew.

Functions keep their identity and get other code, so whoever holds them, a decorator or a table of
addresses, runs the mutant. Constants are computed anew, with those of their module that are made
of them or by a function, and replaced wherever they were imported to.
"""

import ast
import gc
import sys
from collections import Counter
from importlib import import_module
from operator import attrgetter
from types import CodeType, FunctionType

from tests.mutants.making import Mutant

# A function by its __qualname__; several of one name are told apart by their order.
Key = tuple[str, int]


class NotPossible(Exception):
    """The mutant cannot be put into a process that has started."""


class Module:
    """A module that mutants are made of, with the functions that live in this process."""

    def __init__(self, file: str) -> None:
        self.module = import_module(
            file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        )
        # Function -> the constants that it makes.
        self._made: dict[str, set[str]] = {}
        with open(file) as source:
            keys = {code: key for key, code in self._codes(source.read()).items()}
        self._functions = [
            (found, keys[found.__code__])
            for found in gc.get_objects()
            if type(found) is FunctionType and found.__code__ in keys
        ]

    def apply(self, mutant: Mutant) -> None:
        if mutant.is_in_function:
            self._replace_code(mutant)
            self._make_anew(_made_by(mutant))
        elif ast_of_constant(mutant) is None:
            self._replace_defaults(mutant)
        else:
            self._replace_constants(mutant)

    def names_of(self, mutant: Mutant) -> set[str]:
        """What shows a mutant beside its own lines: constants, or a function for its defaults."""
        if mutant.is_in_function:
            function = mutant.scope.partition(".")[0]
            if function not in self._made:
                self._made[function] = {made.targets[0].id for made in _made_by(mutant)}
            return self._made[function]
        statement = ast_of_constant(mutant)
        if statement is None:
            return {mutant.scope.rpartition(".")[2]}
        if mutant.scope:
            return {statement.targets[0].id}
        return {statement.targets[0].id for statement in _changed_by(mutant)}

    def _codes(self, source: str) -> dict[Key, CodeType]:
        codes: dict[Key, CodeType] = {}
        count: Counter[str] = Counter()

        def walk(code: CodeType) -> None:
            for inner in code.co_consts:
                if isinstance(inner, CodeType):
                    codes[inner.co_qualname, count[inner.co_qualname]] = inner
                    count[inner.co_qualname] += 1
                    walk(inner)

        walk(compile(source, self.module.__file__, "exec", dont_inherit=True))
        return codes

    def _replace_code(self, mutant: Mutant) -> None:
        codes = self._codes(mutant.source)
        replaced = 0
        for function, key in self._functions:
            code = codes.get(key)
            if code is None or code == function.__code__:
                continue
            if code.co_freevars != function.__code__.co_freevars:
                raise NotPossible
            function.__code__ = code
            replaced += 1
        if not replaced:
            raise NotPossible

    def _replace_defaults(self, mutant: Mutant) -> None:
        """Compute the defaults of a function anew, from its signature alone."""
        definition = _at(mutant)
        lambda_of_it = ast.Expression(ast.Lambda(definition.args, ast.Constant(None)))
        for argument in ast.walk(definition.args):
            if isinstance(argument, ast.arg):
                argument.annotation = None
        code = compile(ast.fix_missing_locations(lambda_of_it), "defaults", "eval")
        made = eval(code, vars(self.module))  # noqa: S307 (our own code)
        for function, (name, _number) in self._functions:
            if name == mutant.scope:
                function.__defaults__ = made.__defaults__
                function.__kwdefaults__ = made.__kwdefaults__

    def _replace_constants(self, mutant: Mutant) -> None:
        space = vars(self.module)
        if mutant.scope:
            owner = attrgetter(mutant.scope)(self.module)
            statement = ast_of_constant(mutant)
            value = compile(ast.Expression(statement.value), "constant", "eval")
            seen = {**space, **vars(owner)}
            setattr(owner, statement.targets[0].id, eval(value, seen))  # noqa: S307
            return
        self._make_anew(_changed_by(mutant))

    def _make_anew(self, constants: list[ast.Assign]) -> None:
        space = vars(self.module)
        for statement in constants:
            name = statement.targets[0].id
            before = space.get(name)
            exec(compile(ast.Module([statement], []), "constant", "exec"), space)  # noqa: S102
            for other in list(sys.modules.values()):
                if getattr(other, "__dict__", {}).get(name) is before:
                    setattr(other, name, space[name])


def _changed_by(mutant: Mutant) -> list[ast.Assign]:
    """The constant that the mutant changes, and those that are made of it."""
    module = ast.parse(mutant.source)
    names = {s.targets[0].id for s in _constants(module) if s.lineno == mutant.lines.start}
    return _dependents(module, names)


def _made_by(mutant: Mutant) -> list[ast.Assign]:
    """The constants that a function of the module makes."""
    function = mutant.scope.partition(".")[0]
    module = ast.parse(mutant.source)
    return _dependents(module, {function})


def _dependents(module: ast.Module, names: set[str]) -> list[ast.Assign]:
    """The constants of these names, and those that are made of them, or by functions with them."""
    found, names = [], set(names)
    for statement in module.body:
        used = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
        if not used & names:
            continue
        if isinstance(statement, ast.FunctionDef):
            names.add(statement.name)
        elif statement in _constants(module):
            found.append(statement)
            names.add(statement.targets[0].id)
    return found


def _constants(module: ast.Module) -> list[ast.Assign]:
    """Its constants, beside what it keeps: that has a small name."""
    assigned = [statement for statement in module.body if isinstance(statement, ast.Assign)]
    targets = [(statement, statement.targets[0]) for statement in assigned]
    return [s for s, target in targets if isinstance(target, ast.Name) and target.id.isupper()]


def ast_of_constant(mutant: Mutant) -> ast.Assign | None:
    statement = _at(mutant)
    return statement if isinstance(statement, ast.Assign) else None


def _at(mutant: Mutant) -> ast.stmt:
    """The statement that the mutant changes: a constant or a function."""
    for node in ast.walk(ast.parse(mutant.source)):
        if isinstance(node, ast.Assign | ast.FunctionDef) and node.lineno == mutant.lines.start:
            return node
    raise NotPossible
