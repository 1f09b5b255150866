const session = require("express-session");
const expressSession = require("express-session");

function shop(app, key) {
    // ruleid: javascript.express.session-cookie-not-secure, javascript.express.session-without-csrf
    app.use(session({ secret: key, saveUninitialized: true, resave: true }));
    // ruleid: javascript.express.session-cookie-not-secure, javascript.express.session-without-csrf
    app.use(expressSession({ name: "shop", secret: key, cookie: { httpOnly: true, maxAge: 3600000 } }));
    // ok: javascript.express.session-cookie-not-secure, javascript.express.session-without-csrf
    app.use(session({ secret: key, cookie: { secure: true, sameSite: "lax" } }));
    // ok: javascript.express.session-cookie-not-secure, javascript.express.session-without-csrf
    app.use(session({ ...settings.session, secret: key }));
    // ok: javascript.express.session-cookie-not-secure
    const settled = session({ secret: key, cookie: settings.cookie });
    // ok: javascript.express.session-cookie-not-secure
    const database = session({ isolation: "snapshot" });
}

function guarded(app, key) {
    const { doubleCsrf } = require("csrf-csrf");
    // ok: javascript.express.session-without-csrf
    app.use(session({ secret: key, cookie: { secure: true } }));
    app.use(doubleCsrf(settings).doubleCsrfProtection);
}

function account(text) {
    // ruleid: javascript.node.slow-pattern
    const pattern = /([0-9]+)+\#/;
    const routing = pattern.test(text);
    // ruleid: javascript.node.slow-pattern
    const words = new RegExp("^(\\w+)*$", "i");
    // ruleid: javascript.node.slow-pattern
    const name = text.match(/^(?:[a-z]*)*!/);
    // ok: javascript.node.slow-pattern
    const numbers = /^([0-9]+,)*[0-9]+$/.test(text);
    // ok: javascript.node.slow-pattern
    const groups = /^(\d{3})+$/.test(text);
    // ok: javascript.node.slow-pattern
    const plain = /([0-9]+)#/.test(text);
    // ok: javascript.node.slow-pattern
    const brackets = new RegExp("\\(a+\\)+$");
}
