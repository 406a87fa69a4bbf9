"""The sample server files: the site below /a/b/ under their Content-Security-Policy, on the real servers."""

from __future__ import annotations

import functools
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from built import ROOT, built
from playwright.sync_api import Browser, expect
from test_site_browser import KINDS, watch

pytestmark = pytest.mark.browser

SAMPLES = {"nginx": ROOT / "servers/nginx.conf", "apache": ROOT / "servers/apache.conf"}
MODULES = Path("/usr/lib/apache2/modules")
FOLDER = "/a/b/"
# The part of any system's own list that the site needs besides what the sample adds.
MIME_TYPES = """\
text/html html
text/css css
application/javascript js
application/json json
application/pdf pdf
application/zip zip
image/svg+xml svg
"""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)


def sample(server: str) -> str:
    """The sample file, for the folder that the tests serve."""
    return SAMPLES[server].read_text("utf-8").replace("/xxgk/jixiao/", FOLDER)


def policy(text: str) -> str:
    """The Content-Security-Policy that a sample sends."""
    (found,) = re.findall(r'Content-Security-Policy "([^"]+)"', text)
    return found


@pytest.mark.parametrize("server", SAMPLES)
def test_a_sample_sends_the_strict_policy(server: str) -> None:
    """Nothing is allowed that is not named, no inline script or style, no other host."""
    assert policy(sample(server)) == POLICY
    assert "unsafe" not in POLICY


INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|"""
    r"""<script\b(?![^>]*\ssrc=)(?![^>]*\stype="application/(?:ld\+)?json")"""
)


def test_no_page_has_an_inline_script_or_style(www: Path) -> None:
    """Every page, not only one of each kind; blocks of JSON are data and run nowhere."""
    pages = sorted(www.rglob("*.html"))
    assert len(pages) > 100
    found = [(p.name, m[0]) for p in pages for m in INLINE.finditer(p.read_text("utf-8"))]
    assert found == []


@pytest.fixture(scope="module")
def www() -> Iterator[Path]:
    """A folder of documents that any user may read, with the site at /a/b/."""
    with tempfile.TemporaryDirectory() as folder:
        root, done = built(Path(folder) / "project")
        assert done.published, done.problems
        public = Path(folder) / "www" / "a" / "b"
        public.parent.mkdir(parents=True)
        (root / "site").rename(public)
        Path(folder).chmod(0o755)
        yield public.parents[1]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def configuration(server: str, www: Path, work: Path, port: int) -> str:
    """The least that a server needs around the sample."""
    if server == "nginx":
        temporary = " ".join(
            f"{kind}_temp_path {work}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;" if os.geteuid() == 0 else ""
        return (
            f"{user} daemon off; master_process off; pid {work}/pid; error_log {work}/error.log;\n"
            f"events {{}}\nhttp {{ access_log off; {temporary}\nserver {{ listen 127.0.0.1:{port}; "
            f"root {www};\n{sample(server)}\n}}\n}}\n"
        )
    (work / "mime.types").write_text(MIME_TYPES, "utf-8")
    modules = "".join(
        f"LoadModule {name}_module {MODULES}/mod_{name}.so\n"
        for name in ("mpm_event", "authz_core", "dir", "mime", "headers")
    )
    return (
        f"{modules}ServerName localhost\nServerRoot {work}\nListen 127.0.0.1:{port}\n"
        f"PidFile {work}/pid\nErrorLog {work}/error.log\nTypesConfig {work}/mime.types\n"
        f"User www-data\nGroup www-data\nDocumentRoot {www}\n"
        f"<Directory {www}>\nRequire all granted\n</Directory>\n{sample(server)}"
    )


def program_of(server: str) -> str | None:
    """The real server's program; None where it is not installed and need not be."""
    name = {"nginx": "nginx", "apache": "apache2"}[server]
    found = shutil.which(name, path="/usr/sbin:/usr/bin")
    if found is None and os.environ.get("SITE_BUILDER_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{name} is missing")
    return found


@contextmanager
def running(server: str, program: str, www: Path) -> Iterator[str]:
    """The site on the real server; its address."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        file = Path(folder) / "server.conf"
        file.write_text(configuration(server, www, Path(folder), port), "utf-8")
        command = [program, "-c" if server == "nginx" else "-f", str(file)]
        process = subprocess.Popen([*command, *([] if server == "nginx" else ["-DFOREGROUND"])])
        try:
            for _ in range(100):
                with socket.socket() as one:
                    if one.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert process.poll() is None, (Path(folder) / "error.log").read_text("utf-8")
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}{FOLDER}"
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def imitated(server: str, www: Path) -> Iterator[str]:
    """The site on Python's own server, which sends the policy of the sample."""

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy(sample(server)))
            super().end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Handler, directory=str(www))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as one:
        threading.Thread(target=one.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{one.server_port}{FOLDER}"
        one.shutdown()


@pytest.fixture(scope="module", params=SAMPLES)
def address(request: pytest.FixtureRequest, www: Path) -> Iterator[str]:
    """The site under a sample: on the real server, or imitated where that is not installed."""
    program = program_of(request.param)
    started = running(request.param, program, www) if program else imitated(request.param, www)
    with started as base:
        yield base


def test_every_kind_of_page_is_silent_under_the_policy(address: str, chromium: Browser) -> None:
    """No console error, nothing blocked, no request out of the folder, none that fails, no cookie."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 375, "height": 800})
    for kind, path in KINDS.items():
        requests: list[str] = []
        problems: list[str] = []
        page = context.new_page()
        watch(page, requests, problems)
        answer = page.goto(address + path)
        page.wait_for_load_state("networkidle")
        assert answer is not None
        assert answer.headers["content-security-policy"] == POLICY, kind
        assert problems == [], kind
        assert all(url.startswith(address) for url in requests), kind
        page.close()
    assert context.cookies() == []
    context.close()


def test_a_script_in_the_page_would_be_stopped(address: str, chromium: Browser) -> None:
    """The policy is in force: what this page is made to run does not run."""
    page = chromium.new_page()
    page.goto(address + "index.html")
    ran = page.evaluate(
        """() => { const made = document.createElement('script'); made.textContent = 'window.ran = 1';
        document.head.append(made); return window.ran === 1 }"""
    )
    assert ran is False
    page.close()


def test_search_and_colours_work_under_the_policy(address: str, chromium: Browser) -> None:
    """What needs scripts does its work: a figure is found, its place is marked, dark is dark."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address + "index.html")
    page.locator("header input[type=search]").fill("1532.11")
    page.locator("header input[type=search]").press("Enter")
    page.locator("#search-app a[href*='miluo/guiyi/2022/index.html']").first.click()
    page.wait_for_url("**/miluo/guiyi/2022/index.html*")
    expect(page.locator("article mark").first).to_be_visible()
    page.locator("label[for=__palette_1]").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.close()


TYPES = {
    "miluo/guiyi/2022/facts.csv": "text/csv; charset=utf-8",
    "miluo/guiyi/2022/facts.json": "application/json",
    "miluo/miluo.zip": "application/zip",
    "miluo/miluo.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "data/all.sqlite": "application/vnd.sqlite3",
}


@pytest.mark.parametrize("server", SAMPLES)
def test_downloads_have_their_types_and_a_missing_page_its_page(server: str, www: Path) -> None:
    """A browser takes each file for what it is; an address that leads nowhere says so in our words."""
    program = program_of(server)
    if program is None:
        pytest.skip(f"{server} is not installed")
    with running(server, program, www) as address:
        for path, expected in TYPES.items():
            with urlopen(address + path) as answer:
                assert answer.headers["Content-Type"].startswith(expected), path
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
        with pytest.raises(HTTPError) as refused:
            urlopen(address + "gone/index.html")
        assert refused.value.code == 404
        assert refused.value.headers["Content-Security-Policy"] == POLICY
        assert "没有这个页面" in refused.value.read().decode()
