"""How are scores shown? One table over all corpora, and one per corpus with a row for each CWE."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table

from bench.detection.score import Counts, Score


def by_corpus(scores: Mapping[str, Mapping[str, Score]]) -> Table:
    """Show what was found and what was blocked, a line for each tool."""
    table = Table(title="right: the CWE that the corpus names, its parent or child; exact: that very CWE")
    heads = ("flawed", "found", "right", "exact", "blocked", "secure", "blocked", "precision", "F1", "Youden")
    for name in ("corpus", "tool", *heads):
        table.add_column(name, justify="left" if name in ("corpus", "tool") else "right")
    for corpus, tools in scores.items():
        for position, (tool, one) in enumerate(tools.items()):
            shares = (one.found, one.right, one.exact, one.blocked_flawed)
            flawed = (str(one.flawed), *map(percent, shares))
            secure = (str(one.secure), percent(one.blocked_secure))
            ratios = (percent(one.total.precision), *map(ratio, (one.total.f1, one.total.youden)))
            table.add_row("" if position else corpus, tool, *flawed, *secure, *ratios)
        table.add_section()
    return table


def by_cwe(corpus: str, tools: Mapping[str, Score]) -> Table:
    """Show, for each CWE of a corpus, the ratios of each tool side by side."""
    table = Table(title=f"{corpus}: samples, then recall / false alarms / precision / F1 / Youden")
    table.add_column("CWE", justify="right")
    table.add_column("flawed", justify="right")
    table.add_column("secure", justify="right")
    for tool in tools:
        table.add_column(tool, justify="right")
    first = next(iter(tools.values()))
    for number, counts in first.by_cwe.items():
        flawed = counts.true_positives + counts.false_negatives
        secure = counts.false_positives + counts.true_negatives
        cells = (_cell(one.by_cwe[number]) for one in tools.values())
        table.add_row(str(number), str(flawed), str(secure), *cells)
    return table


def percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _cell(counts: Counts) -> str:
    shares = (counts.recall, counts.false_alarms, counts.precision)
    shown = (*(f"{one:.0%}" if one is not None else "-" for one in shares), ratio(counts.f1), ratio(counts.youden))
    return " / ".join(one or "-" for one in shown)
