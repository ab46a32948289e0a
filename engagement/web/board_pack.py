"""A seat's modules as one file for phones: forty requests become one, and comments stay at home.

Each module becomes a function that is called once, after those it imports from; what it exports is what the
function gives back. Only the few forms of import and export that the board uses are understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (default )?((?:async )?function|class|const) (\w+)", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)


def pack_modules(sources: Mapping[str, str], first: str) -> str:
    """Pack a module with all that it imports into one; its exports stay exports.

    Parameters
    ----------
    sources : mapping
        The words of each module by its name without ``.js``.
    first : str
        The module that a page asks for.

    Raises
    ------
    ValueError
        When modules import each other in a circle, or in a form that is not understood.
    """
    parts = [_wrap(name, sources[name]) for name in _order(sources, first, (), [])]
    given = ", ".join(name for is_default, name in _list_exports(sources[first]) if not is_default)
    exported = f"export const {{ {given} }} = module_{first};\n" if given else ""
    return "".join((*parts, exported))


def _order(sources: Mapping[str, str], name: str, above: tuple[str, ...], done: list[str]) -> list[str]:
    """List the modules that are needed, each after those it imports from."""
    if name in above:
        raise ValueError(f"above == {above}, must not hold {name!r}: modules import each other in a circle.")
    if name not in done:
        for _names, other in _IMPORT.findall(sources[name]):
            _order(sources, other, (*above, name), done)
        done.append(name)
    return done


def _wrap(name: str, source: str) -> str:
    given = ", ".join(export for _is_default, export in _list_exports(source))
    body = _COMMENT.sub("", source)
    body = _IMPORT.sub(lambda found: f"const {{{found[1]}}} = module_{found[2]};\n", body)
    body = _EXPORT.sub(r"\2 \3", body)
    if re.search(r"^(import|export) ", body, re.MULTILINE):
        raise ValueError(f"name == {name!r}, must import and export in the forms that are understood.")
    return f"const module_{name} = (() => {{\n{body}return {{ {given} }};\n}})();\n"


def _list_exports(source: str) -> list[tuple[bool, str]]:
    return [(bool(default), name) for default, _kind, name in _EXPORT.findall(source)]
