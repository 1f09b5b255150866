public class PreviewController : ControllerBase
{
    private static readonly HashSet<string> AllowedHosts = new() { "api.corp.example" };
    private readonly HttpClient _client;

    [HttpGet]
    public async Task<IActionResult> Get([FromQuery] string url, string id)
    {
        // ruleid: csharp.aspnet.ssrf
        var page = await _client.GetStringAsync(url);
        // ruleid: csharp.aspnet.ssrf
        var message = new HttpRequestMessage(HttpMethod.Get, $"https://{url}/status");
        // ruleid: csharp.aspnet.ssrf
        var old = WebRequest.Create(Request.Query["url"]);
        // ok: csharp.aspnet.ssrf
        var user = await _client.GetStringAsync($"https://api.corp.example/users/{id}");
        var address = "https://api.corp.example/users?id=" + id;
        // ok: csharp.aspnet.ssrf
        var again = await _client.GetStringAsync(address);
        // ok: csharp.aspnet.ssrf
        await _client.PostAsJsonAsync("https://api.corp.example/log", new { url });
        return Ok(page);
    }

    public async Task<IActionResult> Checked(string url)
    {
        var uri = new Uri(url);
        if (!AllowedHosts.Contains(uri.Host))
        {
            return BadRequest();
        }
        // ok: csharp.aspnet.ssrf
        return Ok(await _client.GetStringAsync(uri));
    }
}
