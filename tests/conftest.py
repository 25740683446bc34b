"""What tests share: a simple pipeline in place of the real one, and the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

import rozmova
from handmade import Ran, SimplePipeline

settings.register_profile("rozmova", deadline=None)  # a busy machine is no failure: speed is measured by benchmarks
settings.load_profile("rozmova")


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> SimplePipeline:
    simple = SimplePipeline()
    monkeypatch.setitem(sys.modules, "rozmova.pipeline", simple)
    monkeypatch.setattr(rozmova, "pipeline", simple, raising=False)
    return simple


@pytest.fixture
def rozmova_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Ran]:
    """Runs the command line in a folder of its own: ``rozmova_command("build", "a.txt")``."""
    from rozmova.cli.app import main

    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ran(int(ended.value.code or 0), out, err)

    return run
