"""Our own files: the same for everybody, read and packed before somebody waits for one."""

from __future__ import annotations

from engagement.web.board_assets import ASSET_ROUTES, read_assets, read_pack
from engagement.web.packing import pack_once
from engagement.web.static_files import SITE_ASSET_ROUTES, list_assets

OWN_FILE_ROUTES = (*SITE_ASSET_ROUTES, *ASSET_ROUTES)


def prepare_files() -> None:
    """Read and pack all of them."""
    for content in (*list_assets(), *read_assets().values(), read_pack()):
        pack_once(content)
