"""All templates compile, and none carries a style or a script of its own."""

import re
from pathlib import Path

import pytest
from flask import Flask

PACKAGE = Path(__file__).parents[2] / "participation"
TEMPLATES = sorted(path for path in PACKAGE.glob("*/templates/**/*") if path.is_file())


def name_of(path: Path) -> str:
    domain, _, *rest = path.relative_to(PACKAGE).parts
    return "/".join((domain, *rest))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_compiles(app: Flask, path: Path) -> None:
    assert app.jinja_env.get_template(name_of(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_holds_no_inline_style_or_script(path: Path) -> None:
    words = path.read_text("utf-8")

    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"", words)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_uses_every_macro_it_imports(path: Path) -> None:
    words = path.read_text("utf-8")

    for line in re.findall(r"{% from [^%]*? import ([^%]*?) %}", words):
        for name in (part.split(" as ")[-1].strip() for part in line.split(",")):
            uses = re.findall(rf"(?<![\w.]){re.escape(name.split()[0])}\s*\(", words)
            assert uses, f"{name} is imported and not used"


def test_every_macro_is_used_somewhere() -> None:
    words = {path: path.read_text("utf-8") for path in TEMPLATES}

    unused = [
        f"{name_of(path)}: {name}"
        for path, own in words.items()
        for name in re.findall(r"{%-? macro (\w+)\(", own)
        if not any(
            re.search(rf"(?<!macro )(?<![\w.]){name}\s*\(", text)
            for other, text in words.items()
            if other == path or name in text
        )
    ]

    assert unused == []
