public class NotesController : ControllerBase
{
    [HttpGet]
    public IActionResult Find([FromQuery] string filter, [FromQuery] string name)
    {
        // ruleid: csharp.aspnet.nosql-injection
        var found = _notes.Find(BsonDocument.Parse(filter));
        // ruleid: csharp.aspnet.nosql-injection
        var code = new BsonJavaScript("this.name == '" + name + "'");
        // ok: csharp.aspnet.nosql-injection
        var typed = _notes.Find(Builders<Note>.Filter.Eq(note => note.Name, name));
        // ok: csharp.aspnet.nosql-injection
        var all = _notes.Find(BsonDocument.Parse("{ open: true }"));
        return Ok(found);
    }
}
