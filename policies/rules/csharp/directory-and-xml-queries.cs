public class PeopleController : Controller
{
    public IActionResult Find(string name)
    {
        // ruleid: csharp.aspnet.ldap-injection
        var searcher = new DirectorySearcher("(uid=" + name + ")");
        // ruleid: csharp.aspnet.ldap-injection
        searcher.Filter = $"(&(objectClass=user)(uid={name}))";
        // ruleid: csharp.aspnet.ldap-injection
        var other = new DirectorySearcher(root) { Filter = $"(cn={name})" };
        // ok: csharp.aspnet.ldap-injection
        searcher.Filter = $"(uid={EscapeLdapFilter(name)})";
        // ok: csharp.aspnet.ldap-injection
        var all = new DirectorySearcher("(objectClass=user)");
        return View(searcher.FindAll());
    }

    public IActionResult Node(string name, XmlDocument document, XPathNavigator navigator)
    {
        // ruleid: csharp.aspnet.xpath-injection
        var node = document.SelectSingleNode("//user[@name='" + Request.Query["name"] + "']");
        // ruleid: csharp.aspnet.xpath-injection
        navigator.Select($"//user[@name='{name}']");
        // ok: csharp.aspnet.xpath-injection
        var nodes = document.SelectNodes("//user").Cast<XmlNode>().Where(one => one.Attributes["name"].Value == name);
        // ok: csharp.aspnet.xpath-injection
        var second = document.SelectSingleNode($"//user[{int.Parse(name)}]");
        return View(nodes);
    }
}
