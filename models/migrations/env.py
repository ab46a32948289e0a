"""Alembic's entry: runs the migrations on the connection it is handed (see models/migrate.py)."""

from typing import Any, Literal

from alembic import context

from models import database  # noqa: F401  knows every table
from models.base import Base, UtcDateTime


def write_type(kind: str, item: object, _context: Any) -> str | Literal[False]:
    """Write our own column types as the plain ones beneath, so that old migrations never import live code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=write_type,
)
with context.begin_transaction():
    context.run_migrations()
