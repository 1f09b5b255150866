"""Is every claim in a raw commit seen, and everything malformed named?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.git.commits import MAX_NAME, parse_commit, parse_odd_commit, signature_and_payload
from outsource_gate.git.trailers import MAX_CO_AUTHORS, co_authors_in, deliveries_in
from outsource_gate.model.identity import Claim
from tests.repo import commit_body

OID, TREE, PARENT = "1" * 40, "a" * 40, "b" * 40
IDA, VIC = b"Ida <ida@corp.example>", b"Vic <vic@acme.example>"
VIC_CLAIM = Claim("Vic", "vic@acme.example")


def raw(**changes: object) -> bytes:
    fields: dict[str, object] = {
        "tree": TREE,
        "parents": [PARENT],
        "author": IDA,
        "committer": IDA,
        "date": 1767225600,
        "message": "subject\n\nbody\n",
    }
    return commit_body(**(fields | changes))  # type: ignore[arg-type]


def test_an_ordinary_commit() -> None:
    """Tree, parents, claims and subject as they stand; nothing to object to."""
    commit = parse_commit(OID, raw(committer=VIC, parents=[PARENT, "c" * 40]))
    assert (commit.tree, commit.parents, commit.subject) == (TREE, (PARENT, "c" * 40), "subject")
    assert (commit.author, commit.committer) == (Claim("Ida", "ida@corp.example"), VIC_CLAIM)
    assert (commit.co_authors, commit.problems, commit.signature) == ((), (), None)


def test_the_first_commit_and_an_empty_message() -> None:
    """No parents and no message are nothing malformed."""
    commit = parse_commit(OID, raw(parents=[], message=""))
    assert (commit.parents, commit.subject, commit.problems) == ((), "", ())


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (raw(headers=[b"author Vic <vic@acme.example> 1 +0000"]), "author stands there 2 times"),
        (raw(headers=[b"committer Vic <vic@acme.example> 1 +0000"]), "committer stands there 2 times"),
        (raw().replace(b"author", b"authro"), "author is missing"),
        (raw().replace(b"committer", b"commiter"), "committer is missing"),
        (raw(author=b"Ida <>"), "author has no email address"),
        (raw(author=b"Ida < >"), "author has no email address"),
        (raw(author=b"Ida ida@corp.example 1 +0000"), "author is malformed"),
        (raw(author=b"Ida <ida@corp.example> <vic@acme.example>"), "author is malformed"),
        (raw(author=b"Ida <ida@corp.example> yesterday"), "author is malformed"),
        (raw(author=b"Ida <ida@corp.example>1 +0000"), "author is malformed"),
        (raw(author=b"Ida\0 <ida@corp.example>"), "a NUL byte"),
        (raw(message=b"subject\0hidden"), "a NUL byte"),
        (raw(author=b"Id\xe4 <ida@corp.example>"), "the header is not utf-8"),
        (raw(author=b"Ida <id\xe4@corp.example>"), "an email address that is not utf-8"),
        (raw(message=b"gr\xfc\xdfe"), "the message is not utf-8"),
        (raw(headers=[b"encoding utf-7"]), "encoding 'utf-7'"),
        (raw(headers=[b"encoding unicode_escape"]), "encoding 'unicode_escape'"),
        (raw(headers=[b"encoding no\xffsuch"]), "encoding 'no"),
        (raw(headers=[b"encoding utf-8", b"encoding latin-1"]), "encoding stands there 2 times"),
        (raw(headers=[b"encoding euc-jp"], message=b"\xff\xff"), "the message is not euc_jp"),
        (raw(headers=[b"parent " + b"d" * 40]), "the headers are not"),
        (raw(headers=[b"gpgsig one", b"gpgsig two"]), "gpgsig stands there 2 times"),
        (b"author x\n" + raw(), "the headers are not"),
        (raw(tree="xyz"), "tree is missing"),
        (raw(parents=["xyz"]), "a parent is not"),
        (raw(parents=["b" * 64]), "a parent is not"),
        (raw(author=b"I" * (MAX_NAME + 1) + b" <ida@corp.example>"), f"author is longer than {MAX_NAME} bytes"),
        (b"", "tree is missing"),
        (b"tree " + TREE.encode(), "the header does not end"),
    ],
)
def test_what_is_malformed_is_named(body: bytes, problem: str) -> None:
    """Each way to be malformed leaves its own problem, and a value all the same."""
    assert any(found.startswith(problem) or problem in found for found in parse_commit(OID, body).problems)


@pytest.mark.parametrize(
    "body",
    [
        raw(headers=[b"author Vic <vic@acme.example> 1 +0000"]),
        raw(headers=[b"committer Vic <vic@acme.example> 1 +0000"]),
        raw(author=b"Ida <ida@corp.example> <vic@acme.example>"),
        raw(committer=b"Ida <ida@corp.example> 1 +0000 Vic <vic@acme.example>"),
        raw(author=b"<ida@corp.example>\0<vic@acme.example>"),
        raw(message=b"subject\0Co-authored-by: Vic <vic@acme.example>"),
        raw(message=b"x" * 3_000_000 + b"\n\nCo-authored-by: Vic <vic@acme.example>"),
        raw(message="s\n\nCO-AUTHORED-BY: Vic <vic@acme.example>"),
        raw(message="s\n\n  * co_authored_by :Vic <vic@acme.example>"),
        raw(message="s\n\nCoauthored-By: Vic\n <vic@acme.example>"),
        raw(message="s\r\rCo-author: Vic <vic@acme.example>"),
        raw(message="s\n\nCo-authored-by: Ida <ida@corp.example>, Vic <vic@acme.example>"),
        raw(message="s\n\nco-authored-by: vic@acme.example"),
        raw(message="s\n\nThis was co-authored by Vic <vic@acme.example>."),
        raw(message="Co-authored-by: Vic <vic@acme.example>\n\nand a body"),
    ],
)
def test_no_claim_is_lost(body: bytes) -> None:
    """However odd the commit, everybody it names is among its claims."""
    commit = parse_commit(OID, body)
    assert "vic@acme.example" in {claim.email for claim in (commit.author, commit.committer, *commit.co_authors)}


@pytest.mark.parametrize(
    "message",
    [
        "s\n\nThe platform team co-authored this.",
        "parse co-authored-by: trailers",
        "authored by hand",
        "Co-authored-by:\n",
    ],
)
def test_sentences_name_nobody(message: str) -> None:
    """Words that look like a trailer name nobody where no address stands."""
    assert parse_commit(OID, raw(message=message)).co_authors == ()


def test_a_trailer_without_address_names_somebody() -> None:
    """Somebody named without an address is still somebody, unknown."""
    assert parse_commit(OID, raw(message="s\n\nCo-authored-by: Vic")).co_authors == (Claim("Vic", ""),)


def test_one_person_named_twice_is_one_claim() -> None:
    """The same trailer twice is one claim."""
    message = "s\n\n" + "Co-authored-by: Vic <vic@acme.example>\n" * 2
    assert parse_commit(OID, raw(message=message)).co_authors == (VIC_CLAIM,)


@pytest.mark.parametrize("line", [b"Co-authored-by: V%d <v%d@acme.example>\n", b"coauthor%.0d%.0d\n"])
def test_floods_of_trailers_are_cut_and_named(line: bytes) -> None:
    """More trailers than anybody needs are a problem, not a load."""
    message = b"".join(line % (number, number) for number in range(20_000))
    commit = parse_commit(OID, raw(message=message))
    assert len(commit.co_authors) <= MAX_CO_AUTHORS
    assert "more co-authors than are read" in commit.problems


def test_a_long_line_of_addresses_is_quick() -> None:
    """A line made to exhaust a pattern is cut."""
    found, excess = co_authors_in(b"Co-authored-by: " + b"a" * 2_000_000 + b"@")
    assert (len(found), excess) == (1, False)


def test_a_declared_latin1_commit_reads_well() -> None:
    """Old commits in a declared, plain encoding are nothing to object to."""
    commit = parse_commit(OID, raw(author=b"J\xfcrgen <j@corp.example>", headers=[b"encoding ISO-8859-1"]))
    assert (commit.author.name, commit.problems) == ("Jürgen", ())


def test_odd_dates_are_no_matter() -> None:
    """1970, 2099 and before the epoch: dates decide nothing."""
    for date in (0, 4_070_908_800, -1):
        assert parse_commit(OID, raw(date=date)).problems == ()


def test_payload_is_the_object_without_its_signatures() -> None:
    """The signed bytes are all but the signature headers, of either object format."""
    plain = raw(headers=[b"encoding utf-8"])
    head, _, message = plain.partition(b"\n\n")
    signed = head + b"\ngpgsig one\n two\ngpgsig-sha256 three\n four\n\n" + message
    assert signature_and_payload(signed, "sha1") == (b"one\ntwo\n", plain)
    assert signature_and_payload(signed, "sha256") == (b"three\nfour\n", plain)
    assert signature_and_payload(plain, "sha1") is None


def test_a_signature_in_the_message_is_none() -> None:
    """Text in the message that looks like a header is text."""
    assert signature_and_payload(raw(message="s\n\nx\ngpgsig one\n"), "sha1") is None


odd_line = st.one_of(
    st.binary(max_size=40),
    st.sampled_from([b"gpgsig x\n y", b"encoding utf-8", b"author A <a@b>", b"parent " + b"e" * 40, b"mergetag x"]),
)
identity = st.one_of(
    st.binary(max_size=40),
    st.builds(
        lambda name, email: name.encode() + b" <" + email.encode() + b"> 1 +0000",
        st.text(max_size=9),
        st.text(max_size=9),
    ),
)


@given(identity, identity, st.lists(odd_line, max_size=3), st.one_of(st.binary(max_size=80), st.text(max_size=80)))
def test_the_short_way_is_the_long_way(
    author: bytes, committer: bytes, headers: list[bytes], message: bytes | str
) -> None:
    """The quick reading of ordinary commits gives exactly what the careful one gives, for any bytes."""
    body = raw(author=author, committer=committer, headers=headers, message=message)
    assert parse_commit(OID, body) == parse_odd_commit(OID, body)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_commit(body: bytes) -> None:
    """Nothing that stands in a commit object stops the reading, and garbage is never without a problem."""
    assert parse_commit(OID, body).problems


@given(st.binary(max_size=200), st.binary(max_size=200), st.sampled_from([b"\n", b"\0", b"\r", b"\n\n\n", b"\x0b"]))
def test_a_trailer_is_found_in_any_surroundings(before: bytes, after: bytes, gap: bytes) -> None:
    """Whatever stands before and behind it, a trailer's address is among the claims."""
    found, _ = co_authors_in(before + gap + b"Co-authored-by: Vic <vic@acme.example>" + gap + after)
    assert "vic@acme.example" in {claim.email for claim in found}


@pytest.mark.parametrize(
    ("message", "vendors"),
    [
        (b"Import\n\nDelivery: acme\n", ("acme",)),
        (b"Import\n\nText\ndelivery : Acme \r\nDelivery: globex", ("acme", "globex")),
        (b"delivery: acme\n", ()),
        (b"Fix\n\ndelivery: fix the parcels\n", ()),
        (b"Fix\n\nOur delivery: acme\n", ()),
        (b"Import\n\nDelivery: \n", ()),
    ],
)
def test_a_delivery_is_declared_on_a_line_of_its_own(message: bytes, vendors: tuple[str, ...]) -> None:
    """below the subject, with one word behind it: everything else is a sentence"""
    assert deliveries_in(message) == vendors
