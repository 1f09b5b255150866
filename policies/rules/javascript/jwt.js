const jwt = require("jsonwebtoken");

function accept(token, key) {
  // ruleid: javascript.node.jwt-unsigned
  const one = jwt.verify(token, key, { algorithms: ["RS256", "none"] });
  // ruleid: javascript.node.jwt-unsigned
  const two = jwt.sign({ name: "ann" }, "", { algorithm: "none" });
  // ruleid: javascript.node.jwt-unsigned
  const three = jwt.verify(token, null);
  // ok: javascript.node.jwt-unsigned
  const four = jwt.verify(token, key, { algorithms: ["RS256"] });
  // ok: javascript.node.jwt-unsigned
  const five = jwt.sign({ name: "none" }, key, { algorithm: "ES256" });
  // ok: javascript.node.jwt-unsigned
  const six = compress(token, { algorithm: "none" });
  return [one, two, three, four, five, six];
}

function authenticate(req, res, next) {
  const claims = jwt.decode(req.headers.authorization.slice(7));
  // ruleid: javascript.node.jwt-not-verified
  req.user = claims;
  next();
}

function onlyAdmins(req, res, next) {
  const claims = jwtDecode(req.cookies.token);
  // ruleid: javascript.node.jwt-not-verified
  if (claims.role !== "admin") {
    return res.sendStatus(403);
  }
  next();
}

function authenticateSafely(req, res, next) {
  const header = jwt.decode(req.cookies.token, { complete: true }).header;
  // ok: javascript.node.jwt-not-verified
  req.user = jwt.verify(req.cookies.token, keys.get(header.kid), { algorithms: ["RS256"] });
  // ok: javascript.node.jwt-not-verified
  if (req.user.role !== "admin") return res.sendStatus(403);
  next();
}

function showName(token) {
  // ok: javascript.node.jwt-not-verified
  title.textContent = jwtDecode(token).name;
}
