const https = require("https");
const tls = require("tls");
const fs = require("fs");

function open() {
  // ruleid: javascript.node.tls-verification-off
  const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });
  // ruleid: javascript.node.tls-verification-off
  const pool = new Pool({ host: "db.shop.example", ssl: { rejectUnauthorized: false } });
  // ruleid: javascript.node.tls-verification-off
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  // ruleid: javascript.node.tls-verification-off
  process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = 0;
  // ruleid: javascript.node.tls-verification-off
  const socket = tls.connect({ host: "shop.example", checkServerIdentity: () => undefined });
  return [agent, pool, socket];
}

function openChecked() {
  // ok: javascript.node.tls-verification-off
  const agent = new https.Agent({ rejectUnauthorized: true });
  // ok: javascript.node.tls-verification-off
  const pool = new Pool({ ssl: { ca: fs.readFileSync("ca.pem") } });
  // ok: javascript.node.tls-verification-off
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "1";
  // ok: javascript.node.tls-verification-off
  const socket = tls.connect({ host: "shop.example", checkServerIdentity: pin });
  // ok: javascript.node.tls-verification-off
  const list = filter({ rejectEmpty: false });
  return [agent, pool, socket, list];
}
