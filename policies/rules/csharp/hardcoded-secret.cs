public class Settings
{
    // ruleid: csharp.secrets.hardcoded-password
    private const string Password = "S3cr3t!pass";
    // ok: csharp.secrets.hardcoded-password
    private const string PasswordField = "password_1";
    // ok: csharp.secrets.hardcoded-password
    private const string ApiKey = "ApiKey";
    // ruleid: csharp.secrets.connection-string
    private const string Main = "Server=db.corp.example;Database=shop;User Id=sa;Password=Hunter22;";
    // ok: csharp.secrets.connection-string
    private const string Trusted = "Server=db.corp.example;Database=shop;Trusted_Connection=True;";
    // ok: csharp.secrets.connection-string
    private const string Filled = "Server=db.corp.example;Database=shop;User Id=sa;Password={0};";

    public void Use(IConfiguration configuration)
    {
        // ruleid: csharp.secrets.hardcoded-password
        var login = new NetworkCredential("mailer", "mail2024x");
        // ruleid: csharp.secrets.hardcoded-password
        var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes("a-very-long-signing-key-1"));
        // ok: csharp.secrets.hardcoded-password
        var safe = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(configuration["Jwt:Key"]));
        // ok: csharp.secrets.hardcoded-password
        var password = configuration["Db:Password"];
        // ruleid: csharp.secrets.connection-string
        var queue = "Endpoint=sb://bus.corp.example/;SharedAccessKeyName=root;SharedAccessKey=c2VjcmV0a2V5";
        // ok: csharp.secrets.connection-string
        var prose = "Enter the password = of the database";
    }
}
