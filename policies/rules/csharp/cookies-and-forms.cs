public class SessionController : Controller
{
    public IActionResult Start(CookieAuthenticationOptions options, HttpResponse response)
    {
        response.Cookies.Append("session", id, new CookieOptions
        {
            // ruleid: csharp.aspnet.cookie-without-protection
            HttpOnly = false,
            // ok: csharp.aspnet.cookie-without-protection
            Secure = true,
        });
        // ruleid: csharp.aspnet.cookie-without-protection
        options.Cookie.SecurePolicy = CookieSecurePolicy.None;
        // ok: csharp.aspnet.cookie-without-protection
        options.Cookie.HttpOnly = true;
        // ok: csharp.aspnet.cookie-without-protection
        response.Cookies.Append("XSRF-TOKEN", token, new CookieOptions { HttpOnly = false, Secure = true });
        return Ok();
    }

    // ruleid: csharp.aspnet.request-checks-off
    [IgnoreAntiforgeryToken]
    [HttpPost]
    public IActionResult Pay(Order order)
    {
        return Ok();
    }

    // ruleid: csharp.aspnet.request-checks-off
    [HttpPost]
    [ValidateInput(false)]
    public IActionResult Comment(string text)
    {
        return Ok();
    }

    // ok: csharp.aspnet.request-checks-off
    [HttpPost]
    [ValidateAntiForgeryToken]
    public IActionResult Safe(Order order)
    {
        return Ok();
    }

    // ok: csharp.aspnet.request-checks-off
    [ValidateInput(true)]
    public IActionResult Checked(string text)
    {
        return Ok();
    }
}
