public static class Tokens
{
    public static void Add(JwtBearerOptions options, IHostEnvironment environment)
    {
        options.TokenValidationParameters = new TokenValidationParameters
        {
            // ruleid: csharp.jwt.not-checked
            RequireSignedTokens = false,
            // ruleid: csharp.jwt.not-checked
            SignatureValidator = (token, parameters) => new JwtSecurityToken(token),
            // ok: csharp.jwt.not-checked
            ValidateAudience = false,
            // ok: csharp.jwt.not-checked
            ValidateIssuerSigningKey = true,
            // ok: csharp.jwt.not-checked
            ValidateLifetime = true,
        };
        // ruleid: csharp.jwt.not-checked
        options.TokenValidationParameters.ValidateLifetime = false;
        // ruleid: csharp.jwt.metadata-over-http
        options.RequireHttpsMetadata = false;
        var more = new JwtBearerOptions
        {
            // ruleid: csharp.jwt.metadata-over-http
            RequireHttpsMetadata = false,
        };
        // ok: csharp.jwt.metadata-over-http
        options.RequireHttpsMetadata = !environment.IsDevelopment();
        if (environment.IsDevelopment())
        {
            // ok: csharp.jwt.metadata-over-http
            options.RequireHttpsMetadata = false;
        }
    }
}
