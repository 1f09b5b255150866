class Stores {
  void find(Connection connection, String name) throws Exception {
    // ruleid: java.sql.statement-from-parameter
    connection.createStatement().executeQuery("SELECT id FROM users WHERE name = '" + name + "'");
    // ruleid: java.sql.statement-from-parameter
    String sql = String.format("DELETE FROM users WHERE name = '%s'", name);
    // ok: java.sql.statement-from-parameter
    connection.prepareStatement("SELECT id FROM users WHERE name = ?").setString(1, name);
    // ok: java.sql.statement-from-parameter
    throw new IllegalStateException("nobody is called '" + name + "'");
  }

  void recent(Connection connection, int limit) throws Exception {
    // ok: java.sql.statement-from-parameter
    connection.createStatement().executeQuery("SELECT id FROM users WHERE kind = 'a' LIMIT " + limit);
  }

  void pack(String folder) throws Exception {
    // ruleid: java.process.shell-from-parameter
    Runtime.getRuntime().exec("tar czf out.tgz " + folder);
    // ruleid: java.process.shell-from-parameter
    new ProcessBuilder("bash", "-c", "tar czf out.tgz " + folder).start();
    // ok: java.process.shell-from-parameter
    new ProcessBuilder("tar", "czf", "out.tgz", "--", folder).start();
    // ok: java.process.shell-from-parameter
    Runtime.getRuntime().exec("sync");
  }
}
