"""Write the weight-free ONNX graph of all-MiniLM-L6-v2.

Run by hand, as a development tool: ``python -m theming.embedding.build_graph``. The graph holds
the arithmetic only; its weights are declared as external and handed to the session at run time.
It expects batches of texts with the same number of tokens, so it needs no attention mask. The table
of word vectors stays outside: of its 47 MB, only the rows that texts use are ever read.
"""

import hashlib
from pathlib import Path
from typing import Any

from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper

GRAPH_PATH = Path(__file__).with_name("minilm_graph.onnx")
N_LAYERS, N_HEADS, WIDTH, INNER, N_POSITIONS = 6, 12, 384, 1536, 512
LAYER_NORM_EPSILON = 1e-12
MICROSOFT = "com.microsoft"


def declare_weight(name: str, *shape: int) -> TensorProto:
    """Declare a float32 weight whose values come from outside the file."""
    weight = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
    weight.data_location = TensorProto.EXTERNAL
    weight.external_data.add(key="location", value="handed-over-at-run-time")
    return weight


def declare_weights() -> list[TensorProto]:
    """Declare every weight by the name that `minilm_weights.load_weights` uses."""
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
        weights += [declare_weight(f"{stem}.{name}", *shape) for name, shape in shapes.items()]
    return weights


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


def _add_layer_nodes(nodes: list[NodeProto], layer: int, hidden: str) -> str:
    """Add one transformer layer; return the name of its output."""
    stem = f"encoder.layer.{layer}"

    def add(op: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        nodes.append(helper.make_node(op, inputs, [f"{stem}/{output}"], domain=domain, **attributes))
        return f"{stem}/{output}"

    def multiply(left: str, name: str) -> str:
        return add("MatMul", [left, f"{stem}.{name}.weight"], name)

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


def build_graph() -> ModelProto:
    """Put the whole graph together: a vector for each word in, a vector for each token out."""
    nodes: list[NodeProto] = []
    hidden = _add_embedding_nodes(nodes)
    for layer in range(N_LAYERS):
        hidden = _add_layer_nodes(nodes, layer, hidden)
    nodes.append(helper.make_node("Identity", [hidden], ["token_vectors"]))
    zero = helper.make_tensor("zero", TensorProto.INT64, [1], [0])
    graph: GraphProto = helper.make_graph(
        nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info("word_vectors", TensorProto.FLOAT, ["texts", "tokens", WIDTH])],
        [helper.make_tensor_value_info("token_vectors", TensorProto.FLOAT, ["texts", "tokens", WIDTH])],
        initializer=[zero, *declare_weights()],
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def main() -> None:
    """Write the graph beside this file and print its size and SHA-256."""
    model = build_graph()
    written = model.SerializeToString(deterministic=True)
    GRAPH_PATH.write_bytes(written)
    print(GRAPH_PATH.name, len(written), "bytes, sha256", hashlib.sha256(written).hexdigest())


if __name__ == "__main__":
    main()
