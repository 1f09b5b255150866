import DOMPurify from "dompurify";
import { useSearchParams } from "react-router-dom";

export function Comment({ html }: { html: string }) {
  // ruleid: javascript.react.dangerous-html
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}

export const Article = (props: ArticleProps) => {
  // ruleid: javascript.react.dangerous-html
  return <article dangerouslySetInnerHTML={{ __html: "<h1>" + props.title + "</h1>" }} />;
};

export function News() {
  const [news, setNews] = useState("");
  useEffect(() => load(setNews), []);
  // ruleid: javascript.react.dangerous-html
  return <div dangerouslySetInnerHTML={{ __html: news }}></div>;
}

export function CleanComment({ html }: { html: string }) {
  // ok: javascript.react.dangerous-html
  return <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(html) }} />;
}

export function TextComment({ html }: { html: string }) {
  // ok: javascript.react.dangerous-html
  return <div title={html}>{html}</div>;
}

const LOGO = "<svg></svg>";
export function Logo({ size }: { size: string }) {
  // ok: javascript.react.dangerous-html
  return <div style={{ width: size }} dangerouslySetInnerHTML={{ __html: LOGO }} />;
}

export function Back() {
  const [params] = useSearchParams();
  // ruleid: javascript.react.script-address
  return <a href={params.get("back")}>back</a>;
}

export function Frame() {
  const target = new URLSearchParams(window.location.search).get("frame");
  // ruleid: javascript.react.script-address
  return <iframe title="frame" src={target} />;
}

export function Next() {
  const [params] = useSearchParams();
  // ok: javascript.react.script-address
  return <a href={`/items/${params.get("item")}`}>next</a>;
}

export function Search() {
  const [params] = useSearchParams();
  // ok: javascript.react.script-address
  return <a href={"/search?q=" + encodeURIComponent(params.get("q"))}>{params.get("q")}</a>;
}

export function Checked() {
  const [params] = useSearchParams();
  const url = new URL(params.get("back"), location.origin);
  if (url.origin !== location.origin) return null;
  // ok: javascript.react.script-address
  return <a href={url.href}>back</a>;
}
