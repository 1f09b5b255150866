// No build script: nothing is told to Cargo, and it runs when somebody starts it.
fn main() {
    // ok: rust.build.network-or-shell
    let text = reqwest::blocking::get("https://api.corp.example/orders").unwrap().text();
    // ok: rust.build.network-or-shell
    Command::new("sh").arg("-c").arg("uptime").status();
}
