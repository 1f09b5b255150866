app.get("/hello", (req, res) => {
  // ruleid: javascript.express.reflected-xss
  res.send("<h1>Hello " + req.query.name + "</h1>");
});

app.get("/error", (req, res) => {
  const { message } = req.query;
  const page = `<p class="error">${message}</p>`;
  // ruleid: javascript.express.reflected-xss
  res.status(400).send(page);
});

http.createServer(function (request, response) {
  const wanted = decodeURIComponent(request.url);
  // ruleid: javascript.express.reflected-xss
  response.write("<p>not found: " + wanted.trim() + "</p>");
  // ruleid: javascript.express.reflected-xss
  response.end(["<p>", request.headers.host, "</p>"].join(""));
});

app.get("/safe", async (req, res) => {
  // ok: javascript.express.reflected-xss
  res.send(`<h1>Hello ${escapeHtml(req.query.name)}</h1>`);
  // ok: javascript.express.reflected-xss
  res.send({ name: req.query.name });
  // ok: javascript.express.reflected-xss
  res.json({ name: req.query.name });
  // ok: javascript.express.reflected-xss
  res.render("hello", { name: req.query.name });
  const user = await users.find(req.params.id);
  // ok: javascript.express.reflected-xss
  res.send(user);
  const answer = { name: req.query.name, size: req.query.name.length };
  // ok: javascript.express.reflected-xss
  res.status(201).send(answer);
  // ok: javascript.express.reflected-xss
  res.type("text").send("Hello " + req.query.name);
  // ok: javascript.express.reflected-xss
  res.send(`<p>page ${parseInt(req.query.page, 10)}</p>`);
});

const createUser = catchErrors(async (req, res) => {
  const user = await users.create(req.body);
  const log = journal.note(req.body);
  // ok: javascript.express.reflected-xss
  res.status(201).send(user);
  // ok: javascript.express.reflected-xss
  res.send(log);
});

app.get("/robots", (req, res) => {
  res.setHeader("Content-Type", "text/plain; charset=utf-8");
  // ok: javascript.express.reflected-xss
  res.send("Sitemap: " + req.headers.host + "/sitemap.xml");
});

function showQuery() {
  const params = new URLSearchParams(window.location.search);
  // ruleid: javascript.browser.dom-xss
  document.getElementById("query").innerHTML = "You asked for " + params.get("q");
}

function showFragment() {
  const part = decodeURIComponent(location.hash.substring(1));
  // ruleid: javascript.browser.dom-xss
  $("#part").html(part);
  // ruleid: javascript.browser.dom-xss
  document.write(`<b>${document.referrer}</b>`);
}

window.addEventListener("message", (event) => {
  // ruleid: javascript.browser.dom-xss
  panel.innerHTML = event.data.html;
});

window.addEventListener("message", (event) => {
  if (event.origin !== "https://shop.example") return;
  // ok: javascript.browser.dom-xss
  panel.innerHTML = event.data.html;
});

function showSafely() {
  const params = new URLSearchParams(location.search);
  // ok: javascript.browser.dom-xss
  document.getElementById("query").textContent = params.get("q");
  // ok: javascript.browser.dom-xss
  document.getElementById("query").innerHTML = DOMPurify.sanitize(params.get("q"));
  // ok: javascript.browser.dom-xss
  document.getElementById("path").innerHTML = "<b>" + Number(params.get("page")) + "</b>";
  // ok: javascript.browser.dom-xss
  document.getElementById("list").innerHTML = "<li>none</li>";
  // ok: javascript.browser.dom-xss
  $("#part").text(location.hash);
}
