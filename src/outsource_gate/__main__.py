"""`python -m outsource_gate`."""

from outsource_gate.cli import main

main()
