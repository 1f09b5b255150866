const libxmljs = require("libxmljs2");

app.post("/invoice", (req, res) => {
  // ruleid: javascript.node.xxe
  const one = libxmljs.parseXml(req.body, { noblanks: true, noent: true });
  // ruleid: javascript.node.xxe
  const two = libxmljs.parseXmlString(req.body, { replaceEntities: true });
  // ruleid: javascript.node.xxe
  const three = XmlDocument.fromString(req.body, { option: ParseOption.XML_PARSE_NOENT | ParseOption.XML_PARSE_NONET });
  // ok: javascript.node.xxe
  const four = libxmljs.parseXml(req.body);
  // ok: javascript.node.xxe
  const five = libxmljs.parseXml(req.body, { noblanks: true, noent: false });
  // ok: javascript.node.xxe
  const six = render(req.body, { noent: true });
  res.json([one, two, three, four, five, six]);
});
