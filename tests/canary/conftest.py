"""A desk with tokens, a collector, and a folder of its own for temporary files."""

import os
import tempfile
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import builders
from tests.admin.conftest import rows as rows
from tests.admin.test_authorization import desk as desk
from tests.canary.collector import Collector
from tests.canary.planting import plant
from tests.visitors import Visitor, visitors


@pytest.fixture
def collector(settings: Any) -> Collector:
    """Nothing collected yet; errors are mailed."""
    settings.ADMINS = [("Desk", "desk@example.org")]
    return Collector()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go during the test, and stay: also those that their writer removes or never names."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(tempfile, "TemporaryFile", partial(tempfile.NamedTemporaryFile, delete=False))
    for name in ("remove", "unlink"):
        monkeypatch.setattr(os, name, partial(_removed, getattr(os, name), folder))
    return folder


def _removed(really: Any, folder: Path, path: Any, **options: Any) -> None:
    if folder not in Path(path).parents:
        really(path, **options)


@pytest.fixture
def planted(investigation: Any, reporter: Any, editor: Any) -> SimpleNamespace:
    """The rows that hold tokens."""
    return plant(investigation, reporter, editor)


@pytest.fixture
def whole(desk: SimpleNamespace, planted: SimpleNamespace) -> SimpleNamespace:
    """The desk of the authorization table, its rows replaced by those that hold tokens."""
    vars(desk).update(vars(planted))
    for page in ("identity", "identity_write", "identity_close"):
        setattr(desk, f"source_{page}", planted.source)
    builders.make_gate_finding(source=planted.source, run=desk.gaterun)
    return desk


@pytest.fixture
def everybody(investigation: Any, outsider: Any, reporter: Any, editor: Any, standards: Any) -> dict[str, Visitor]:
    """A visitor of each role."""
    return visitors(investigation, outsider=outsider, reporter=reporter, editor=editor, standards=standards)
