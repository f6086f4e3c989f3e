"""The preview is served on this machine alone, to who knows its address."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from preview_library import REJECTION, edit, library_copy, preview_app

from letters.web.server import LOOPBACK, PreviewServer


@pytest.fixture
def templates(tmp_path):
    return library_copy(tmp_path)


@pytest.fixture
def server(templates):
    with PreviewServer(preview_app(templates)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(server, path=None, host=None, method="GET"):
    connection = http.client.HTTPConnection(LOOPBACK, server.server_port, timeout=30)
    target = f"/{server.word}/" if path is None else path
    connection.request(method, target, headers={"Host": host or f"{LOOPBACK}:{server.server_port}"})
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def test_it_listens_on_the_loopback_address_only(server):
    assert server.server_address[0] == "127.0.0.1"


def test_who_has_the_address_gets_the_page(server):
    status, headers, body = ask(server)
    assert status == 200
    assert "Yusuf Abdi Warsame" in body.decode()
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/brev.pdf", "/wrong/", "/favicon.ico"])
def test_who_has_not_gets_nothing(server, path):
    assert ask(server, path)[::2] == (404, b"")


def test_a_page_elsewhere_that_has_its_name_point_here_gets_nothing(server):
    assert ask(server, host=f"evil.example:{server.server_port}")[::2] == (404, b"")


def test_nothing_can_be_sent(server):
    assert ask(server, method="POST")[0] == 501


def test_a_change_is_told(server, templates):
    connection = http.client.HTTPConnection(LOOPBACK, server.server_port, timeout=30)
    connection.request("GET", f"/{server.word}/nyt", headers={"Host": f"localhost:{server.server_port}"})
    answer = connection.getresponse()
    first = told(answer)
    edit(templates, "Vi vurderer, at vi ikke har pligt", "Vi vurderer nu, at vi ikke har pligt")
    assert told(answer) != first
    connection.close()


def told(answer):
    """The next stamp of the stream."""
    while True:
        line = answer.readline().decode()
        assert line
        if line.startswith("data: "):
            return line.removeprefix("data: ").strip()


@pytest.fixture
def heeding_interrupts():
    """As in a terminal: what a shell starts in the background is told, with all below it, to pass them by."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeding_interrupts")
def test_the_command_serves_until_it_is_interrupted():
    letters = Path(sys.executable).with_name("letters")
    command = [letters, "templates", "preview", "--case", REJECTION, "--no-open"]
    environment = {"LANG": "da_DK.UTF-8", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        line = process.stdout.readline()
        address = re.search(r"Forhåndsvisningen er på http://127\.0\.0\.1:(\d+)(/[\w-]+/)$", line)
        connection = http.client.HTTPConnection(LOOPBACK, int(address[1]), timeout=60)
        connection.request("GET", address[2])
        assert connection.getresponse().status == 200
        connection.close()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert process.returncode == 0
