public static class Start
{
    public static void Add(CorsPolicyBuilder policy, HttpContext context)
    {
        // ruleid: csharp.aspnet.cors-any-origin
        policy.SetIsOriginAllowed(origin => true).AllowAnyHeader().AllowCredentials();
        // ruleid: csharp.aspnet.cors-any-origin
        policy.AllowAnyOrigin().AllowCredentials();
        // ruleid: csharp.aspnet.cors-any-origin
        context.Response.Headers["Access-Control-Allow-Origin"] = context.Request.Headers["Origin"];
        // ok: csharp.aspnet.cors-any-origin
        policy.AllowAnyOrigin().AllowAnyMethod();
        // ok: csharp.aspnet.cors-any-origin
        policy.WithOrigins("https://app.corp.example").AllowCredentials();
        // ok: csharp.aspnet.cors-any-origin
        policy.SetIsOriginAllowed(origin => new Uri(origin).Host == "app.corp.example").AllowCredentials();
    }
}
