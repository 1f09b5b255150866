import axios from "axios";
import http from "http";
import { Controller, Get, Query } from "@nestjs/common";

const HOSTS = new Set(["images.shop.example"]);
const API = process.env.API_URL;

app.get("/preview", async (req: Request, res: Response) => {
  // ruleid: javascript.express.ssrf
  const answer = await fetch(req.query.url as string);
  res.send(await answer.text());
});

app.get("/hook", async (req, res) => {
  const target = `https://${req.body.host}/hook`;
  // ruleid: javascript.express.ssrf
  await axios.post(target, { done: true });
  // ruleid: javascript.express.ssrf
  http.request({ hostname: req.body.host, path: "/" }).end();
  res.end();
});

@Controller("images")
export class ImageController {
  @Get()
  async show(@Query("from") from: string): Promise<string> {
    // ruleid: javascript.express.ssrf
    return (await axios.get(from)).data;
  }

  @Get("known")
  async known(@Query("from") from: string): Promise<string> {
    const url = new URL(from);
    if (url.protocol !== "https:" || !HOSTS.has(url.hostname)) {
      throw new Error("unknown host");
    }
    if (!HOSTS.has(url.hostname)) throw new Error("unknown host");
    // ok: javascript.express.ssrf
    return (await axios.get(url.toString())).data;
  }
}

app.get("/user/:id", async (req, res) => {
  // ok: javascript.express.ssrf
  const one = await fetch(`https://users.shop.example/v1/${req.params.id}`);
  // ok: javascript.express.ssrf
  const two = await fetch(`${API}/users/${req.params.id}`);
  // ok: javascript.express.ssrf
  const three = await axios.get(API + "/users/" + req.params.id);
  // ok: javascript.express.ssrf
  const four = await axios.post("https://users.shop.example/v1", { url: req.body.url });
  // the answer's own request object, not an outgoing one
  // ok: javascript.express.ssrf
  const five = await store.get(req.query.url);
  res.json([one, two, three, four, five]);
});
