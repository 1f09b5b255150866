const crypto = require("crypto");
const { createCipheriv } = require("crypto");

const ZERO = Buffer.alloc(16);

function encrypt(key, text) {
  const iv = crypto.randomBytes(16);
  // ruleid: javascript.node.weak-cipher
  const one = crypto.createCipheriv("des-ede3-cbc", key, iv);
  // ruleid: javascript.node.weak-cipher
  const two = createCipheriv("aes-128-ecb", key, null);
  // ruleid: javascript.node.weak-cipher
  const three = crypto.createCipher("aes-256-cbc", key);
  // ruleid: javascript.node.weak-cipher
  const four = CryptoJS.AES.encrypt(text, key, { mode: CryptoJS.mode.ECB });
  // ok: javascript.node.weak-cipher
  const five = crypto.createCipheriv("aes-256-gcm", key, iv);
  // ok: javascript.node.weak-cipher
  const six = crypto.createCipheriv("chacha20-poly1305", key, iv);
  // ok: javascript.node.weak-cipher
  const seven = CryptoJS.AES.encrypt(text, key, { mode: CryptoJS.mode.CBC, iv });
  return [one, two, three, four, five, six, seven];
}

function encryptFixed(key) {
  // ruleid: javascript.node.fixed-iv
  const one = crypto.createCipheriv("aes-256-gcm", key, Buffer.alloc(12));
  // ruleid: javascript.node.fixed-iv
  const two = createCipheriv("aes-256-cbc", key, "0123456789abcdef");
  const iv = Buffer.from("00000000000000000000000000000000", "hex");
  // ruleid: javascript.node.fixed-iv
  const three = createCipheriv("aes-256-cbc", key, iv);
  // ruleid: javascript.node.fixed-iv
  const four = createCipheriv("aes-256-cbc", key, ZERO);
  return [one, two, three, four];
}

function encryptFresh(key) {
  // ok: javascript.node.fixed-iv
  const one = crypto.createCipheriv("aes-256-gcm", key, crypto.randomBytes(12));
  const iv = Buffer.alloc(12);
  crypto.randomFillSync(iv);
  // ok: javascript.node.fixed-iv
  const two = createCipheriv("aes-256-gcm", key, iv);
  return [one, two];
}

function decrypt(key, message) {
  const iv = message.subarray(0, 12);
  // ok: javascript.node.fixed-iv
  return crypto.createDecipheriv("aes-256-gcm", key, iv);
}
