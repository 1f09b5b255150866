fn main() {
    println!("cargo:rerun-if-changed=src/table.txt");
    // ruleid: rust.build.network-or-shell
    let text = reqwest::blocking::get("https://files.example/table.txt").unwrap().text();
    // ruleid: rust.build.network-or-shell
    Command::new("sh").arg("-c").arg("./prepare.sh").status();
    // ruleid: rust.build.network-or-shell
    std::process::Command::new("/usr/bin/curl").arg("https://files.example/library.a").output();
    // ruleid: rust.build.network-or-shell
    let stream = TcpStream::connect("192.0.2.1:443");
    // ok: rust.build.network-or-shell
    let version = Command::new("git").args(["rev-parse", "HEAD"]).output();
    // ok: rust.build.network-or-shell
    cc::Build::new().file("src/table.c").compile("table");
    // ok: rust.build.network-or-shell
    Command::new("protoc").arg("order.proto").status();
}
