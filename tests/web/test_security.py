"""Headers, files and health."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import anyio
import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from engagement.web.security import hash_inline_scripts, write_policy
from engagement.web.static_files import PackedStatic, name_asset
from models.database import Record
from tests.web.conftest import EMAIL, PASSWORD, TestClient


@pytest.mark.parametrize("path", ["/sign-in", "/healthz", "/nothing-here", "/live-assets/0/none.js"])
def test_every_answer_carries_the_headers(client, path):
    headers = client.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "strict-transport-security" not in headers


def test_policy_allows_no_inline_script_but_streamlits_own():
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    known = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

    policy = dict(part.split(" ", 1) for part in write_policy().split("; "))

    assert policy["script-src"] == f"'self' blob: 'sha256-{known}'"
    assert policy["object-src"] == "'none'"
    assert "http" not in write_policy()


def test_every_inline_script_of_a_page_is_hashed():
    page = b"<script>a()</script><script src='x.js'></script><script>b()</script>"

    assert len(hash_inline_scripts(page)) == 2


def test_own_file_is_kept_for_a_year_under_its_own_name(client):
    answer = client.get(name_asset("site.css"))

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/site-assets/0/site.css", "/site-assets/0/..%2f..%2fsite.py"])
def test_other_files_are_not_given_away(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/screen/{row}", "/paper/{row}/cards", "/paper/{row}/headings", "/type/{row}", "/type/1/photo/{row}"],
)
def test_a_number_too_large_for_any_row_is_no_address(client, administrator, path):
    client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})

    assert client.get(path.format(row=10**25)).status_code == 404


def test_health_says_ok(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_health_is_bad_when_the_record_does_not_answer(client, monkeypatch, tmp_path):
    monkeypatch.setenv("ENGAGEMENT_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/nothing")

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert "does not answer" in answer.json()["status"]


@pytest.fixture
def static_client(tmp_path):
    (tmp_path / "code.js").write_text("let words = 'the same again and again';\n" * 500, encoding="utf-8")
    (tmp_path / "font.woff2").write_bytes(bytes(range(256)) * 20)
    site = Starlette(
        routes=[Mount("/static", StaticFiles(directory=tmp_path))], middleware=[Middleware(PackedStatic)]
    )
    return TestClient(site)


def test_static_script_is_sent_packed_and_reads_the_same(static_client, tmp_path):
    answer = static_client.get("/static/code.js", headers={"accept-encoding": "gzip"})

    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 1000
    assert "Accept-Encoding" in answer.headers["vary"]
    assert answer.text == (tmp_path / "code.js").read_text(encoding="utf-8")


def test_static_script_is_sent_plain_to_whoever_cannot_unpack(static_client, tmp_path):
    answer = static_client.get("/static/code.js", headers={"accept-encoding": "identity"})

    assert "content-encoding" not in answer.headers
    assert answer.content == (tmp_path / "code.js").read_bytes()


def test_a_browser_that_leaves_in_mid_load_spoils_the_file_for_nobody(static_client, tmp_path):
    assert call_and_leave(static_client.app, "/static/code.js") == []

    answer = static_client.get("/static/code.js", headers={"accept-encoding": "gzip"})

    assert answer.text == (tmp_path / "code.js").read_text(encoding="utf-8")


def call_and_leave(app, path):
    """Ask for a file as a browser does whose tab is closed before anything came; give what was sent."""
    sent = []

    async def leave():
        return {"type": "http.disconnect"}

    async def keep(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"accept-encoding", b"gzip")],
    }
    anyio.run(app, scope, leave, keep)
    return sent


def test_font_is_not_packed_again(static_client, tmp_path):
    answer = static_client.get("/static/font.woff2", headers={"accept-encoding": "gzip"})

    assert "content-encoding" not in answer.headers
    assert answer.content == (tmp_path / "font.woff2").read_bytes()


def test_packed_file_is_not_sent_again_when_the_browser_has_it(static_client):
    packed = {"accept-encoding": "gzip"}
    first = static_client.get("/static/code.js", headers=packed)

    again = static_client.get("/static/code.js", headers={**packed, "if-none-match": first.headers["etag"]})

    assert again.status_code == 304
    assert again.content == b""


def test_missing_static_file_stays_missing(static_client):
    assert static_client.get("/static/none.js", headers={"accept-encoding": "gzip"}).status_code == 404


def test_record_that_is_shared_is_opened_once():
    from engagement.record import open_record

    assert isinstance(open_record("sqlite://"), Record)
    assert open_record("sqlite://") is open_record("sqlite://")
