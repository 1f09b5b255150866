"""C# that the compiler reads and scanners do not."""

from __future__ import annotations

import time

import pytest

from outsource_gate.scanners.blind_spots import blind_spot


def spot(text: str) -> str | None:
    return blind_spot("csharp", text.encode(), text)


def body(statement: str) -> str:
    return f"class A\n{{\n    void M()\n    {{\n        {statement}\n    }}\n}}\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (body("// a\u2028Process.Start(x);"), "line ends"),
        (body("// a\u2029Process.Start(x);"), "line ends"),
        (body("// a\u0085Process.Start(x);"), "line ends"),
        (body("// a\rProcess.Start(x);"), "line ends"),
        (body("Pro\u200dcess.Start(x);"), "characters inside names"),
        (body("Pro\u00adcess.Start(x);"), "characters inside names"),
        (body("Pro\\u0063ess.Start(x);"), "escapes"),
        (body("Pro\\U00000063ess.Start(x);"), "escapes"),
        (body("Process.@Start(x);"), "@ before a name"),
        (body("@Process.Start(x);"), "@ before a name"),
        (body("new @ProcessStartInfo(x);"), "@ before a name"),
        (body("@Start/**/(x);"), "@ before a name"),
        ("record A { void M() { Process.Start(x); } }\n", "a record"),
        ("public record A(int B) : C(B)\n{\n    object D => Process.Start(x);\n}\n", "a record"),
        ("public readonly record struct A\n{\n    void M() { Process.Start(x); }\n}\n", "a record"),
        ("/**/record/**/A{ object B = Process.Start(x); }\n", "a record"),
        ('record A { string B = "}"; void M() { Process.Start(x); } }\n', "a record"),
        ('record A(string B = ") ; ") { void M() { Process.Start(x); } }\n', "a record"),
        ("record A(int B) : C(Process.Start(B));\n", "a record"),
        ("record A { // }\n  void M() { Process.Start(x); } }\n", "a record"),
        (body("fixed (int* p = q) { Process.Start(x); }"), "a fixed statement"),
        (body("try { } catch (E e) when (Process.Start(x) != null) { }"), "the filter of a catch"),
        (body("try { } catch when (new Run(x).Go()) { }"), "the filter of a catch"),
        (body("using (Process.Start(x)) { }"), "a using without a variable"),
        (body("using (await client.GetStreamAsync(x)) { }"), "a using without a variable"),
    ],
)
def test_each_known_way_to_be_read_otherwise_is_named(text: str, says: str) -> None:
    """the measured silences of semgrep end as unread, with the reason"""
    reason = spot(text)
    assert reason is not None
    assert says in reason


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffusing System;\r\nclass A { }\r\n",
        body('var path = @"c:\\temp"; var @class = @event.Name;'),
        body('connection.Query("SELECT * FROM t WHERE id = @id AND n = @name", new { id, name });'),
        body('var text = "caf\\u00e9 \\u2028 \\x41"; var mail = "info@corp.example";'),
        body('var flag = "\U0001f469\u200d\U0001f4bb";'),
        body("foreach (var record in records) { Use(record); }"),
        body("if (record is { Open: true }) { Use(record with { Open = false }); }"),
        "public record Point(int X, int Y);\nclass B { void M() { Run(); } }\n",
        'public record A([property: JsonPropertyName("b")] string B) : C(B), D;\n',
        'public record A<T>\n{\n    // its (short) name\n    public required string B { get; init; } = "";\n}\n',
        'record A\n{\n    [JsonPropertyName("b")]\n    public int B { get; set; } = 1;\n}\n',
        body("try { } catch (E e) when (e.Code is 404 or 410) { } catch (F f) when (f.Message.Contains(x)) { }"),
        body("using (var stream = File.OpenRead(x)) { } using (FileStream s = Open(x)) { } using (reader) { }"),
        body('using (_log.BeginScope("import")) { } using (await _gate.LockAsync(token)) { }'),
        "unsafe struct A { fixed byte b[16]; }\n",
    ],
)
def test_ordinary_source_is_read(text: str) -> None:
    """what people write every day is no blind spot"""
    assert spot(text) is None


def test_a_look_at_hostile_source_is_quick() -> None:
    """no pattern is much worse than linear, however often its beginning comes"""
    began = time.monotonic()
    pieces = (
        "@a",
        "@a /**/",
        "record A(",
        "record A{",
        'record A{[A("x")]',
        "//\n",
        "/*a*/",
        "fixed /*",
        "using(a",
        "new @",
    )
    for piece in (
        *pieces,
        "catch when A.",
        "catch (",
        "#\n",
        "public ",
        "\\u00",
        "A.a",
        "when new",
        "@a<b",
        "record A{//\n",
    ):
        spot(piece * 10_000)
        spot("record A{" + piece * 10_000)
    assert time.monotonic() - began < 20
