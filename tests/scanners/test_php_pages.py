"""What PHP sends instead of running it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.php_pages import unlike_php


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<? /* ?> <?php eval($x); ?> */ ?>", "opens code with <? alone"),
        ("<?xml /* ?> <?php eval($x); ?> */ ?>", "opens code with <? alone"),
        ("<?phpeval($x); ?>\n<?php a();", "opens code with <? alone"),
        ("<?php a(); ?>\n<? b(); ?>", "opens code with <? alone"),
        ("<?php // a ?>\n<? b(); ?>", "opens code with <? alone"),
        ("<?php\n$a = <<<X\n ?>\n X;\n?> <? b();", "opens code with <? alone"),
        ('<?php $a = "{$b["\'"]}"; ?>\n<? b(); \'', "opens code with <? alone"),
        ("<?php $a = \"{$b['}' . \"'\"]}\"; ?>\n<? b(); '", "opens code with <? alone"),
        ("<?php a(); ?><script>evil()</script>", "holds a script"),
        ('<p onclick="evil()"><?= $a ?></p>', "holds a script"),
        ("<a href='javascript:evil()'><?= $a ?></a>", "holds a script"),
        ("<?php declare(encoding='UTF-7'); +ADw-", "declares its encoding"),
        ("section .text\nmov eax, 1\n", "holds no PHP"),
    ],
)
def test_what_is_read_otherwise_than_php_reads_it_is_named(text: str, reason: str) -> None:
    """semgrep says nothing about any of these"""
    assert (unlike_php(text) or "").startswith(reason)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<?php a();",
        "#!/usr/bin/env php\n<?php a();",
        "<p><?= $a ?></p>",
        "<?PHP echo '<script>'; /* <? ?> */ # onclick='x'\n",
        "<?php $a = '<?xml version=\"1.0\"?>'; $b = \"<? {$c['d']} ${e}\"; ?>\n<b>",
        "<?php\n$a = <<<'X'\n<script>a()</script> ?>\n  X;\n$b = `ls <?`;",
        "<?php #[A]\nfunction b() {} // <? it\n?><p>",
    ],
)
def test_ordinary_php_is_read_as_it_is(text: str) -> None:
    """tags and scripts in strings, comments and heredocs are values, not a page"""
    assert unlike_php(text) is None


@given(st.text(alphabet="<?php=> \n\"'`{}$/*#aX;", max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    """and a doubtful tag before the first code is always seen"""
    assert unlike_php(text) is None or isinstance(unlike_php(text), str)
    assert unlike_php(f"<? {text}<?php ") is not None


def test_a_hostile_page_takes_little_time() -> None:
    """two megabytes of openings that are never closed"""
    began = time.monotonic()
    for piece in ("<?php ", "<<<A\n", '"{$', "?><?=", "/*", "'\\", "<? ", "${a[", "# ?>", "declare ( "):
        unlike_php("<?php " + piece * (2_000_000 // len(piece)) + " <? <script")
    assert time.monotonic() - began < 20
