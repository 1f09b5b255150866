const SORTS = ["name", "created"];

app.get("/users", async (req, res) => {
  // ruleid: javascript.express.sql-injection
  const rows = await pool.query("SELECT * FROM users WHERE name = '" + req.query.name + "'");
  res.json(rows);
});

app.get("/users/:id", async (req, res) => {
  const { id } = req.params;
  const sql = `SELECT * FROM users WHERE id = ${id}`;
  // ruleid: javascript.express.sql-injection
  sqlite.get(sql, (err, row) => res.json(row));
});

app.get("/orders", async (req, res) => {
  // ruleid: javascript.express.sql-injection
  const orders = await prisma.$queryRawUnsafe(`SELECT * FROM orders WHERE state = '${req.query.state}'`);
  // ruleid: javascript.express.sql-injection
  const more = await knex("orders").whereRaw("state = " + req.query.state);
  // ruleid: javascript.express.sql-injection
  await client.query({ text: "SELECT 1 FROM t WHERE a = " + req.query.a, values: [] });
  res.json([orders, more]);
});

app.get("/sorted", async (req, res) => {
  const sort = req.query.sort;
  if (!SORTS.includes(sort)) return res.status(400).end();
  // ok: javascript.express.sql-injection
  res.json(await pool.query(`SELECT * FROM users ORDER BY ${sort}`));
});

app.get("/safe", async (req, res) => {
  // ok: javascript.express.sql-injection
  const one = await pool.query("SELECT * FROM users WHERE name = $1", [req.query.name]);
  // ok: javascript.express.sql-injection
  const two = await client.query({ text: "SELECT * FROM t WHERE a = $1", values: [req.query.a] });
  // ok: javascript.express.sql-injection
  const three = await prisma.$queryRaw`SELECT * FROM users WHERE name = ${req.query.name}`;
  // ok: javascript.express.sql-injection
  const four = await db.query(sql`SELECT * FROM users WHERE name = ${req.query.name}`);
  // ok: javascript.express.sql-injection
  const five = await pool.query(`SELECT * FROM users LIMIT ${Number(req.query.limit)}`);
  // a cache and an HTTP client have get, too
  // ok: javascript.express.sql-injection
  const six = await cache.get("user:" + req.query.name);
  // ok: javascript.express.sql-injection
  const seven = await client.get(`/users/${req.query.name}`);
  res.json([one, two, three, four, five, six, seven]);
});

export class UserStore {
  find(name) {
    // ruleid: javascript.node.sql-text-from-argument
    return this.pool.query(`SELECT id FROM users WHERE name = '${name}'`);
  }

  remove(id) {
    // ok: javascript.node.sql-text-from-argument
    return this.pool.query("DELETE FROM users WHERE id = $1", [id]);
  }

  several(ids) {
    const marks = ids.map(() => "?").join(", ");
    // ok: javascript.node.sql-text-from-argument
    return this.pool.query(`SELECT id FROM users WHERE id IN (${marks})`, ids);
  }

  byState(state) {
    const sql = "SELECT id FROM users WHERE state = '" + state + "'";
    // ruleid: javascript.node.sql-text-from-argument
    return this.pool.query(sql);
  }

  run(sql, values) {
    // ok: javascript.node.sql-text-from-argument
    return this.pool.query(sql, values);
  }

  page(size) {
    // ok: javascript.node.sql-text-from-argument
    return this.pool.query(`SELECT id FROM users LIMIT ${Number(size)}`);
  }
}

const rename = async (db, id, name) => {
  // ruleid: javascript.node.sql-text-from-argument
  await db.execute("UPDATE users SET name = '" + name + "' WHERE id = ?", [id]);
};

export function tell(name) {
  // ok: javascript.node.sql-text-from-argument
  log.info("select the user named " + name);
  // ok: javascript.node.sql-text-from-argument
  return menu.get("select " + name);
}
