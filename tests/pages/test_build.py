"""The build: another one as soon as anything changes that a compiled page is made of."""

import shutil

import pytest

from investigations.pages import build as module
from investigations.pages.render import site

HOUSE = module.HERE.parent


@pytest.fixture
def made(tmp_path, settings, monkeypatch):
    """The build over a copy of what it covers; call it anew after a change."""
    copy = tmp_path / "investigations"
    shutil.copytree(module.HERE, copy / "pages", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(HOUSE.parent / "templates", tmp_path / "templates")
    for name in module.SHARED:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HOUSE / name, copy / name)
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(module, "HERE", copy / "pages")
    monkeypatch.setattr(module, "STATIC", copy / "pages" / "static")
    return module.build.__wrapped__


@pytest.mark.parametrize(
    "path",
    [
        "templates/public/story.html",
        "templates/public/_card.html",
        "investigations/pages/story.py",
        "investigations/pages/static/newsroom/newsroom.css",
        "investigations/vocabulary.py",
        "investigations/dates.py",
        "investigations/record/reading.py",
    ],
)
def test_a_changed_file_makes_another_build(made, tmp_path, path):
    before = made()
    (tmp_path / path).write_text((tmp_path / path).read_text() + "\n")
    assert made() != before


def test_a_new_template_makes_another_build(made, tmp_path):
    before = made()
    (tmp_path / "templates/public/_new.html").write_text("")
    assert made() != before


def test_a_template_of_the_desk_doesnt(made, tmp_path):
    before = made()
    (tmp_path / "templates/admin/index.html").write_text("")
    assert made() == before


@pytest.mark.parametrize("name", ["SITE_NAME", "BASE_URL", "TIME_ZONE", "CONTACT"])
def test_another_newsroom_is_another_build(made, settings, name):
    before = made()
    setattr(settings, name, "Europe/Berlin")
    assert made() != before


def test_the_same_is_the_same(made):
    assert made() == made()
    assert len(made()) == 16


def test_a_changed_style_sheet_has_another_address(made, tmp_path):
    before = module.asset.__wrapped__("newsroom.css")
    path = tmp_path / "investigations/pages/static/newsroom/newsroom.css"
    path.write_text(path.read_text() + "\n")
    assert module.asset.__wrapped__("newsroom.css") != before


def test_pages_name_the_style_sheet_by_its_digest():
    assert "?v=" in site()["stylesheet"]
