"""Model folders small enough to look through: vectors that a test can work out by hand."""

import json
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

WORDS = {"[UNK]": 0, "bus": 1, "late": 2, "autobús": 3, "tarde": 4}
TABLE = np.array([[1, 1, 1], [3, 0, 0], [0, 3, 0], [3, 0, 0.5], [0, 3, 0.5]], np.float32)


def make_onnx_folder(folder: Path, *, extra_input: str = "", pooling: str = "", step: str = "") -> Path:
    """Write a folder whose model looks words up in a table and does nothing else."""
    inputs = ["input_ids", "attention_mask", *([extra_input] if extra_input else [])]
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["token_vectors"])],
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in inputs],
        [helper.make_tensor_value_info("token_vectors", TensorProto.FLOAT, ["texts", "tokens", 3])],
        initializer=[numpy_helper.from_array(TABLE, "table")],
    )
    (folder / "onnx").mkdir(parents=True)
    opsets = [helper.make_opsetid("", 18)]
    save(helper.make_model(graph, opset_imports=opsets, ir_version=9), folder / "onnx" / "model.onnx")
    tokenizer = Tokenizer(WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    if pooling:
        (folder / "1_Pooling").mkdir()
        (folder / "1_Pooling" / "config.json").write_text(json.dumps({pooling: True}))
    if step:
        (folder / "modules.json").write_text(json.dumps([{"type": f"sentence_transformers.models.{step}"}]))
    return folder
