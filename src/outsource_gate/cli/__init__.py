"""The command line: one file per command, loaded only when it is called."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from outsource_gate import __version__
from outsource_gate.errors import GateError

COMMANDS = {
    "init": ("init", "Propose a first policy and register from the people in the history."),
    "check": ("check", "Gate one change and leave evidence of it."),
    "scan": ("scan", "Run the scanners over files; no policy, no git range."),
    "findings": ("findings", "Track what is open at vendors, since when, and until when it has to be fixed."),
    "verify": ("verify", "Is this record genuine, for this commit, by a signer we trust, and does it say ALLOW?"),
    "replay": ("replay", "Judge the recorded facts again and compare the decision."),
    "policy": ("policy", "Check and explain a policy, print its JSON Schema."),
    "vendors": ("vendors", "Show the register: every vendor, one vendor, what is due."),
    "checklist": ("checklist", "Print what a vendor's people need and keep to, with its version."),
    "access": ("access", "Compare who has access on the forge with who may, and sign the review."),
    "hook": ("hook", "Judge what is pushed: install a git hook, or be one."),
    "explain": ("explain", "Say what a gate, reason code, rule or control means, and what to do."),
    "waivers": ("waivers", "Show the waivers of a policy, and sign one."),
    "keys": ("keys", "Make signing keys and say which are trusted."),
    "audit": ("audit", "Show what was merged in a period, and which record speaks for it."),
    "release": ("release", "Gate one release: every vendor's change since the last one, tests, documents."),
    "results": ("results", "Sign results of other scanners and of tests."),
    "ledger": ("ledger", "Keep records in an order that nobody can change without it showing."),
    "evidence": ("evidence", "Keep records on a ref of a git server, and look at them there."),
    "doctor": ("doctor", "Say what is missing here for the gate to work, and the exact fix."),
}


class LazyGroup(click.Group):
    """Knows its commands by name and one line, and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"outsource_gate.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="outsource-gate")
@click.option("--debug", is_flag=True, help="Show stack traces.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Gate what outside vendors change, and leave signed evidence of it.

    Example: outsource-gate check --base origin/main --key file:gate.key
    """
    ctx.obj = {"debug": debug}


def main(argv: list[str] | None = None) -> None:
    """Run the command line; errors of ours become one line and their exit code, 130 when interrupted."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        code: Any = cli.main(args=arguments, prog_name="outsource-gate", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("outsource-gate: interrupted; nothing was decided", err=True)
        sys.exit(130)
    except GateError as error:
        if "--debug" in arguments:
            raise
        _tell(error)
        sys.exit(error.exit_code)


def _tell(error: GateError) -> None:
    click.echo(f"outsource-gate: {error.message}", err=True)
    if error.hint:
        click.echo(f"  → {error.hint}", err=True)
