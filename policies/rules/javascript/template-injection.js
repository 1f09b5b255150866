import ejs from "ejs";
import Handlebars from "handlebars";
import nunjucks from "nunjucks";

app.get("/hello", (req, res) => {
  // ruleid: javascript.express.template-injection
  res.send(ejs.render("<p>Hello " + req.query.name + "</p>"));
});

app.post("/mail", (req, res) => {
  const text = req.body.text;
  // ruleid: javascript.express.template-injection
  const mail = Handlebars.compile(text);
  // ruleid: javascript.express.template-injection
  const other = nunjucks.renderString(`Dear ${text}`, {});
  res.json([mail({}), other]);
});

app.get("/hello-data", (req, res) => {
  // ok: javascript.express.template-injection
  const one = ejs.render("<p>Hello <%= name %></p>", { name: req.query.name });
  // ok: javascript.express.template-injection
  const two = Handlebars.compile("Dear {{name}}")({ name: req.query.name });
  // ok: javascript.express.template-injection
  res.render("hello", { name: req.query.name, one, two });
});

app.post("/profile", (req, res) => {
  // ruleid: javascript.express.template-options
  res.render("profile", req.body);
  // ruleid: javascript.express.template-options
  res.status(200).render("profile", { title: "Profile", ...req.query });
  // ok: javascript.express.template-options
  res.render("profile", { name: req.body.name });
  // ok: javascript.express.template-options
  res.render("profile", { query: req.query });
  // ok: javascript.express.template-options
  res.json(req.body);
});
