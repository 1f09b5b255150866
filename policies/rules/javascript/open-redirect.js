const BASE = "https://shop.example";
const TARGETS = ["/home", "/orders"];

app.get("/out", (req, res) => {
  // ruleid: javascript.express.open-redirect
  res.redirect(req.query.next);
});

app.post("/login", (req, res) => {
  const { next } = req.body;
  // ruleid: javascript.express.open-redirect
  res.redirect(302, next || "/");
  // ruleid: javascript.express.open-redirect
  res.writeHead(302, { Location: "https://" + next });
  // becomes //host when the value starts with a slash
  // ruleid: javascript.express.open-redirect
  res.redirect("/" + next);
});

app.get("/safe", (req, res) => {
  const next = req.query.next;
  if (!TARGETS.includes(next)) {
    return res.redirect("/home");
  }
  // ok: javascript.express.open-redirect
  res.redirect(next);
});

app.get("/safe-origin", (req, res) => {
  const url = new URL(req.query.next, BASE);
  if (url.origin !== BASE) {
    return res.status(400).end();
  }
  // ok: javascript.express.open-redirect
  res.redirect(url.href);
});

app.get("/search", (req, res) => {
  // ok: javascript.express.open-redirect
  res.redirect("/search?q=" + encodeURIComponent(req.query.q));
  // ok: javascript.express.open-redirect
  res.redirect(`${BASE}/orders/${req.params.id}`);
  // ok: javascript.express.open-redirect
  res.redirect(301, "/orders/" + Number(req.query.order));
  // ok: javascript.express.open-redirect
  res.redirect(`/orders/${req.params.id}`);
});

function goOn() {
  const params = new URLSearchParams(window.location.search);
  // ruleid: javascript.browser.open-redirect
  window.location.href = params.get("next");
}

function goOnHash() {
  // ruleid: javascript.browser.open-redirect
  location.assign(decodeURIComponent(location.hash.slice(1)));
}

function goOnChecked() {
  const url = new URL(new URLSearchParams(location.search).get("next"), location.origin);
  if (url.origin !== location.origin) return;
  // ok: javascript.browser.open-redirect
  location.href = url.href;
}

function search() {
  const params = new URLSearchParams(location.search);
  // ok: javascript.browser.open-redirect
  location.href = "/search?q=" + encodeURIComponent(params.get("q"));
  // ok: javascript.browser.open-redirect
  location.assign(`/items/${Number(params.get("item"))}`);
  // ok: javascript.browser.open-redirect
  location.replace(location.pathname);
}
