const jwt = require("jsonwebtoken");
const crypto = require("crypto");
const session = require("express-session");

const SECRET = "not-a-real-key-only-a-test";

function sign(user) {
  // ruleid: javascript.node.hardcoded-key
  const one = jwt.sign({ id: user.id }, "not-a-real-key-only-a-test");
  // ruleid: javascript.node.hardcoded-key
  const two = crypto.createHmac("sha256", SECRET).update(user.id).digest("hex");
  // ruleid: javascript.node.hardcoded-key
  app.use(session({ resave: false, secret: "fake secret for a test" }));
  // ok: javascript.node.hardcoded-key
  const three = jwt.sign({ id: user.id }, process.env.JWT_KEY);
  // ok: javascript.node.hardcoded-key
  const four = crypto.createHmac("sha256", loadKey("hmac")).update("text").digest("hex");
  // ok: javascript.node.hardcoded-key
  app.use(session({ resave: false, secret: config.get("session.secret") }));
  // ok: javascript.node.hardcoded-key
  app.use(cookieParser());
  return [one, two, three, four];
}

// ruleid: javascript.node.secret-fallback
const key = process.env.JWT_SECRET || "development";
// ruleid: javascript.node.secret-fallback
const password = process.env["DB_PASSWORD"] ?? "fake-for-tests";
// ok: javascript.node.secret-fallback
const port = process.env.PORT || "8080";
// ok: javascript.node.secret-fallback
const url = process.env.TOKEN_URL || "https://login.shop.example/token";
// ok: javascript.node.secret-fallback
const optional = process.env.API_TOKEN || "";

// ruleid: javascript.node.hardcoded-credential
const pool = new Pool({ host: "db.shop.example", user: "app", password: "fake-for-tests" });
// ruleid: javascript.node.hardcoded-credential
const mongo = mongoose.connect("mongodb://app:fake-for-tests@db.shop.example/shop");
// ruleid: javascript.node.hardcoded-credential
const mail = nodemailer.createTransport({ host: "mail.shop.example", auth: { user: "app", pass: "fake-for-tests" } });
// ok: javascript.node.hardcoded-credential
const poolSafe = new Pool({ host: "db.shop.example", user: "app", password: process.env.DB_PASSWORD });
// ok: javascript.node.hardcoded-credential
const mongoSafe = mongoose.connect(`mongodb://app:${process.env.DB_PASSWORD}@db.shop.example/shop`);
// ok: javascript.node.hardcoded-credential
const local = mongoose.connect("mongodb://app:local-only@localhost/shop");
// ok: javascript.node.hardcoded-credential
const labels = { password: "Your password", apiKey: "API key" };
// ok: javascript.node.hardcoded-credential
const field = document.createElement("input", { password: "text" });
