// ruleid: rust.secrets.hardcoded-secret
const API_KEY: &str = "9f3a77c1d0e4";
// ok: rust.secrets.hardcoded-secret
const API_KEY_HEADER: &str = "x-api-key-9f3a";

fn client() {
    // ruleid: rust.tls.verification-off
    Client::builder().danger_accept_invalid_certs(true);
    // ruleid: rust.tls.verification-off
    builder.set_verify(SslVerifyMode::NONE);
    // ok: rust.tls.verification-off
    Client::builder().danger_accept_invalid_certs(false);
    // ok: rust.tls.verification-off
    builder.set_verify(SslVerifyMode::PEER);
    // ruleid: rust.crypto.weak-hash
    let a = Md5::new();
    // ruleid: rust.crypto.weak-hash
    let b = Sha1::digest(data);
    // ok: rust.crypto.weak-hash
    let c = Sha256::new();
    // ok: rust.crypto.weak-hash
    let d = MessageDigest::sha256();
    // ruleid: rust.crypto.weak-cipher
    let e = Cipher::des_ede3_cbc();
    // ruleid: rust.crypto.weak-cipher
    let f = Cipher::aes_128_ecb();
    // ok: rust.crypto.weak-cipher
    let g = Cipher::aes_256_gcm();
    // ok: rust.crypto.weak-cipher
    let h = Cipher::chacha20_poly1305();
    // ruleid: rust.secrets.hardcoded-secret
    let password = "hunter2-Xk9";
    // ok: rust.secrets.hardcoded-secret
    let secret = std::env::var("SECRET");
}
