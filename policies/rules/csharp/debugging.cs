public class Startup
{
    public void Configure(IApplicationBuilder app, IWebHostEnvironment env, DbContextOptionsBuilder options)
    {
        if (env.IsDevelopment())
        {
            // ok: csharp.aspnet.error-details
            app.UseDeveloperExceptionPage();
            // ok: csharp.aspnet.error-details
            options.EnableSensitiveDataLogging();
        }
        // ok: csharp.aspnet.error-details
        app.UseExceptionHandler("/error");
        // ruleid: csharp.aspnet.error-details
        app.UseDeveloperExceptionPage();
        // ruleid: csharp.aspnet.error-details
        options.EnableSensitiveDataLogging();
    }
}
