"""Which names promise which kind of file? Tables only; `languages` reads them.

Prose, data, pictures and fonts are inert where the content keeps the promise. A language that is not here, or is
listed as unsupported, has no rules yet; whether that denies, the tier says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a name promises. Content has to keep the promise (`classify`)."""

    CODE = "code"  # a language that scanners read
    UNSUPPORTED = "unsupported"  # code without rules yet
    TEXT = "text"  # prose and data: inert if it is text
    BINARY = "binary"  # pictures, fonts, sound: inert if the content proves it
    UNREADABLE = "unreadable"  # compiled code, archives
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Named:
    """What a name or a first line says. `suffix` is the one that scanners know the language by."""

    kind: Kind
    label: str
    suffix: str = ""


def _rows(kind: Kind, label: str, names: str, suffix: str = "") -> Iterator[tuple[str, Named]]:
    return ((name, Named(kind, label, suffix)) for name in names.split())


NOTEBOOK = "a notebook, with code inside data"
# fmt: off
BY_SUFFIX: dict[str, Named] = dict((
    *_rows(Kind.CODE, "python", ".py .pyw .pyi .py3 .wsgi", suffix=".py"),
    *_rows(Kind.CODE, "javascript", ".js .mjs .cjs .jsx .es6 .jsm", suffix=".js"),
    *_rows(Kind.CODE, "typescript", ".ts .mts .cts", suffix=".ts"),
    *_rows(Kind.CODE, "typescript", ".tsx", suffix=".tsx"),
    *_rows(Kind.CODE, "java", ".java", suffix=".java"),
    *_rows(Kind.CODE, "go", ".go", suffix=".go"),
    *_rows(Kind.CODE, "csharp", ".cs", suffix=".cs"),
    *_rows(Kind.CODE, "bash", ".sh .bash .ksh .command", suffix=".sh"),
    *_rows(Kind.UNSUPPORTED, "a script of another shell", ".zsh .fish .csh .tcsh .nu"),
    *_rows(Kind.CODE, "dockerfile", ".dockerfile .containerfile", suffix=".dockerfile"),
    *_rows(Kind.UNSUPPORTED, "Windows script", ".bat .cmd .ps1 .psm1 .psd1 .vbs .wsf .hta .reg"),
    *_rows(Kind.CODE, "ruby", ".rb .rake .gemspec .ru", suffix=".rb"),
    *_rows(Kind.UNSUPPORTED, "a page that can hold scripts", ".erb"),
    *_rows(Kind.CODE, "php", ".php .phtml .php3 .php4 .php5 .php7 .php8 .inc", suffix=".php"),
    *_rows(Kind.CODE, "c", ".c .h", suffix=".c"),  # semgrep reads a C++ header under this name, too
    *_rows(Kind.CODE, "cpp", ".cc .cpp .cxx .c++ .hh .hpp .hxx .h++ .inl .ipp .tcc .tpp", suffix=".cpp"),
    *_rows(Kind.UNSUPPORTED, "another kind of C", ".m .mm .ino .cu .cuh .cppm .ixx"),
    *_rows(
        Kind.UNSUPPORTED,
        ".NET",
        ".csx .vb .fs .fsx .cshtml .razor .aspx .csproj .vbproj .targets .props",
    ),
    *_rows(Kind.CODE, "rust", ".rs", suffix=".rs"),
    *_rows(Kind.CODE, "kotlin", ".kt .kts", suffix=".kt"),
    *_rows(Kind.UNSUPPORTED, "Scala, Groovy or Clojure", ".scala .sc .groovy .gradle .clj .cljs .cljc .edn"),
    *_rows(Kind.UNSUPPORTED, "Swift or Dart", ".swift .dart"),
    *_rows(Kind.UNSUPPORTED, "Perl", ".pl .pm .t .psgi"),
    *_rows(Kind.UNSUPPORTED, "another language", names="""
        .lua .r .jl .ex .exs .erl .hrl .hs .lhs .ml .mli .nim .zig .d .v .vhd .pas .f .f90 .for .cob .cbl
        .abap .tcl .awk .sed .el .lisp .scm .rkt .sol .vy .cr .elm .purs .coffee .ls .asm .s .wat .pyx .pxd
        .pxi .mojo .apex .cls .gd .hx .applescript .ahk
    """),
    *_rows(Kind.UNSUPPORTED, "SQL", ".sql .psql .ddl .plsql .pks .pkb"),
    *_rows(
        Kind.UNSUPPORTED,
        "a page that can hold scripts",
        ".html .htm .xhtml .shtml .jsp .jspx .tag .vue .svelte .astro .mdx .xsl .xslt .xul",
    ),
    *_rows(Kind.UNSUPPORTED, "a template", names="""
        .ejs .j2 .jinja .jinja2 .tmpl .tpl .mustache .hbs .handlebars .pug .jade .ftl .vm .twig .liquid
        .haml .slim .mako .njk .tftpl .blade.php
    """),
    *_rows(Kind.CODE, "terraform", ".tf .tofu .tfvars .hcl", suffix=".tf"),
    *_rows(Kind.UNSUPPORTED, "infrastructure code", names="""
        .tf.json .tofu.json .nomad .bicep .pp .rego .cue .nix .dhall .jsonnet .libsonnet .bzl .star .bazel
        .cmake .mk .make .ninja
    """),
    *_rows(Kind.UNSUPPORTED, NOTEBOOK, ".ipynb"),
    *_rows(Kind.UNSUPPORTED, "a file that Python runs when it starts", ".pth"),
    *_rows(Kind.UNSUPPORTED, "a desktop or service entry", ".desktop .service .timer .socket .plist .webloc .url"),
    *_rows(
        Kind.TEXT,
        "prose",
        ".md .markdown .mdown .rst .txt .adoc .asciidoc .org .tex .bib .rtf .textile .wiki",
    ),
    *_rows(Kind.TEXT, "data", names="""
        .json .jsonc .json5 .jsonl .ndjson .geojson .topojson .webmanifest .map .har .yaml .yml .toml .ini
        .cfg .conf .config .properties .env .csv .tsv .psv .xml .xsd .wsdl .dtd .rng .gpx .kml .rss .atom
        .po .pot .xlf .xliff .arb .resx .strings .stringsdict .srt .vtt .ics .vcf .lock .sum .mod .work .in
        .list .log .out .snap .golden .diff .patch .proto .graphql .gql .avsc .thrift .fbs .pem .crt .cer
        .csr .pub .asc .sig .sha256 .sha512 .md5 .typed .cff .http .rest .dot .puml .mmd .drawio .ipdl
        .gitkeep .keep .dockerignore
    """),
    *_rows(Kind.TEXT, "a style sheet", ".css .scss .sass .less .styl .pcss"),
    *_rows(Kind.TEXT, "a drawing", ".svg"),
    *_rows(Kind.BINARY, "png", ".png .apng"),
    *_rows(Kind.BINARY, "jpeg", ".jpg .jpeg .jpe"),
    *_rows(Kind.BINARY, "gif", ".gif"),
    *_rows(Kind.BINARY, "webp", ".webp"),
    *_rows(Kind.BINARY, "bmp", ".bmp"),
    *_rows(Kind.BINARY, "icon", ".ico .cur"),
    *_rows(Kind.BINARY, "photoshop", ".psd .psb"),
    *_rows(Kind.BINARY, "tiff", ".tif .tiff"),
    *_rows(Kind.BINARY, "heif", ".avif .heic .heif"),
    *_rows(Kind.BINARY, "font", ".ttf .otf .ttc .woff .woff2 .eot"),
    *_rows(Kind.BINARY, "pdf", ".pdf"),
    *_rows(Kind.BINARY, "sound", ".wav .mp3 .ogg .oga .flac .m4a .aac"),
    *_rows(Kind.BINARY, "film", ".mp4 .m4v .mov .webm .ogv .avi"),
    *_rows(Kind.UNREADABLE, "compiled code", names="""
        .pyc .pyo .pyd .class .o .obj .a .lib .so .dll .dylib .exe .com .elc .beam .wasm .node .dex .ko .sys
        .msi .scr
    """),
    *_rows(Kind.UNREADABLE, "an archive", names="""
        .zip .jar .war .ear .aar .apk .whl .egg .nupkg .gem .crate .tar .tgz .gz .bz2 .xz .zst .lz4 .7z .rar
        .deb .rpm .iso .dmg .cab .docx .xlsx .pptx .docm .xlsm .pptm .odt .ods .odp
    """),
    *_rows(Kind.UNREADABLE, "serialised objects", ".pkl .pickle .joblib .npy .npz .pt .h5 .ser .rdb"),
))

BY_NAME: dict[str, Named] = dict((
    *_rows(Kind.CODE, "python", "sconstruct sconscript wscript", suffix=".py"),
    *_rows(
        Kind.CODE,
        "ruby",
        "rakefile gemfile vagrantfile podfile fastfile brewfile guardfile dangerfile berksfile",
        suffix=".rb",
    ),
    *_rows(Kind.UNSUPPORTED, "a build file", names="""
        makefile gnumakefile bsdmakefile procfile jenkinsfile justfile cmakelists.txt
        build workspace module.bazel build.bazel tiltfile earthfile cartfile
    """),
    *_rows(
        Kind.CODE,
        "bash",
        ".bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .kshrc .envrc pkgbuild apkbuild",
        suffix=".sh",
    ),
    *_rows(Kind.CODE, "dockerfile", "dockerfile containerfile", suffix=".dockerfile"),
    *_rows(
        Kind.UNSUPPORTED,
        "a shell's start file",
        ".zshrc .zshenv .zprofile .zlogin .zlogout .cshrc .tcshrc .login .logout .inputrc",
    ),
    *_rows(Kind.TEXT, "prose", names="""
        license licence copying copyright notice authors contributors maintainers owners readme changelog
        changes history news todo thanks credits install security support codeowners version patents
        code_of_conduct contributing
    """),
    *_rows(Kind.TEXT, "data", names="""
        .gitignore .gitattributes .gitmodules .gitkeep .keep .mailmap .dockerignore .npmignore .eslintignore
        .prettierignore .stylelintignore .helmignore .gcloudignore .hgignore .editorconfig .npmrc .yarnrc
        .nvmrc .node-version .python-version .ruby-version .tool-versions .prettierrc .eslintrc .babelrc
        .swcrc .browserslistrc .stylelintrc .flake8 .pylintrc .coveragerc .bandit .semgrepignore
        .trivyignore .gitleaksignore .snyk .shellcheckrc .clang-format .git-blame-ignore-revs .nojekyll
        cname pipfile go.mod go.sum go.work py.typed robots.txt .htaccess .env
    """),
))
