"""One watch at a time: the second is told who is at it, and nobody has to clear up after one that was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rozmova.errors import StoreError
from rozmova.sources.lock import only_one

HOLDER = """
import sys, time, pathlib
from rozmova.sources.lock import only_one
with only_one(pathlib.Path(sys.argv[1]), "reading"):
    print("inside", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)])
def test_another_process_is_kept_out_until_the_first_ends_however_it_does(tmp_path: Path, how: signal.Signals) -> None:
    lock = tmp_path / "news.lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, lock], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "inside\n"
    with pytest.raises(StoreError) as refused, only_one(lock, "reading"):
        pass
    assert refused.value.message == f"reading is done by another process (process {holder.pid})"
    assert str(lock) in refused.value.hint
    holder.send_signal(how)
    holder.wait()
    with only_one(lock, "reading"):
        assert lock.exists()


def test_inside_ends_with_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), only_one(tmp_path / "lock", "reading"):
        raise RuntimeError
    with only_one(tmp_path / "lock", "reading"), only_one(tmp_path / "other", "reading"):
        pass


def test_where_no_lock_can_be_made_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written: No such file"), only_one(tmp_path / "no" / "l", "reading"):
        pass
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="cannot be written"), only_one(tmp_path / "folder", "reading"):
        pass
