"""Putting a mutant's code into the place of the code that is loaded."""

import types
from collections.abc import Iterator
from importlib import import_module

from tests.mutation.making import ROOT, Mutant


def module_of(file: str) -> types.ModuleType:
    """The module that a file of the source makes."""
    return import_module(file.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))


def codes(code: types.CodeType, prefix: str = "") -> Iterator[tuple[str, types.CodeType]]:
    """The code of each function in a module, by its qualified name."""
    for each in code.co_consts:
        if isinstance(each, types.CodeType):
            yield each.co_qualname, each
            yield from codes(each)


def functions_in(module: types.ModuleType) -> Iterator[types.FunctionType]:
    """The functions of a module and of its classes, also those behind properties, caches and decorators."""
    waiting, seen = list(vars(module).values()), set()
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, types.FunctionType) and each.__module__ == module.__name__:
            yield each
        if isinstance(each, type) and each.__module__ == module.__name__:
            waiting += vars(each).values()
        if isinstance(each, dict):
            waiting += each.values()
        for name in ("__func__", "fget", "func", "__wrapped__"):
            if not isinstance(each, type) and (inner := getattr(each, name, None)) is not None:
                waiting.append(inner)
        if isinstance(each, types.FunctionType):
            waiting += [
                cell.cell_contents
                for cell in each.__closure__ or ()
                if isinstance(cell.cell_contents, types.FunctionType)
            ]


def changed(mutant: Mutant) -> dict[str, types.CodeType]:
    """The code that is another one in the mutant, by the qualified names of its functions."""
    path = str(ROOT / mutant.file)
    old = dict(codes(compile((ROOT / mutant.file).read_text(), path, "exec")))
    new = dict(codes(compile(mutant.tree, path, "exec")))
    return {name: code for name, code in new.items() if code != old.get(name)}


def apply(mutant: Mutant) -> bool:
    """Exchange the code in this process. False where the function cannot be reached: it lives on in a closure."""
    new, done = changed(mutant), False
    for function in functions_in(module_of(mutant.file)):
        code = new.get(function.__code__.co_qualname)
        if code and function.__code__.co_freevars == code.co_freevars:
            function.__code__ = code
            done = True
    return done
