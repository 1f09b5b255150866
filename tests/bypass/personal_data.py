"""Data of people in a vendor's change: what must not come in, and what only looks like it."""

from __future__ import annotations

import gzip
import json
from random import Random

from tests.bypass.scene import CLEAN, PNG, Scene, allowed, denied
from tests.scanners import people

PATH = "fixtures/people.csv"


@denied("personal-table", PATH)
def in_a_table(scene: Scene) -> None:
    scene.commit({PATH: people.csv(people.made(40))})


@denied("personal-table", PATH)
def added_and_removed_again(scene: Scene) -> None:
    """The history keeps it."""
    scene.commit({PATH: people.csv(people.made(40))})
    scene.commit({PATH: None, "services/a.py": "A = 1\n"})


@denied("personal-table", "docs/notes.md")
def as_prose_without_a_heading(scene: Scene) -> None:
    rows = people.csv(people.made(40)).split("\n", 1)[1]
    scene.commit({"docs/notes.md": f"# Notes\n\nSome rows:\n\n{rows}\n"})


@denied("personal-table", "fixtures/people.txt")
def in_utf_16(scene: Scene) -> None:
    scene.commit({"fixtures/people.txt": people.csv(people.made(40)).replace(",", ";").encode("utf-16")})
    scene.commit({"fixtures/people.txt": None})


@denied("personal-table", "fixtures/people.json")
def in_one_line_of_json(scene: Scene) -> None:
    rows = [{"firstName": it.first, "email": it.email, "dateOfBirth": it.born} for it in people.made(40)]
    scene.commit({"fixtures/people.json": json.dumps({"data": {"rows": rows}})})


@denied("personal-table", "tests/test_people.py")
def in_code_of_a_test(scene: Scene) -> None:
    rows = "\n".join(f'    ("{it.first}", "{it.last}", "{it.email}", "{it.born}"),' for it in people.made(40))
    scene.commit({"tests/test_people.py": f"PEOPLE = [\n{rows}\n]\n"})


@denied("personal-table", "services/refund.py")
def after_a_long_file_of_made_up_rows(scene: Scene) -> None:
    made_up = [f"# {it.first},{it.last},{it.email}" for it in people.made(300, domain="example.com")]
    real = [f"# {it.first} {it.last}\t{it.email}\t{it.phone}" for it in people.made(40, seed=2)]
    scene.commit({"services/refund.py": CLEAN + "\n" + "\n".join((*made_up, *real)) + "\n"})


@denied("database-dump", "fixtures/seed.txt")
def in_a_dump_in_one_line(scene: Scene) -> None:
    rows = ",".join(f"({number},'{it.email}','x''),(')" for number, it in enumerate(people.made(40)))
    dump = f"-- MySQL dump 10.13  Distrib 8.0.36\n\nINSERT INTO `customers` VALUES {rows};\n"
    scene.commit({"fixtures/seed.txt": dump})


@denied("database-dump", "fixtures/app.bak")
def in_a_database_file(scene: Scene) -> None:
    scene.commit({"fixtures/app.bak": b"SQLite format 3\0" + bytes(4080)})
    scene.commit({"fixtures/app.bak": None, "services/a.py": "A = 1\n"})


@denied("database-dump", "fixtures/seed.sql.gz")
def in_a_packed_dump_that_is_gone_again(scene: Scene) -> None:
    rows = "\n".join(f"{number}\t{it.first}\t{it.email}" for number, it in enumerate(people.made(40)))
    header = "--\n-- PostgreSQL database dump\n--\n\nCOPY public.users (id, first_name, email) FROM stdin;\n"
    scene.commit({"fixtures/seed.sql.gz": gzip.compress(f"{header}{rows}\n\\.\n".encode())})
    scene.commit({"fixtures/seed.sql.gz": None, "services/a.py": "A = 1\n"})


@allowed
def a_table_of_people_under_reserved_names(scene: Scene) -> None:
    scene.commit({PATH: people.csv(people.made(40, domain="example.com"))})


@allowed
def a_lock_file_and_digests(scene: Scene) -> None:
    chance = Random(5)
    digest = "".join(chance.choice("0123456789abcdef") for _ in range(64))
    packages = {f"node_modules/p{number}": {"version": "1.2.3", "integrity": digest} for number in range(50)}
    lines = "\n".join(f"{people.digits(chance, 16)} {digest} build {number}.log" for number in range(50))
    scene.commit({"docs/builds.txt": lines + "\n", "docs/packages.json": json.dumps(packages)})


@allowed
def translations(scene: Scene) -> None:
    words = {
        "firstName": "Vorname",
        "lastName": "Nachname",
        "email": "E-Mail-Adresse",
        "dateOfBirth": "Geburtsdatum",
    }
    scene.commit(
        {"locales/de.json": json.dumps(words, indent=2), "locales/it.json": json.dumps({"email": "Posta"})}
    )


@allowed
def places_on_a_map(scene: Scene) -> None:
    chance = Random(6)
    rows = "\n".join(
        f"{it.last}stad,NL,{chance.uniform(50, 53):.6f},{chance.uniform(3, 7):.6f},{chance.randint(1000, 900000)}"
        for it in people.made(60)
    )
    scene.commit({"data/places.csv": f"name,country,latitude,longitude,population\n{rows}\n"})


@allowed
def test_cards_and_a_contributors_list(scene: Scene) -> None:
    cards = "# Cards\n\n- 4111 1111 1111 1111 (card)\n- 5555 5555 5555 4444 (card)\n- 3782 822463 10005\n"
    names = "\n".join(f"{it.first} {it.last} <{it.email}>" for it in people.made(60))
    scene.commit({"docs/cards.md": cards, "AUTHORS.md": names + "\n", "assets/more.png": PNG})


@allowed
def a_schema_with_a_few_rows(scene: Scene) -> None:
    rows = "\n".join(f"INSERT INTO roles (id, title) VALUES ({number}, 'role {number}');" for number in range(8))
    scene.commit({"docs/schema.txt": f"-- PostgreSQL database dump\n\nCREATE TABLE users (email text);\n{rows}\n"})
