const crypto = require("crypto");
const { createHash } = require("node:crypto");

function signatureOf(document) {
  // ruleid: javascript.node.weak-hash
  return crypto.createHash("md5").update(document).digest("hex");
}

function check(download, wanted) {
  // ruleid: javascript.node.weak-hash
  const sum = createHash("SHA1").update(download).digest("hex");
  // ruleid: javascript.node.weak-hash
  return sum === wanted && crypto.createVerify("RSA-SHA1").verify(key, wanted);
}

function checkStrong(download, wanted) {
  // ok: javascript.node.weak-hash
  const sum = createHash("sha256").update(download).digest("hex");
  // ok: javascript.node.weak-hash
  const cacheKey = crypto.createHash("md5").update(wanted).digest("hex");
  // ok: javascript.node.weak-hash
  const other = text.createHash("md5sum");
  return [sum, cacheKey, other];
}

function etag(body) {
  // ok: javascript.node.weak-hash
  return createHash("sha1").update(body).digest("base64");
}

function store(user, password) {
  // ruleid: javascript.node.fast-password-hash
  user.hash = crypto.createHash("sha256").update(password).digest("hex");
  // ruleid: javascript.node.fast-password-hash
  user.second = createHash("sha512").update(user.salt + user.password, "utf8").digest("hex");
  // ok: javascript.node.fast-password-hash
  user.third = crypto.scryptSync(password, user.salt, 64);
  // ok: javascript.node.fast-password-hash
  user.picture = crypto.createHash("sha256").update(user.email).digest("hex");
  // ok: javascript.node.fast-password-hash
  user.page = crypto.createHash("sha256").update(passengerList).digest("hex");
}
