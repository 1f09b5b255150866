"""Which files run without being called? Tables, and what in a shared file makes it one of them. Pure.

`OPENS`: by opening, entering or cloning the folder, or whenever an interpreter starts in it. `BUILDS`: by
installing, building or testing, which is ordinary work and yet runs where nobody looks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """Names of files, as a pattern over the path in lower case, and when such a file runs."""

    when: str
    names: tuple[str, ...]
    pattern: re.Pattern[str]
    only_with: re.Pattern[str] | None = None  # what the text has to hold


@dataclass(frozen=True, slots=True)
class Runs:
    """What runs by itself in one file: the whole of it, or a part."""

    kind: str  # "runs-by-itself" or "runs-in-build"
    when: str
    start: int = 0
    part: str | None = None  # None: the whole text


def _row(when: str, names: str, only_with: str | None = None) -> Row:
    """Take names as globs: `*` within a part; what ends in a slash is a folder with all that is in it."""
    words = tuple(names.split())
    pattern = re.compile("(?:.*/)?(?:" + "|".join(map(_glob, words)) + ")")
    return Row(when, words, pattern, re.compile(only_with, re.IGNORECASE | re.MULTILINE) if only_with else None)


def _glob(name: str) -> str:
    return re.escape(name).replace(r"\*", "[^/]*") + (".+" if name.endswith("/") else "")


# fmt: off
OPENS = (
    _row("when the folder is entered", ".envrc .autoenv .autoenv.zsh .env.leave mise.toml .mise.toml"),
    _row("when an editor opens the folder", """
        .vscode/tasks.json .vscode/launch.json *.code-workspace .idea/ .fleet/ .zed/ .vs/ .theia/ .nova/
        .exrc .vimrc .nvimrc .nvim.lua .lvimrc .dir-locals.el .sublime-project *.sublime-project
    """),
    _row("when an editor opens the folder", ".vscode/settings.json",
         r"\"[\w.-]*(?:path|executable|interpreter|command|shell|terminal|profiles|args|env|trust|automation|task|script)"
         r"[\w.]*\"[ \t]*:"),
    _row("when an assistant or editor opens the folder", ".mcp.json .vscode/mcp.json .cursor/ .claude/ .gemini/"),
    _row("when a development container starts", """
        .devcontainer/ .devcontainer.json devcontainer.json .gitpod.yml .gitpod.dockerfile .replit replit.nix
    """),
    _row("when git works in the clone", """
        .gitmodules .gitconfig hooks/applypatch-msg hooks/pre-applypatch hooks/post-applypatch hooks/pre-commit
        hooks/prepare-commit-msg hooks/commit-msg hooks/post-commit hooks/pre-rebase hooks/post-checkout
        hooks/post-merge hooks/pre-push hooks/pre-receive hooks/update hooks/post-receive hooks/post-update
        hooks/reference-transaction hooks/pre-auto-gc hooks/post-rewrite hooks/sendemail-validate
        hooks/fsmonitor-watchman hooks/post-index-change
    """),
    _row("when git works in the folder", "config config.worktree *.gitconfig gitconfig *.git/config",
         r"^[ \t]*(?:fsmonitor|hookspath|sshcommand|pager|editor|askpass|helper|textconv|smudge|clean|process)"
         r"[ \t]*="),
    _row("whenever Python starts", """
        *.pth sitecustomize.py usercustomize.py sitecustomize/ usercustomize/ .pythonrc
    """),
    _row("whenever PHP serves the folder", ".user.ini php.ini .htaccess",
         r"auto_(?:ap|pre)pend_file|\bphp_(?:admin_)?(?:value|flag)|addhandler|sethandler|addtype|^[ \t]*extension"
         r"|cgi"),
    _row("whenever an interpreter or a debugger starts", """
        .rprofile .irbrc .pryrc .rdbgrc .iex.exs .ghci .ocamlinit .gdbinit .lldbinit .perldb .psqlrc .sqliterc
        .luarc .jshellrc .node_repl_history.js .noderc
    """),
    _row("whenever a shell starts", """
        .bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .kshrc .zshrc .zshenv .zprofile
        .zlogin .zlogout .cshrc .tcshrc .login .logout .inputrc .config/fish/
    """),
    _row("whenever a package manager starts", """
        .npmrc .yarnrc .yarnrc.yml .yarn/releases/ .yarn/plugins/ .pnpmfile.cjs .pnpmfile.js pnpmfile.js
        .pnp.cjs .pnp.js .pnp.loader.mjs bunfig.toml .cargo/config .cargo/config.toml .bundle/config
        .mvn/ gradle-wrapper.properties gradle-wrapper.jar init.gradle init.gradle.kts nuget.config pip.conf pip.ini
        .condarc .gemrc
    """),
    _row("whenever .NET builds below the folder", """
        directory.build.props directory.build.targets directory.build.rsp directory.solution.props
        directory.solution.targets msbuild.rsp
    """),
    _row("when the desktop shows or mounts the folder", "autorun.inf desktop.ini *.desktop *.lnk *.scf *.url"),
)
BUILDS = (
    _row("when it is installed", "setup.py build.rs binding.gyp extconf.rb *.gemspec gemfile podfile *.podspec"),
    _row("when it is installed", "pyproject.toml", r"^[ \t]*backend-path[ \t]*="),
    _row("when it is built", """
        makefile gnumakefile bsdmakefile *.mk cmakelists.txt *.cmake configure configure.ac meson.build build.xml
        build.gradle build.gradle.kts settings.gradle settings.gradle.kts *.gradle *.gradle.kts buildsrc/ build.sbt
        project/*.sbt rakefile mix.exs rebar.config package.swift build.zig justfile taskfile.yml taskfile.yaml
        sconstruct sconscript wscript build.bazel module.bazel workspace.bazel *.bzl
    """),
    _row("when it is built", "*.csproj *.vbproj *.fsproj *.vcxproj *.props *.targets *.proj",
         r"<(?:Exec|UsingTask|Import|PreBuildEvent|PostBuildEvent|Target|Task)\b"),
    _row("when it is built", "pom.xml", r"<artifactId>[^<]*(?:exec|antrun|groovy|gmaven|script|frontend)"),
    _row("when it is tested or documented", """
        conftest.py noxfile.py toxfile.py tox.ini docs/conf.py doc/conf.py source/conf.py *.bats
    """),
    _row("when it is tested or documented", "pytest.ini setup.cfg", r"^[ \t]*(?:addopts|cmdclass)[ \t]*="),
    _row("when a tool of the build starts", """
        *.config.js *.config.cjs *.config.mjs *.config.ts *.config.mts *.config.cts *.conf.js .eslintrc.js
        .eslintrc.cjs .babelrc.js .babelrc.cjs .prettierrc.js .prettierrc.cjs .prettierrc.mjs .mocharc.js
        .mocharc.cjs gulpfile.js gruntfile.js jakefile.js karma.conf.js .lintstagedrc.js .stylelintrc.js
        .huskyrc.js .releaserc.js
    """),
)
# fmt: on
_NPM = r"(?:pre|post)?(?:install|prepare|uninstall)|prepublish(?:only)?|(?:pre|post)pack|dependencies|prerestart"
_COMPOSER = re.compile(
    r"(?:pre|post)-(?:install|update|autoload|package|root|status|dependencies|pool|command)[\w-]*"
)
_SCRIPTS = {
    "package.json": re.compile(_NPM),
    "composer.json": _COMPOSER,
}
_ANY_SCRIPT = re.compile(r'"scripts"')


def runs_by_itself(path: str, text: str) -> Iterator[Runs]:
    """Say of one file what in it runs without being called."""
    lowered = path.lower()
    for kind, table in (("runs-by-itself", OPENS), ("runs-in-build", BUILDS)):
        for row in table:
            if row.pattern.fullmatch(lowered) and (row.only_with is None or row.only_with.search(text)):
                yield Runs(kind, row.when)
                break
    if wanted := _SCRIPTS.get(lowered.rsplit("/", 1)[-1]):
        yield from _scripts(text, wanted)


def _scripts(text: str, wanted: re.Pattern[str]) -> Iterator[Runs]:
    """Give each script that a package manager runs on its own; what cannot be read counts as a whole."""
    found = _ANY_SCRIPT.search(text)
    if not found and "\\" not in text:
        return
    try:
        scripts = json.loads(text).get("scripts", {})
        named = [(str(name), json.dumps(does)) for name, does in scripts.items()]
    except (ValueError, AttributeError, RecursionError):
        yield Runs("runs-in-build", "when it is installed")
        return
    for name, does in named:
        if wanted.fullmatch(name.lower()):
            at = text.find(json.dumps(name), found.start() if found else 0)
            yield Runs("runs-in-build", f"when it is installed ({name})", max(at, 0), f"{name} {does}")
