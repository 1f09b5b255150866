"""How does a register go into spreadsheets and come back as it was? One file per kind of thing, a row each."""
