"""Each format says which packages, of which version, from where, and how sure that is."""
# ruff: noqa: E501 - a file is read as one

from __future__ import annotations

import json

import pytest

from tests.dependencies.states import brief, packages, scanned

COMMIT = "0123456789abcdef0123456789abcdef01234567"
DIGEST = "sha256:" + "a" * 64
CASES: dict[str, tuple[str, str, set[tuple[str, str, str, str]]]] = {
    "requirements": (
        "requirements.txt",
        (
            "# ours\nFlask_Cors[all]==4.0 ; python_version>'3'\nclick>=8  # cli\n-e ./here\n"
            f"a @ git+https://git.example/x/a.git@{COMMIT}\nhttps://files.example/b-1.whl#sha256={'0' * 64}\n"
            "six==1.16 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n"
        ),
        {
            ("flask-cors", "4.0", "index", "p"),
            ("click", "", "index", ""),
            ("./here", "", "path", ""),
            ("a", COMMIT, "vcs", "ph"),
            ("b-1-whl", "", "url", "ph"),
            ("six", "1.16", "index", "ph"),
        },
    ),
    "PEP 621 with uv": (
        "pyproject.toml",
        (
            '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "x"\ndependencies = ["click>=8", "rich==13.0", "ours"]\n'
            '[dependency-groups]\ndev = ["pytest", {include-group = "x"}]\n'
            '[tool.uv.sources]\nours = {git = "https://git.example/ours", branch = "main"}\n'
        ),
        {
            ("hatchling", "", "index", ""),
            ("click", "", "index", ""),
            ("rich", "13.0", "index", "p"),
            ("ours", "main", "vcs", ""),
            ("pytest", "", "index", ""),
        },
    ),
    "Poetry": (
        "pyproject.toml",
        (
            '[tool.poetry.dependencies]\npython = "^3.11"\nflask = "^3.0"\nb = {path = "../b"}\nc = "==1.0"\n'
            '[tool.poetry.group.dev.dependencies]\nd = {url = "https://files.example/d.whl"}\n'
        ),
        {("flask", "", "index", ""), ("b", "", "path", ""), ("c", "1.0", "index", "p"), ("d", "", "url", "")},
    ),
    "poetry.lock": (
        "poetry.lock",
        (
            '[[package]]\nname = "flask"\nversion = "3.0.0"\nfiles = [{file = "f.whl", hash = "sha256:00"}]\n'
            '[[package]]\nname = "ours"\nversion = "1"\nfiles = []\n'
            f'[package.source]\ntype = "git"\nurl = "https://git.example/ours.git"\nresolved_reference = "{COMMIT}"\n'
        ),
        {("flask", "3.0.0", "index", "phl"), ("ours", "1", "vcs", "phl")},
    ),
    "uv.lock": (
        "uv.lock",
        (
            '[[package]]\nname = "x"\nversion = "1"\nsource = {editable = "."}\n'
            '[[package]]\nname = "click"\nversion = "8.1"\nsource = {registry = "https://index.example/simple"}\n'
            'sdist = {url = "https://files.example/c.tar.gz", hash = "sha256:00"}\n'
            f'[[package]]\nname = "g"\nversion = "2"\nsource = {{git = "https://git.example/g?rev=x#{COMMIT}"}}\n'
        ),
        {("click", "8.1", "index", "phl"), ("g", "2", "vcs", "phl")},
    ),
    "Pipfile": (
        "Pipfile",
        '[packages]\nflask = "*"\nsix = "==1.16"\n[dev-packages]\ng = {git = "https://git.example/g", ref = "main"}\n',
        {("flask", "", "index", ""), ("six", "1.16", "index", "p"), ("g", "main", "vcs", "")},
    ),
    "Pipfile.lock": (
        "Pipfile.lock",
        '{"_meta": {"sources": []}, "default": {"six": {"version": "==1.16", "hashes": ["sha256:00"]}}}',
        {("six", "1.16", "index", "phl")},
    ),
    "setup.py": (
        "setup.py",
        "from setuptools import setup\nsetup(install_requires=['six>=1', 'click==8'], extras_require={'x': ['y']})\n",
        {("six", "", "index", ""), ("click", "8", "index", "p"), ("y", "", "index", "")},
    ),
    "setup.cfg": (
        "setup.cfg",
        "[options]\ninstall_requires =\n    six==1.16\n    click\n",
        {("six", "1.16", "index", "p"), ("click", "", "index", "")},
    ),
    "package.json": (
        "package.json",
        (
            '{"dependencies": {"Left": "1.2.3", "a": "^1.0.0", "b": "npm:c@2.0.0", "d": "corp/d#main"},'
            f'"devDependencies": {{"e": "git+ssh://git@git.example/e.git#{COMMIT}", "f": "file:./f"}},'
            '"overrides": {"g": {"h": "https://files.example/h.tgz"}}}'
        ),
        {
            ("left", "1.2.3", "index", "p"),
            ("a", "", "index", ""),
            ("c", "2.0.0", "index", "p"),
            ("d", "main", "vcs", ""),
            ("e", COMMIT, "vcs", "ph"),
            ("f", "", "path", "p"),
            ("h", "", "url", ""),
        },
    ),
    "package-lock 3": (
        "package-lock.json",
        (
            '{"lockfileVersion": 3, "packages": {"": {"name": "x"}, "node_modules/a": {"version": "1.0.0", "integrity": "sha512-x",'
            '"resolved": "https://index.example/a/-/a-1.0.0.tgz", "hasInstallScript": true}, "node_modules/a/node_modules/@s/b":'
            '{"version": "2.0.0", "resolved": "https://index.example/@s/b/-/b-2.0.0.tgz"}}}'
        ),
        {("a", "1.0.0", "index", "phls"), ("@s/b", "2.0.0", "index", "pl")},
    ),
    "package-lock 1": (
        "package-lock.json",
        (
            '{"lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0", "integrity": "x", "dependencies": {"b":'
            f'{{"version": "git+https://git.example/b.git#{COMMIT}"}}}}}}}}}}'
        ),
        {("a", "1.0.0", "index", "phl"), ("b", "", "vcs", "phl")},
    ),
    "yarn 1": (
        "yarn.lock",
        '# yarn lockfile v1\n\n\n"@s/a@^1.0.0", "@s/a@^1.1.0":\n  version "1.2.0"\n'
        '  resolved "https://index.example/@s/a/-/a-1.2.0.tgz#' + "0" * 40 + '"\n  dependencies:\n    b "^1"\n',
        {("@s/a", "1.2.0", "index", "phl")},
    ),
    "yarn 4": (
        "yarn.lock",
        (
            '__metadata:\n  version: 8\n\n"a@npm:^1.0.0":\n  version: 1.2.0\n  resolution: "a@npm:1.2.0"\n  checksum: 10/00\n'
            '  linkType: hard\n\n"x@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "x@workspace:."\n  linkType: soft\n'
        ),
        {("a", "1.2.0", "index", "phl")},
    ),
    "pnpm 9": (
        "pnpm-lock.yaml",
        (
            "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a: {specifier: ^1.0.0, version: 1.2.0}\npackages:\n"
            "  a@1.2.0:\n    resolution: {integrity: sha512-x}\n  '@s/b@2.0.0(a@1.2.0)':\n    resolution: {integrity: sha512-y}\n"
        ),
        {("a", "1.2.0", "index", "phl"), ("@s/b", "2.0.0", "index", "phl")},
    ),
    "go.mod": (
        "go.mod",
        (
            "module x\n\ngo 1.22\n\nrequire lib.example/a v1.0.0 // indirect\nrequire (\n\tlib.example/b v1.1.0\n)\n"
            "replace lib.example/b v1.1.0 => ../b\n"
        ),
        {("lib.example/a", "v1.0.0", "index", "p"), ("lib.example/b", "", "path", "p")},
    ),
    "go.sum": (
        "go.sum",
        "lib.example/a v1.0.0 h1:x=\nlib.example/a v1.0.0/go.mod h1:y=\n",
        {("lib.example/a", "v1.0.0", "index", "phl")},
    ),
    "pom.xml": (
        "pom.xml",
        (
            '<project xmlns="http://maven.apache.org/POM/4.0.0"><properties><v>1.5</v></properties><dependencies>'
            "<dependency><groupId>g.a</groupId><artifactId>b</artifactId><version>${v}</version></dependency>"
            "<dependency><groupId>g.a</groupId><artifactId>c</artifactId><version>[1,2)</version></dependency>"
            "</dependencies></project>"
        ),
        {("g.a/b", "1.5", "index", "p"), ("g.a/c", "", "index", "")},
    ),
    "Gradle": (
        "build.gradle.kts",
        (
            'plugins { id("org.a") version "2.0" }\n// implementation("not:this:1")\ndependencies {\n'
            '  implementation("g.a:b:1.5")\n  api(group = "g.a", name = "c", version = "1.+")\n}\n'
        ),
        {
            ("org.a/org.a.gradle.plugin", "2.0", "index", "p"),
            ("g.a/b", "1.5", "index", "p"),
            ("g.a/c", "", "index", ""),
        },
    ),
    "version catalog": (
        "gradle/libs.versions.toml",
        '[versions]\nv = "1.5"\n[libraries]\nb = {module = "g.a:b", version.ref = "v"}\nc = "g.a:c:2.0"\n',
        {("g.a/b", "1.5", "index", "p"), ("g.a/c", "2.0", "index", "p")},
    ),
    "gradle.lockfile": (
        "gradle.lockfile",
        "# x\ng.a:b:1.5=runtimeClasspath\nempty=\n",
        {("g.a/b", "1.5", "index", "pl")},
    ),
    "Cargo.toml": (
        "Cargo.toml",
        (
            '[package]\nname = "x"\n[dependencies]\nserde = "1"\nold = {version = "=2.0.1", package = "real"}\n'
            '[target.unix.dependencies]\ng = {git = "https://git.example/g", branch = "main"}\n[patch.crates-io]\np = {path = "p"}\n'
        ),
        {
            ("serde", "", "index", ""),
            ("real", "2.0.1", "index", "p"),
            ("g", "main", "vcs", ""),
            ("p", "", "path", "p"),
        },
    ),
    "Cargo.lock": (
        "Cargo.lock",
        (
            '[[package]]\nname = "x"\nversion = "0.1.0"\n[[package]]\nname = "serde"\nversion = "1.0.1"\n'
            'source = "registry+https://git.example/index"\nchecksum = "00"\n'
        ),
        {("serde", "1.0.1", "index", "phl")},
    ),
    "Gemfile": (
        "Gemfile",
        (
            "source 'https://gems.example'\ngem 'rails', '~> 7.0' # web\ngem \"pg\", '1.5.4'\n"
            "gem 'g', git: 'https://git.example/g.git', branch: 'main'\ngroup :test do\n  gem 'rspec'\nend\n"
        ),
        {
            ("rails", "", "index", ""),
            ("pg", "1.5.4", "index", "p"),
            ("g", "main", "vcs", ""),
            ("rspec", "", "index", ""),
        },
    ),
    "Gemfile.lock": (
        "Gemfile.lock",
        (
            f"GIT\n  remote: https://git.example/g.git\n  revision: {COMMIT}\n  specs:\n    g (1.0)\n\n"
            "GEM\n  remote: https://gems.example/\n  specs:\n    rails (7.0.1)\n      rack (>= 2)\n\nDEPENDENCIES\n  rails (~> 7.0)\n"
        ),
        {("g", "1.0", "vcs", "phl"), ("rails", "7.0.1", "index", "pl")},
    ),
    "composer.json": (
        "composer.json",
        '{"require": {"php": ">=8", "ext-json": "*", "Acme/Log": "^3.0", "acme/x": "1.2.3"}}',
        {("acme/log", "", "index", ""), ("acme/x", "1.2.3", "index", "p")},
    ),
    "composer.lock": (
        "composer.lock",
        (
            '{"packages": [{"name": "acme/log", "version": "v3.0.1", "dist": {"type": "zip", "url":'
            f'"https://files.example/log.zip", "reference": "{COMMIT}"}}}}]}}'
        ),
        {("acme/log", "3.0.1", "index", "phl")},
    ),
    "csproj": (
        "App/App.csproj",
        (
            '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="A.B" Version="1.0.0"/>'
            '<PackageReference Include="C"><Version>2.*</Version></PackageReference></ItemGroup></Project>'
        ),
        {("A.B", "1.0.0", "index", "p"), ("C", "", "index", "")},
    ),
    "packages.lock.json": (
        "packages.lock.json",
        (
            '{"version": 1, "dependencies": {"net8.0": {"A.B": {"type": "Direct", "resolved": "1.0.0", "contentHash": "x"},'
            '"Own": {"type": "Project"}}}}'
        ),
        {("A.B", "1.0.0", "index", "phl")},
    ),
    "packages.config": (
        "packages.config",
        '<packages><package id="A" version="1.0"/></packages>',
        {("A", "1.0", "index", "pl")},
    ),
    "workflow": (
        ".github/workflows/ci.yml",
        (
            f"on: push\njobs:\n  a:\n    container: alpine:3\n    steps:\n      - uses: Actions/Checkout@v4\n"
            f"      - uses: corp/x/sub@{COMMIT}\n      - uses: ./own\n      - {{uses: 'docker://img.example/y@{DIGEST}'}}\n"
        ),
        {
            ("actions/checkout", "v4", "index", ""),
            ("corp/x", COMMIT, "index", "ph"),
            ("library/alpine", "3", "index", ""),
            ("y", DIGEST, "index", "ph"),
        },
    ),
    "Dockerfile": (
        "Dockerfile",
        (
            f"ARG V=3.13\nFROM --platform=$BUILDPLATFORM python:${{V}}-slim AS build\nFROM \\\n  img.example:5000/a/b@{DIGEST}\n"
            "COPY --from=build /x /y\nCOPY --from=other/c:1 /x /y\nFROM scratch\n"
        ),
        {
            ("library/python", "3.13-slim", "index", ""),
            ("a/b", DIGEST, "index", "ph"),
            ("other/c", "1", "index", ""),
        },
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_file_declares(case: str) -> None:
    path, text, expected = CASES[case]
    assert {brief(one) for one in packages(path, text)} == expected


def test_every_package_says_where_it_stands() -> None:
    """except in formats that do not tell"""
    for path, text, _ in CASES.values():
        assert not [one for one in packages(path, text) if one.path != path or one.line < 1]


def test_credentials_in_an_address_are_not_kept() -> None:
    (one,) = packages("requirements.txt", "a @ git+https://user:word@git.example/a.git@main\n")
    assert (one.host, one.address) == ("git.example", "git.example/a.git")
    assert "word" not in repr(one)


@pytest.mark.parametrize(
    "line",
    [
        "-ihttps://m.example/simple", "-i https://m.example/simple", "--index-url=https://m.example/simple",
        "--extra-index-url\thttps://m.example/simple", "--pre --extra-index-url 'https://m.example/simple'",
        "--no-binary :all: -f https://m.example/simple", "--extra-index-url \\\n  https://u:p@m.example/simple/",
    ],
)  # fmt: skip
def test_an_index_is_seen_however_pip_lets_it_be_written(line: str) -> None:
    assert [one.address for one in scanned({}, {"requirements.txt": f"{line}\n"}).indexes] == ["m.example/simple"]


@pytest.mark.parametrize(
    "line", ["--extra-index https://m.example", "-i", "--index-url=", "-x y", "a==1 --index-url z"]
)
def test_an_option_that_is_not_understood_leaves_the_file_unread(line: str) -> None:
    """pip takes the beginning of an option's name, too"""
    assert scanned({}, {"requirements.txt": f"{line}\n"}).unread


@pytest.mark.parametrize(
    "resolved",
    [
        "https://m.example\\@index.example/a/-/a-1.0.0.tgz",
        "github:m/a",
        "git@m.example:a.git",
        "https://m.example:x/a/-/a-1.0.0.tgz",
    ],
)
def test_an_address_that_can_be_read_in_two_ways_is_no_known_index(resolved: str) -> None:
    entry = {"version": "1.0.0", "resolved": resolved}
    text = json.dumps({"lockfileVersion": 3, "packages": {"node_modules/a": entry}})
    (one,) = packages("package-lock.json", text)
    assert one.source == "vcs" or one.address.startswith("invalid")
