public class ReportsController : ControllerBase
{
    private static readonly Dictionary<string, Type> Kinds = new() { ["pdf"] = typeof(PdfReport) };

    [HttpPost("run")]
    public async Task<IActionResult> Run([FromBody] RunRequest body, string kind)
    {
        // ruleid: csharp.aspnet.code-injection
        var result = await CSharpScript.EvaluateAsync(body.Code);
        // ruleid: csharp.aspnet.code-injection
        var type = Type.GetType("Reports." + kind);
        // ok: csharp.aspnet.code-injection
        var known = Kinds[kind];
        // ok: csharp.aspnet.code-injection
        var two = await CSharpScript.EvaluateAsync("1 + 1");
        // ok: csharp.aspnet.code-injection
        var fixedType = Type.GetType("Reports.Pdf");
        return Ok(result);
    }

    [HttpPost("mail")]
    public async Task<string> Mail(string text, string name)
    {
        // ruleid: csharp.aspnet.template-injection
        var page = await _engine.CompileRenderStringAsync("key", text, new { name });
        // ruleid: csharp.aspnet.template-injection
        var template = Template.Parse("Dear " + text);
        // ok: csharp.aspnet.template-injection
        var safe = Template.Parse("Dear {{ name }}").Render(new { name });
        // ok: csharp.aspnet.template-injection
        return await _engine.CompileRenderStringAsync("key", Templates.Mail, new { text });
    }
}
