public class LoginController : Controller
{
    public IActionResult Done(string returnUrl)
    {
        // ruleid: csharp.aspnet.open-redirect
        return Redirect(returnUrl);
    }

    public void Old()
    {
        // ruleid: csharp.aspnet.open-redirect
        Response.Redirect(Request.QueryString["next"]);
        // ok: csharp.aspnet.open-redirect
        Response.Redirect("/home");
        // ok: csharp.aspnet.open-redirect
        Response.Redirect("/users/" + Request.QueryString["id"]);
        // ok: csharp.aspnet.open-redirect
        Response.Redirect($"https://id.corp.example/login?from={Request.QueryString["next"]}");
    }

    public IActionResult Local(string returnUrl)
    {
        if (Url.IsLocalUrl(returnUrl))
        {
            // ok: csharp.aspnet.open-redirect
            return Redirect(returnUrl);
        }
        // ok: csharp.aspnet.open-redirect
        return LocalRedirect(returnUrl);
    }

    public IActionResult Early(string returnUrl)
    {
        if (!Url.IsLocalUrl(returnUrl)) return BadRequest();
        // ok: csharp.aspnet.open-redirect
        return Redirect(returnUrl);
    }
}
