app.post("/login", async (req, res) => {
  // ruleid: javascript.express.nosql-injection
  const user = await User.findOne({ name: req.body.name, password: req.body.password });
  res.json({ ok: user !== null });
});

app.post("/search", async (req, res) => {
  const filter = req.body;
  // ruleid: javascript.express.nosql-injection
  res.json(await db.collection("items").find(filter).toArray());
});

app.delete("/items", async (incoming, outgoing) => {
  const { owner } = incoming.query;
  // ruleid: javascript.express.nosql-injection
  await Item.deleteMany({ owner });
  outgoing.end();
});

app.post("/login-text", async (req, res) => {
  // ok: javascript.express.nosql-injection
  const one = await User.findOne({ name: String(req.body.name) });
  // ok: javascript.express.nosql-injection
  const two = await User.findOne({ name: { $eq: req.body.name } });
  // a part of the path is always text
  // ok: javascript.express.nosql-injection
  const three = await User.findOne({ name: req.params.name });
  // the new content of a document is data
  // ok: javascript.express.nosql-injection
  await User.updateOne({ _id: new ObjectId(req.params.id) }, { $set: { name: req.body.name } });
  // ok: javascript.express.nosql-injection
  const four = list.find((entry) => entry.name === req.body.name);
  // ok: javascript.express.nosql-injection
  const five = await Account.findOne({ where: { name: req.body.name } });
  res.json([one, two, three, four, five]);
});

app.post("/login-checked", async (req, res) => {
  const { name } = req.body;
  if (typeof name !== "string") return res.status(400).end();
  // ok: javascript.express.nosql-injection
  res.json(await User.findOne({ name }));
});

export function older(years, code) {
  // ruleid: javascript.mongodb.where-script
  const one = User.find({ $where: "this.age > " + years });
  // ruleid: javascript.mongodb.where-script
  const two = User.find({ $where: code });
  // ruleid: javascript.mongodb.where-script
  const three = User.find().$where(`this.age > ${years}`);
  // ok: javascript.mongodb.where-script
  const four = User.find({ $where: "this.age > this.limit" });
  // ok: javascript.mongodb.where-script
  const five = User.find({ $expr: { $gt: ["$age", years] } });
  // ok: javascript.mongodb.where-script
  const six = User.find({ where: code });
  return [one, two, three, four, five, six];
}
