using Dapper;
using Microsoft.AspNetCore.Mvc;

[ApiController]
[Route("users")]
public class UsersController : ControllerBase
{
    private static readonly Dictionary<string, string> Columns = new() { ["name"] = "name", ["age"] = "age" };
    private static readonly HashSet<string> AllowedColumns = new() { "name", "age" };
    private readonly SqlConnection _connection;
    private readonly ShopContext _context;

    [HttpGet("find")]
    public IActionResult Find([FromQuery] string name, [FromQuery] int page)
    {
        // ruleid: csharp.aspnet.sql-injection
        using var command = new SqlCommand("SELECT * FROM users WHERE name = '" + name + "'", _connection);
        var text = $"SELECT * FROM users WHERE name = '{name}'";
        // ruleid: csharp.aspnet.sql-injection
        var rows = _connection.Query<User>(text);
        // ruleid: csharp.aspnet.sql-injection
        using var other = new Npgsql.NpgsqlCommand { CommandText = text };
        // ok: csharp.aspnet.sql-injection
        using var paged = new SqlCommand($"SELECT * FROM users OFFSET {page} ROWS", _connection);
        // ok: csharp.aspnet.sql-injection
        using var bound = new SqlCommand("SELECT * FROM users WHERE name = @name", _connection);
        bound.Parameters.AddWithValue("@name", name);
        // ok: csharp.aspnet.sql-injection
        return Ok(_connection.Query<User>("SELECT * FROM users WHERE name = @name", new { name }));
    }

    [HttpPost]
    public async Task<IActionResult> Search(UserFilter filter)
    {
        // ruleid: csharp.aspnet.sql-injection, csharp.entity-framework.raw-sql
        var users = _context.Users.FromSqlRaw($"SELECT * FROM users WHERE city = '{filter.City}'").ToList();
        var sql = new StringBuilder("DELETE FROM users WHERE city = '");
        sql.Append(filter.City).Append("'");
        // ruleid: csharp.aspnet.sql-injection
        await _context.Database.ExecuteSqlRawAsync(sql.ToString());
        // ok: csharp.aspnet.sql-injection, csharp.entity-framework.raw-sql
        users = _context.Users.FromSqlInterpolated($"SELECT * FROM users WHERE city = {filter.City}").ToList();
        // ok: csharp.aspnet.sql-injection, csharp.entity-framework.raw-sql
        await _context.Database.ExecuteSqlAsync($"DELETE FROM users WHERE city = {filter.City}");
        // ok: csharp.aspnet.sql-injection, csharp.entity-framework.raw-sql
        users = _context.Users.FromSqlRaw("SELECT * FROM users WHERE city = {0}", filter.City).ToList();
        return Ok(users);
    }

    public IActionResult Sorted(string sort, string id)
    {
        // ruleid: csharp.aspnet.sql-injection
        _connection.Execute("SELECT * FROM users ORDER BY " + sort);
        // ok: csharp.aspnet.sql-injection
        _connection.Execute("SELECT * FROM users ORDER BY " + Columns[sort]);
        if (!Guid.TryParse(id, out var key)) return BadRequest();
        // ok: csharp.aspnet.sql-injection
        _connection.Execute($"DELETE FROM users WHERE id = '{key}'");
        // ok: csharp.aspnet.sql-injection
        _connection.Execute($"DELETE FROM users WHERE id = {int.Parse(id)}");
        if (!AllowedColumns.Contains(sort)) return BadRequest();
        // ok: csharp.aspnet.sql-injection
        return Ok(_connection.Query<User>("SELECT * FROM users ORDER BY " + sort));
    }

    private IEnumerable<User> Helper(string table)
    {
        // ok: csharp.aspnet.sql-injection
        return _connection.Query<User>("SELECT * FROM " + table);
    }

    public void Classic(SqlCommand command, ShopContext context, string table)
    {
        // ruleid: csharp.aspnet.sql-injection
        command.CommandText = "SELECT * FROM orders WHERE id = " + Request.QueryString["id"];
        // ruleid: csharp.entity-framework.raw-sql
        context.Database.ExecuteSqlRaw(string.Format("TRUNCATE TABLE {0}", Table()));
        // ok: csharp.entity-framework.raw-sql
        context.Database.ExecuteSqlRaw($"TRUNCATE TABLE {Tables.Orders}");
        // ok: csharp.entity-framework.raw-sql
        context.Database.ExecuteSqlRaw("TRUNCATE TABLE orders");
        // ok: csharp.entity-framework.raw-sql
        context.Database.ExecuteSqlRaw("UPDATE orders SET open = 0 " + "WHERE id = {0}", 3);
    }
}

public static class Routes
{
    public static void Add(WebApplication app)
    {
        // ruleid: csharp.aspnet.sql-injection
        app.MapGet("/a", (string name, IDbConnection connection) => connection.Query<User>($"SELECT * FROM a WHERE n = '{name}'"));
        // ok: csharp.aspnet.sql-injection
        app.MapGet("/b", (string name, IDbConnection connection) => connection.Query<User>("SELECT * FROM a WHERE n = @name", new { name }));
    }
}
