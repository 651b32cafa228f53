"""The mutants of a module: its source with one small fault each."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper, PositionProvider
from mutmut.mutation import mutators

# What people read is for the tests of the catalogues; types are for readers.
TEXTS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
NEVER = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom, cst.Assert)
SWAPPED = {"min": "max", "max": "min", "any": "all", "all": "any"}
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# Classes whose constants are members, which nobody can replace.
ENUMERATIONS = ("Enum", "Choices")


@dataclass(frozen=True)
class Mutant:
    file: str
    # The function or class that it is in, as __qualname__ has it; '' in the module itself.
    scope: str
    is_in_function: bool
    # Of the statement that it is in; of a function for one of its defaults.
    lines: range
    # Where it stands in the bytes of the file, and what stands there instead.
    start: int
    stop: int
    text: str

    @cached_property
    def line(self) -> int:
        return self._original[: self.start].count(b"\n") + 1

    @property
    def _original(self) -> bytes:
        return Path(self.file).read_bytes()

    @property
    def source(self) -> str:
        original = self._original
        return (original[: self.start] + self.text.encode() + original[self.stop :]).decode()

    @cached_property
    def change(self) -> tuple[str, str]:
        """The lines that differ, before and after."""
        before, after = self._original.decode().splitlines(), self.source.splitlines()
        first = self.line - 1
        while before[first] == after[first]:
            first += 1
        while before[-1] == after[-1] and len(before) > first + 1 < len(after) + 1:
            before.pop(), after.pop()
        return tuple(" ".join(line.strip() for line in text[first:]) for text in (before, after))

    @cached_property
    def name(self) -> str:
        before, after = self.change
        return f"{self.file} | {self.scope or 'module'} | {before} | {after}"


def mutants_of(file: str) -> list[Mutant]:
    source = Path(file).read_text()
    original = ast.parse(source)
    seen = {ast.dump(original)}
    made = []
    visitor = _Visitor()
    module = MetadataWrapper(cst.parse_module(source))
    module.visit(visitor)
    for node, line, span, replacement in visitor.found:
        where = _Where.of(original, line)
        if where is None:
            continue
        text = _code(module.module, node, replacement)
        present = source.encode()[slice(*span)].decode()
        text = text if present[0].isspace() else text.strip()
        mutant = Mutant(file, where.scope, where.is_in_function, where.lines, *span, text)
        try:
            dump = ast.dump(ast.parse(mutant.source))
        except SyntaxError:
            continue
        if dump not in seen:
            seen.add(dump)
            made.append(mutant)
    return made


def mutant_at(file: str, start: int, stop: int, text: str) -> Mutant | None:
    """The mutant that has this text instead of some bytes; None where no process can take it in."""
    mutant = Mutant(file, "", False, range(0), start, stop, text)
    before, after = Path(file).read_text().splitlines(), mutant.source.splitlines()
    pairs = enumerate(zip(before, after, strict=False), 1)
    first = next((number for number, (old, new) in pairs if old != new), len(before))
    where = _Where.of(ast.parse("\n".join(before)), first)
    if where is None:
        return None
    last = Path(file).read_bytes()[:stop].count(b"\n") + 1
    lines = range(where.lines.start, max(where.lines.stop, last + 1))
    return replace(mutant, scope=where.scope, is_in_function=where.is_in_function, lines=lines)


def _code(module: cst.Module, node: cst.CSTNode, replacement: cst.CSTNode) -> str:
    """Parentheses around a node are no part of its place."""
    if getattr(node, "lpar", ()) and getattr(replacement, "lpar", ()):
        replacement = replacement.with_changes(lpar=(), rpar=())
    return module.code_for_node(replacement)


class _Visitor(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (ByteSpanPositionProvider, PositionProvider)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, int, tuple[int, int], cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, NEVER) or _is_called(node, TEXTS) or _is_strict(node):
            return False
        for replacement in _replacements(node):
            if not _is_called(node, {"zip"}) or _is_strict_call(replacement):
                self._add(node, replacement)
        if isinstance(node, cst.If | cst.While | cst.CompIf) and not _is_swapped(node.test):
            inner = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
            self._add(node.test, cst.UnaryOperation(cst.Not(), inner))
        return True

    def _add(self, node: cst.CSTNode, replacement: cst.CSTNode) -> None:
        span = self.get_metadata(ByteSpanPositionProvider, node, None)
        place = self.get_metadata(PositionProvider, node, None)
        if span and place:
            ends = (span.start, span.start + span.length)
            self.found.append((node, place.start.line, ends, replacement))


def _replacements(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, operator in mutators.mutation_operators:
        if not isinstance(node, kind):
            continue
        if operator is mutators.operator_string:
            # The others change the case: most are of SQL or equal by what is compared.
            yield from list(operator(node))[:1]
        elif operator is not mutators.operator_arg_removal or not _is_called(
            node, {"len", "isinstance", "super"}
        ):
            yield from operator(node)
    yield from _more_replacements(node)


def _more_replacements(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """What mutmut leaves out."""
    match node:
        case cst.Return(value=cst.BaseExpression() as value):
            if not isinstance(value, cst.Name) or value.value != "None":
                yield node.with_changes(value=cst.Name("None"))
        case cst.Expr(value=cst.Call()) | cst.Raise() | cst.Del() | cst.AugAssign():
            yield cst.Pass()
        case cst.Integer():
            yield cst.parse_expression(str(node.evaluated_value - 1))
        case cst.Slice(lower=lower, upper=upper):
            if lower:
                yield node.with_changes(lower=None)
            if upper:
                yield node.with_changes(upper=None)
        case cst.Call(func=cst.Name(value=name)) if name in SWAPPED:
            yield node.with_changes(func=cst.Name(SWAPPED[name]))


def _is_swapped(test: cst.BaseExpression) -> bool:
    """Its operator is exchanged for the opposite anyway."""
    opposites = cst.Equal | cst.NotEqual | cst.Is | cst.IsNot | cst.In | cst.NotIn | cst.Not
    match test:
        case cst.Comparison(comparisons=[cst.ComparisonTarget(operator=operator)]):
            return isinstance(operator, opposites)
        case cst.UnaryOperation(operator=operator):
            return isinstance(operator, opposites)
    return False


def _is_strict(node: cst.CSTNode) -> bool:
    """zip(strict=True) asserts that as many are on both sides: nothing else is seen of it."""
    match node:
        case cst.Arg(keyword=cst.Name(value="strict"), value=cst.Name(value="True")):
            return True
    return False


def _is_strict_call(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Call) and any(map(_is_strict, node.args))


def _is_called(node: cst.CSTNode, names: set[str]) -> bool:
    return (
        isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in names
    )


@dataclass(frozen=True)
class _Where:
    scope: str
    is_in_function: bool
    lines: range

    @classmethod
    def of(cls, module: ast.Module, line: int) -> "_Where | None":
        """None where a change could not be put into a running process."""
        statement, scopes = _innermost(module, line)
        if statement is None:
            return None
        is_in_function = any(not isinstance(scope, ast.ClassDef) for scope in scopes)
        names = []
        for scope in scopes:
            names.append(scope.name)
            if not isinstance(scope, ast.ClassDef):
                names.append("<locals>")
        if names and names[-1] == "<locals>":
            names.pop()
        lines = range(statement.lineno, statement.end_lineno + 1)
        if isinstance(statement, ast.FunctionDef):
            names = [*(scope.name for scope in scopes), statement.name]
            if is_in_function:
                return None
        elif hasattr(statement, "body"):
            lines = range(statement.lineno, max(statement.body[0].lineno, statement.lineno + 1))
        if not is_in_function and not isinstance(statement, ast.FunctionDef):
            target = statement.targets[0] if isinstance(statement, ast.Assign) else None
            # Others are types, models' fields, or made anew by each process.
            if not isinstance(target, ast.Name) or not target.id.isupper():
                return None
            if any(ast.unparse(b).endswith(ENUMERATIONS) for s in scopes[-1:] for b in s.bases):
                return None
        return cls(".".join(names), is_in_function, lines)


def _innermost(module: ast.Module, line: int) -> tuple[ast.stmt | None, list[ast.stmt]]:
    """The smallest statement that holds the line, and the functions and classes around it."""
    statement, scopes = None, []
    around: ast.AST = module
    while True:
        inner = [child for child in _statements(around) if child.lineno <= line <= child.end_lineno]
        if not inner:
            return statement, scopes
        statement = around = inner[0]
        if isinstance(statement, SCOPES) and line >= statement.body[0].lineno:
            scopes.append(statement)


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from child.body
