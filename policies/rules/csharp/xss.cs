public class PagesController : Controller
{
    public IActionResult Hello(string name)
    {
        // ruleid: csharp.aspnet.xss
        ViewBag.Title = new HtmlString("<b>" + name + "</b>");
        // ruleid: csharp.aspnet.xss
        return Content($"<h1>Hello {name}</h1>", "text/html");
    }

    public IActionResult Safe(string name)
    {
        // ok: csharp.aspnet.xss
        ViewBag.Title = new HtmlString("<b>" + HtmlEncoder.Default.Encode(name) + "</b>");
        // ok: csharp.aspnet.xss
        ViewBag.Break = new HtmlString("<br>");
        // ok: csharp.aspnet.xss
        return Content($"Hello {name}", "text/plain");
    }

    public async Task Write(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        // ruleid: csharp.aspnet.xss
        await context.Response.WriteAsync("<p>" + context.Request.Query["q"]);
        // ok: csharp.aspnet.xss
        await context.Response.WriteAsync("<p>" + WebUtility.HtmlEncode(context.Request.Query["q"]));
    }
}
