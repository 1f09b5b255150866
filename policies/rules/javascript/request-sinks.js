const { VM } = require('vm2');
const xpath = require('xpath');

app.get('/print', async (req, res) => {
  const page = await browser.newPage();
  // ruleid: javascript.express.browser-ssrf
  await page.goto(req.query.address);
  // ruleid: javascript.express.browser-ssrf
  await page.setContent('<h1>' + req.body.title + '</h1>');
  // ruleid: javascript.express.browser-ssrf
  wkhtmltopdf(req.query.address, { output: 'page.pdf' });
  // ok: javascript.express.browser-ssrf
  await page.goto('https://shop.example.com/invoice');
  // ok: javascript.express.browser-ssrf
  await page.evaluate((text) => show(text), Number(req.query.size));
});

app.get('/headers', (req, res) => {
  // ruleid: javascript.express.header-injection
  res.set(req.query.name, '1');
  // ruleid: javascript.express.header-injection
  res.setHeader('Content-Type', req.query.type);
  // ruleid: javascript.express.header-injection
  res.writeHead(200, { 'Access-Control-Allow-Origin': req.headers.origin });
  // ok: javascript.express.header-injection
  res.set('X-Trace', req.headers['x-trace']);
  // ok: javascript.express.header-injection
  res.writeHead(200, { 'Content-Type': 'text/plain' });
});

app.get('/users', (req, res) => {
  // ruleid: javascript.express.xpath-injection
  xpath.select("//user[name='" + req.query.name + "']", document);
  // ruleid: javascript.express.xpath-injection
  xpath.parse(`//user[@id='${req.params.id}']`);
  // ok: javascript.express.xpath-injection
  xpath.parse('//user[name=$name]').select({ node, variables: { name: req.query.name } });
  // ok: javascript.express.xpath-injection
  xpath.select(`//user[${Number(req.params.id)}]`, document);
});

app.get('/search', (req, res) => {
  const word = req.query.word;
  // ruleid: javascript.express.regex-injection
  new RegExp(word, 'i');
  // ruleid: javascript.express.regex-injection
  RegExp('^' + req.param('start'));
  // ok: javascript.express.regex-injection
  new RegExp(escapeRegExp(word), 'i');
  // ok: javascript.express.regex-injection
  new RegExp('^[a-z]+$').test(word);
});

app.post('/run', (req, res) => {
  // ruleid: javascript.express.sandbox-escape
  new VM({ timeout: 100 }).run(req.body.code);
  const box = new VM();
  // ruleid: javascript.express.sandbox-escape
  box.run('total = ' + req.body.formula);
  // ok: javascript.express.sandbox-escape
  box.run('total = price * count');
  // ok: javascript.express.sandbox-escape
  task.run(req.body.code);
});

app.post('/login', (req, res) => {
  // ruleid: javascript.express.log-injection
  console.log(`login of ${req.body.user} failed`);
  // ruleid: javascript.express.log-injection
  logger.warn('login failed: ' + req.body.user);
  const { name, password } = req.body;
  users.check(name, password, (error) => {
    // ruleid: javascript.express.log-injection
    console.log('login failed: ', name);
  });
  // ok: javascript.express.log-injection
  console.log('pages: ', Number(req.body.pages));
  // ok: javascript.express.log-injection
  logger.warn({ user: req.body.user }, 'login failed');
  // ok: javascript.express.log-injection
  console.log(`login of ${JSON.stringify(req.body.user)} failed`);
});
