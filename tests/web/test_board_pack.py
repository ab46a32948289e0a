"""The board as one module: the same code in the right order, and nothing that is not understood."""

from __future__ import annotations

import pytest

from engagement.web.board_assets import read_pack
from engagement.web.board_pack import pack_modules

SOURCES = {
    "board": '/** The board. */\n\nimport { say } from "./words.js";\n\n'
    "/** Draw. */\nexport function draw() {\n  return say();\n}\nexport default function mount() {}\n",
    "words": "/** Words. */\n\nexport const LONGEST = 3;\n/** Say. */\nexport function say() {}\n",
    "other": "export const NOT_NEEDED = 1;\n",
}


def test_a_module_comes_after_those_it_imports_from() -> None:
    packed = pack_modules(SOURCES, "board")

    assert packed.index("const module_words") < packed.index("const module_board")
    assert "const { say } = module_words;" in packed
    assert "return { LONGEST, say };" in packed
    assert packed.endswith("export const { draw } = module_board;\n")
    assert "/**" not in packed
    assert "NOT_NEEDED" not in packed


def test_modules_in_a_circle_are_refused() -> None:
    circle = {"a": 'import { b } from "./b.js";\n', "b": 'import { a } from "./a.js";\n'}

    with pytest.raises(ValueError, match="in a circle"):
        pack_modules(circle, "a")


@pytest.mark.parametrize("line", ['import "./b.js";\n', "export { a };\n", 'import * as b from "./b.js";\n'])
def test_a_form_that_is_not_understood_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="forms that are understood"):
        pack_modules({"a": line}, "a")


def test_the_whole_board_is_packed() -> None:
    packed = read_pack().decode()

    assert packed.count("const module_") > 20
    assert "openBoard } = module_board" in packed
    assert packed.rstrip().endswith("})();")
