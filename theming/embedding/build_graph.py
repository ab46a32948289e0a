"""Write the two weight-free ONNX graphs of all-MiniLM-L6-v2: one in float32, one with 8-bit products.

Run by hand, as a development tool: ``python -m theming.embedding.build_graph``. The graphs hold
the arithmetic only; their weights are declared as external and handed to the session at run time.
They expect batches of texts with the same number of tokens, so they need no attention mask. The table
of word vectors stays outside: of its 47 MB, only the rows that texts use are ever read.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper

GRAPH_PATH = Path(__file__).with_name("minilm_graph.onnx")
ROUNDED_GRAPH_PATH = Path(__file__).with_name("minilm_rounded_graph.onnx")
N_LAYERS, N_HEADS, WIDTH, INNER, N_POSITIONS = 6, 12, 384, 1536, 512
LAYER_NORM_EPSILON = 1e-12
MICROSOFT = "com.microsoft"
MIDDLE, LARGEST, SMALLEST = 128, 127, 1e-12
"""A number is rounded to 1..255 with 0 at 128, in steps of a 127th of the largest of its token."""

Multiply = Callable[[list[NodeProto], str, str, str], None]
"""Adds what multiplies a value by the weight of a stem: nodes, value, stem of the weight, output."""


def declare_weight(name: str, *shape: int, kind: int = TensorProto.FLOAT) -> TensorProto:
    """Declare a weight whose values come from outside the file."""
    weight = TensorProto(name=name, data_type=kind, dims=shape)
    weight.data_location = TensorProto.EXTERNAL
    weight.external_data.add(key="location", value="handed-over-at-run-time")
    return weight


def declare_rounded(name: str, *shape: int) -> list[TensorProto]:
    """Declare a matrix as whole numbers and the step of each column."""
    stem = name.removesuffix(".weight")
    whole = declare_weight(f"{stem}.rounded", *shape, kind=TensorProto.INT8)
    return [whole, declare_weight(f"{stem}.steps", shape[1])]


def declare_weights(*, rounded: bool) -> list[TensorProto]:
    """Declare every weight by the name that `minilm_weights` uses."""
    weights = [
        declare_weight("embeddings.position_embeddings.weight", N_POSITIONS, WIDTH),
        declare_weight("embeddings.type_0", WIDTH),
        declare_weight("embeddings.LayerNorm.weight", WIDTH),
        declare_weight("embeddings.LayerNorm.bias", WIDTH),
    ]
    for layer in range(N_LAYERS):
        stem = f"encoder.layer.{layer}"
        shapes: dict[str, tuple[int, ...]] = {
            "attention.self.qkv.weight": (WIDTH, 3 * WIDTH),
            "attention.self.qkv.bias": (3 * WIDTH,),
            "attention.output.dense.weight": (WIDTH, WIDTH),
            "attention.output.dense.bias": (WIDTH,),
            "attention.output.LayerNorm.weight": (WIDTH,),
            "attention.output.LayerNorm.bias": (WIDTH,),
            "intermediate.dense.weight": (WIDTH, INNER),
            "intermediate.dense.bias": (INNER,),
            "output.dense.weight": (INNER, WIDTH),
            "output.dense.bias": (WIDTH,),
            "output.LayerNorm.weight": (WIDTH,),
            "output.LayerNorm.bias": (WIDTH,),
        }
        for name, shape in shapes.items():
            if rounded and len(shape) == 2:
                weights += declare_rounded(f"{stem}.{name}", *shape)
            else:
                weights.append(declare_weight(f"{stem}.{name}", *shape))
    return weights


def multiply_exactly(nodes: list[NodeProto], left: str, stem: str, output: str) -> None:
    """Multiply in float32."""
    nodes.append(helper.make_node("MatMul", [left, f"{stem}.weight"], [output], domain=""))


def multiply_rounded(nodes: list[NodeProto], left: str, stem: str, output: str) -> None:
    """Round each token by its own largest number and multiply in whole numbers.

    A scale for each token, and not one for the batch, keeps a vector free of its company.
    """
    make = helper.make_node
    nodes += [
        make("Abs", [left], [f"{output}.sizes"]),
        make("ReduceMax", [f"{output}.sizes", "last"], [f"{output}.largest"], keepdims=1),
        make("Max", [f"{output}.largest", "smallest"], [f"{output}.some"]),
        make("Mul", [f"{output}.some", "share"], [f"{output}.step"]),
        make("Div", [left, f"{output}.step"], [f"{output}.scaled"]),
        make("QuantizeLinear", [f"{output}.scaled", "one", "middle"], [f"{output}.whole"]),
        make(
            "MatMulIntegerToFloat",
            [f"{output}.whole", f"{stem}.rounded", "one", f"{stem}.steps", "middle"],
            [f"{output}.product"],
            domain=MICROSOFT,
        ),
        make("Mul", [f"{output}.product", f"{output}.step"], [output]),
    ]


def list_rounding_constants() -> list[TensorProto]:
    """List the constants of `multiply_rounded`."""
    make = helper.make_tensor
    return [
        make("last", TensorProto.INT64, [1], [-1]),
        make("smallest", TensorProto.FLOAT, [], [SMALLEST]),
        make("share", TensorProto.FLOAT, [], [1 / LARGEST]),
        make("one", TensorProto.FLOAT, [], [1.0]),
        make("middle", TensorProto.UINT8, [], [MIDDLE]),
    ]


def _add_embedding_nodes(nodes: list[NodeProto]) -> str:
    """Add position and type to the word vectors; return the name of their normalised sum."""
    make = helper.make_node
    norm = ["embeddings.LayerNorm.weight", "embeddings.LayerNorm.bias"]
    nodes += [
        make("Shape", ["word_vectors"], ["length"], start=1, end=2),
        make(
            "Slice",
            ["embeddings.position_embeddings.weight", "zero", "length", "zero"],
            ["positions"],
        ),
        make("Add", ["word_vectors", "positions"], ["placed"]),
        make("Add", ["placed", "embeddings.type_0"], ["summed"]),
        make("LayerNormalization", ["summed", *norm], ["hidden.0"], axis=-1, epsilon=LAYER_NORM_EPSILON),
    ]
    return "hidden.0"


def _add_layer_nodes(nodes: list[NodeProto], layer: int, hidden: str, multiply_by: Multiply) -> str:
    """Add one transformer layer; return the name of its output."""
    stem = f"encoder.layer.{layer}"

    def add(op: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        nodes.append(helper.make_node(op, inputs, [f"{stem}/{output}"], domain=domain, **attributes))
        return f"{stem}/{output}"

    def multiply(left: str, name: str) -> str:
        multiply_by(nodes, left, f"{stem}.{name}", f"{stem}/{name}")
        return f"{stem}/{name}"

    # ONNX Runtime's one operator for this (SkipLayerNormalization) took eight times as long.
    def normalise(branch: str, trunk: str, name: str) -> str:
        moved = add("Add", [branch, f"{stem}.{name}.dense.bias"], f"{name}.moved")
        joined = add("Add", [moved, trunk], f"{name}.joined")
        norm = [f"{stem}.{name}.LayerNorm.weight", f"{stem}.{name}.LayerNorm.bias"]
        return add("LayerNormalization", [joined, *norm], f"{name}.norm", axis=-1, epsilon=LAYER_NORM_EPSILON)

    packed = multiply(hidden, "attention.self.qkv")
    parts = [f"{stem}/{part}" for part in ("query", "key", "value")]
    nodes.append(helper.make_node("Split", [packed], parts, axis=-1, num_outputs=3))
    heads = [*parts, f"{stem}.attention.self.qkv.bias"]
    seen = add("MultiHeadAttention", heads, "attended", MICROSOFT, num_heads=N_HEADS)
    middle = normalise(multiply(seen, "attention.output.dense"), hidden, "attention.output")
    opened = [multiply(middle, "intermediate.dense"), f"{stem}.intermediate.dense.bias"]
    active = add("BiasGelu", opened, "active", MICROSOFT)
    return normalise(multiply(active, "output.dense"), middle, "output")


def build_graph(*, rounded: bool = False) -> ModelProto:
    """Put a whole graph together: a vector for each word in, a vector for each token out."""
    nodes: list[NodeProto] = []
    hidden = _add_embedding_nodes(nodes)
    for layer in range(N_LAYERS):
        hidden = _add_layer_nodes(nodes, layer, hidden, multiply_rounded if rounded else multiply_exactly)
    nodes.append(helper.make_node("Identity", [hidden], ["token_vectors"]))
    constants = [helper.make_tensor("zero", TensorProto.INT64, [1], [0])]
    constants += list_rounding_constants() if rounded else []
    graph: GraphProto = helper.make_graph(
        nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info("word_vectors", TensorProto.FLOAT, ["texts", "tokens", WIDTH])],
        [helper.make_tensor_value_info("token_vectors", TensorProto.FLOAT, ["texts", "tokens", WIDTH])],
        initializer=[*constants, *declare_weights(rounded=rounded)],
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def main() -> None:
    """Write both graphs beside this file and print their sizes and SHA-256."""
    for path, rounded in ((GRAPH_PATH, False), (ROUNDED_GRAPH_PATH, True)):
        written = build_graph(rounded=rounded).SerializeToString(deterministic=True)
        path.write_bytes(written)
        print(path.name, len(written), "bytes, sha256", hashlib.sha256(written).hexdigest())


if __name__ == "__main__":
    main()
