import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.naming.directory.DirContext;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;
import javax.xml.xpath.XPath;

class Sinks {
  void people(HttpServletRequest request, DirContext directory) throws Exception {
    String name = request.getParameter("name");
    // ruleid: java.servlet.ldap-injection
    directory.search("ou=people", "(uid=" + name + ")", controls);
    String unit = java.net.URLDecoder.decode(request.getHeader("X-Unit"), "UTF-8");
    // ruleid: java.servlet.ldap-injection
    directory.lookup("ou=" + unit);
    // ok: java.servlet.ldap-injection
    directory.search("ou=people", "(uid={0})", new Object[] {name}, controls);
    // ok: java.servlet.ldap-injection
    directory.search("ou=people", "(uid=" + LdapEncoder.filterEncode(name) + ")", controls);
  }

  void employees(HttpServletRequest request, XPath xpath) throws Exception {
    String id = request.getParameter("id");
    // ruleid: java.servlet.xpath-injection
    xpath.evaluate("/staff/employee[@id='" + id + "']", document);
    // ruleid: java.servlet.xpath-injection
    xpath.compile("/staff/employee[" + request.getQueryString() + "]");
    // ok: java.servlet.xpath-injection
    xpath.evaluate("/staff/employee[@id=$id]", document);
    int number = Integer.parseInt(id);
    // ok: java.servlet.xpath-injection
    xpath.evaluate("/staff/employee[" + number + "]", document);
  }

  void remember(HttpServletRequest request, HttpSession session) {
    // ruleid: java.servlet.trust-boundary
    session.setAttribute("role", request.getParameter("role"));
    String key = request.getHeader("X-Key");
    // ruleid: java.servlet.trust-boundary
    request.getSession().putValue(key, "1");
    // ok: java.servlet.trust-boundary
    session.setAttribute("role", users.find(request.getUserPrincipal()).role());
    // ok: java.servlet.trust-boundary
    session.setAttribute("page", Integer.parseInt(request.getParameter("page")));
  }

  void headers(HttpServletRequest request, HttpServletResponse response) {
    // ruleid: java.servlet.header-injection
    response.setHeader(request.getParameter("name"), "1");
    // ruleid: java.servlet.header-injection
    response.addHeader("Access-Control-Allow-Origin", request.getHeader("Origin"));
    // ok: java.servlet.header-injection
    response.setHeader("X-Request", request.getHeader("X-Request"));
    // ok: java.servlet.header-injection
    response.setHeader("Content-Type", "text/plain");
  }

  void logs(HttpServletRequest request) {
    String user = request.getParameter("user");
    // ruleid: java.servlet.log-injection
    log.warn("login failed for " + user);
    // ruleid: java.servlet.log-injection
    LOGGER.info("login of {}", user);
    // ok: java.servlet.log-injection
    log.warn("login failed for " + user.replaceAll("[\\r\\n]", "_"));
    // ok: java.servlet.log-injection
    log.warn("login failed");
  }

  void load(HttpServletRequest request) throws Exception {
    String kind = request.getParameter("kind");
    // ruleid: java.servlet.unsafe-reflection
    Class.forName("com.example.reports." + kind).newInstance();
    // ruleid: java.servlet.unsafe-reflection
    System.load(request.getParameter("library"));
    // ok: java.servlet.unsafe-reflection
    Class.forName("com.example.reports.Monthly");
    // ok: java.servlet.unsafe-reflection
    Class.forName(REPORTS.get(kind));
  }

  void find(HttpServletRequest request, String text) {
    String word = request.getParameter("word");
    // ruleid: java.servlet.regex-injection
    Pattern.compile(".*" + word + ".*");
    // ruleid: java.servlet.regex-injection
    text.matches(word);
    // ok: java.servlet.regex-injection
    Pattern.compile(".*" + Pattern.quote(word) + ".*");
    // ok: java.servlet.regex-injection
    text.matches("[a-z]+");
  }

  void documents(@RequestBody String filter, @RequestParam String owner) {
    // ruleid: java.mongo.query-injection
    collection.find(Document.parse(filter));
    // ruleid: java.mongo.query-injection
    template.find(new BasicQuery("{owner: '" + owner + "'}"), Note.class);
    // ok: java.mongo.query-injection
    collection.find(Filters.eq("owner", owner));
    // ok: java.mongo.query-injection
    collection.find(Document.parse("{open: true}"));
  }

  void ping(HttpServletRequest request) throws Exception {
    String host = request.getParameter("host");
    String[] command = {"sh", "-c", "ping -c1 " + host};
    // ruleid: java.servlet.command-in-array
    Runtime.getRuntime().exec(command, null);
  }

  void list(HttpServletRequest request) throws Exception {
    List<String> command = new java.util.ArrayList<String>();
    command.add("bash");
    command.add("-c");
    command.add("ls " + request.getParameter("folder"));
    // ruleid: java.servlet.command-in-array
    new ProcessBuilder(command).start();
  }

  void trace(HttpServletRequest request) throws Exception {
    String[] command = {"traceroute", "--", request.getParameter("host")};
    // ok: java.servlet.command-in-array
    Runtime.getRuntime().exec(command, null);
  }

  void rotate() throws Exception {
    String[] command = {"sh", "-c", "logrotate /etc/logrotate.conf"};
    // ok: java.servlet.command-in-array
    Runtime.getRuntime().exec(command, null);
  }
}
