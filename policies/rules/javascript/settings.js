const { BrowserWindow } = require('electron');
const helmet = require('helmet');

// ruleid: javascript.electron.window-rights
new BrowserWindow({ webPreferences: { nodeIntegration: true } });
// ruleid: javascript.electron.window-rights
const options = { width: 800, webPreferences: { contextIsolation: false } };
// ok: javascript.electron.window-rights
new BrowserWindow({ webPreferences: { contextIsolation: true, preload: file } });
// ok: javascript.electron.window-rights
new BrowserWindow({ width: 800 });

// ruleid: javascript.express.cookie-flags
app.use(session({ secret: key, cookie: { httpOnly: false } }));
// ruleid: javascript.express.cookie-flags
res.cookie('session', id, { secure: false });
// ok: javascript.express.cookie-flags
app.use(session({ secret: key, cookie: { httpOnly: true, secure: true } }));
// ok: javascript.express.cookie-flags
res.cookie('session', id, { secure: production });

// ruleid: javascript.express.cors-any-origin
app.use(cors({ origin: true, credentials: true }));
// ruleid: javascript.express.cors-any-origin
app.enableCors({ origin: true, credentials: true });
// ok: javascript.express.cors-any-origin
app.use(cors({ origin: ['https://shop.example.com'], credentials: true }));
// ok: javascript.express.cors-any-origin
app.use(cors({ origin: true }));

// ruleid: javascript.express.cors-star
res.setHeader('Access-Control-Allow-Origin', '*');
// ruleid: javascript.express.cors-star
res.writeHead(200, { 'access-control-allow-origin': '*' });
// ok: javascript.express.cors-star
res.setHeader('Access-Control-Allow-Origin', 'https://shop.example.com');
// ok: javascript.express.cors-star
res.setHeader('Access-Control-Allow-Methods', '*');

// ruleid: javascript.express.protection-off
app.use(helmet({ contentSecurityPolicy: false }));
// ruleid: javascript.express.protection-off
res.setHeader('X-XSS-Protection', '0');
// ok: javascript.express.protection-off
app.use(helmet({ contentSecurityPolicy: { directives } }));
// ok: javascript.express.protection-off
app.use(helmet());

// ruleid: javascript.template.escape-off
Handlebars.compile(source, { noEscape: true });
// ruleid: javascript.template.escape-off
const shown = new Handlebars.SafeString(text);
// ruleid: javascript.template.escape-off
swig.setDefaults({ autoescape: false });
// ruleid: javascript.template.escape-off
const pages = new nunjucks.Environment(loader, { autoescape: false });
// ok: javascript.template.escape-off
swig.setDefaults({ autoescape: true, cache: false });
// ok: javascript.template.escape-off
Handlebars.compile(source, { strict: true });
// ok: javascript.template.escape-off
const line = new Handlebars.SafeString('<hr>');

app.use((error, req, res, next) => {
  // ruleid: javascript.express.error-details
  res.status(500).send(error.stack);
  // ruleid: javascript.express.error-details
  res.end('failed: ' + error.stack);
  // ok: javascript.express.error-details
  res.status(500).send('error 4711');
  // ok: javascript.express.error-details
  logger.write(error.stack);
});

app.post('/forgotten', (req, res) => {
  // ruleid: javascript.express.host-in-link
  send('https://' + req.headers.host + '/reset?token=' + token);
  // ruleid: javascript.express.host-in-link
  send(`https://${req.hostname}/reset?token=${token}`);
  // ok: javascript.express.host-in-link
  send('https://' + settings.host + '/reset?token=' + token);
  // ok: javascript.express.host-in-link
  log(`asked from ${req.hostname}`);
});

function check(given, apiKey, password, confirmation) {
  // ruleid: javascript.node.secret-compared
  if (apiKey === given) return true;
  // ruleid: javascript.node.secret-compared
  if (settings.webhookSecret !== given) return false;
  // ok: javascript.node.secret-compared
  if (password === undefined) return false;
  // ok: javascript.node.secret-compared
  return crypto.timingSafeEqual(hash(apiKey), hash(given));
}

function tell(frame, token) {
  // ruleid: javascript.browser.message-to-anybody
  frame.postMessage({ token }, '*');
  // ruleid: javascript.browser.message-to-anybody
  window.parent.postMessage(token, '*');
  // ok: javascript.browser.message-to-anybody
  frame.postMessage({ token }, 'https://shop.example.com');
  // ok: javascript.browser.message-to-anybody
  frame.postMessage('ready', '*');
}

// ruleid: javascript.node.passport-secret
passport.use(new JwtStrategy({ secretOrKey: 'hello-hello' }, verify));
const sessionSecret = 'not so secret';
// ruleid: javascript.node.passport-secret
app.use(session({ secret: sessionSecret, resave: false }));
// ok: javascript.node.passport-secret
app.use(session({ secret: process.env.SESSION_SECRET, resave: false }));
// ok: javascript.node.passport-secret
passport.use(new JwtStrategy({ secretOrKey: config.get('jwt.secret') }, verify));
