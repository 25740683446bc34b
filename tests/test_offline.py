"""The main job opens no network connection: it runs to the end in a process where any attempt ends the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import rozmova

GUARD = """
import os, sys

def watch(event, arguments):
    # Names are looked up and sockets opened through these, whatever library does it.
    if event.startswith(("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "socket.bind")):
        os.write(2, f"network: {event} {arguments}".encode())
        os._exit(99)

sys.addaudithook(watch)
"""

BUILD = """
from rozmova.cli.app import main
main(sys.argv[1:])
"""

CORPUS = Path(rozmova.__file__).parent / "demo" / "corpus"


def run_guarded(code: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", GUARD + code, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


def test_the_guard_sees_attempts(tmp_path: Path) -> None:
    for attempt in ("socket.create_connection(('127.0.0.1', 9))", "socket.getaddrinfo('localhost', 80)"):
        ran = run_guarded(f"import socket; {attempt}", tmp_path)
        assert ran.returncode == 99, ran.stderr
        assert "network: socket." in ran.stderr


def test_the_main_job_opens_no_connection(tmp_path: Path) -> None:
    articles = [str(next(iter(sorted(CORPUS.glob(f"*-{lang}-*.txt"))))) for lang in ("uk", "pl", "ru", "en")]
    ran = run_guarded(BUILD, tmp_path, "build", *articles, "--published", "2022-01-15")
    assert ran.returncode == 0, ran.stderr
    assert "4 new articles" in ran.stderr
    assert ran.stdout, "these articles tell of contacts"
