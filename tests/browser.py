"""A server of its own and a real Chromium, for the tests of pages."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright import sync_api

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((path for path in map(shutil.which, NAMES) if path), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_S = 180
DESKTOP, PHONE = (1280, 800), (390, 844)

IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
"""The marks of a file of tests that drive a browser: `pytestmark = IN_A_BROWSER`."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@contextmanager
def serving(home: Path, **variables: str) -> Iterator[str]:
    """The address of a server of its own over a data folder, which may be empty; ended afterwards."""
    home.parent.mkdir(parents=True, exist_ok=True)
    port = free_port()
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    env = {**os.environ, "PRATIQUES_HOME": str(home), "PYTHONPATH": os.pathsep.join(paths), **variables}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "ui" / "app.py"), f"--server.port={port}"]
    log = home.parent / f"server-{port}.log"
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        limit = time.monotonic() + WAIT_S
        while not healthy(port):
            if process.poll() is not None or time.monotonic() > limit:
                pytest.fail(f"the server did not start:\n{log.read_text()}")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that all files of tests share, on a data folder of its own."""
    with serving(tmp_path_factory.mktemp("server") / "home") as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


Visit = Callable[..., sync_api.Page]


@pytest.fixture
def visit(chromium: sync_api.Browser, server: str) -> Iterator[Visit]:
    """Open a page of the application: `visit("fiches?fiche=1c", PHONE, scheme="dark")`; closed afterwards.

    It is in a browser context of its own: nothing is shared with the pages of other calls but the server's data.
    """
    contexts = []

    def open_page(
        path: str = "", size: tuple[int, int] = DESKTOP, scheme: str = "light", address: str = ""
    ) -> sync_api.Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, locale="fr-FR"
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{address or server}/{path}")
        # The first visit of all builds the index.
        page.get_by_test_id("stMainBlockContainer").locator("h1, h2, article").first.wait_for(
            state="attached", timeout=WAIT_S * 1000
        )
        settled(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


def settled(page: sync_api.Page) -> None:
    """Wait until the page has been drawn to its end."""
    running = "[data-test-script-state=running], [data-testid=stSkeleton]"
    page.wait_for_function(f"!document.querySelector('{running}')", timeout=WAIT_S * 1000)


def violations(page: sync_api.Page) -> list[str]:
    """The serious and critical faults of accessibility that axe-core finds, one line each."""
    size = page.viewport_size
    # The contrast of what a scrolling container hides is not judged: the window is made to hold it all.
    page.set_viewport_size({"width": size["width"], "height": 9000})
    page.wait_for_timeout(300)
    found = Axe().run(page).response["violations"]
    page.set_viewport_size(size)
    return [
        f"{fault['id']} ({fault['impact']}): {node['target']} {node['html'][:160]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def overflow(page: sync_api.Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
