"""What can a reader of the audit's page do? Find, sort and open changes; the address keeps what was asked for."""

from __future__ import annotations

SCRIPT = r"""
"use strict";
(() => {
  const COMMIT = 0, SECONDS = 1, NUMBER = 2, WHOSE = 3, KIND = 4, REASON = 5, TIE = 6, RECORD = 7;
  const PAGE = 100, PAPER = 2000;
  const at = (id) => document.getElementById(id);
  const data = JSON.parse(at("data").textContent);
  const asked = { show: at("show"), vendor: at("vendor"), class: at("class"), text: at("text"), sort: at("sort") };
  const list = at("rows"), more = at("more"), count = at("count");
  const collator = new Intl.Collator("en");
  let found = [], drawn = 0;

  const make = (tag, kind, text) => {
    const element = document.createElement(tag);
    if (kind) element.className = kind;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const told = (number) => number.toLocaleString("en");
  const whose = (row) => data.whose[row[WHOSE]];
  const kind = (row) => data.kinds[row[KIND]];
  const moment = (row) => new Date(row[SECONDS] * 1000).toISOString();
  const title = (row) => (row[NUMBER] ? `#${row[NUMBER]} ` : "") + row[COMMIT].slice(0, 12);

  function facts(row) {
    const [name, , meaning, step] = kind(row);
    const when = moment(row).slice(0, 16).replace("T", " ") + " UTC";
    const values = [data.reasons[row[REASON]][0], `${name}: ${meaning}`, step, when, row[COMMIT],
      row[RECORD] || data.none, data.ties[row[TIE]]];
    const facts = make("dl");
    values.forEach((fact, index) => {
      if (fact) facts.append(make("dt", "", data.facts[index]), make("dd", "", fact));
    });
    return facts;
  }

  function line(row) {
    const summary = make("summary");
    const paper = row[RECORD] ? `record ${row[RECORD].slice(0, 16)}, ${data.ties[row[TIE]].split(":")[0]}` : "";
    summary.append(make("span", "t", title(row)), " ", make("time", "", moment(row).slice(0, 10)), " ",
      make("span", "w", whose(row)[0]), " ", make("span", kind(row)[1] ? "k good" : "k bad", kind(row)[0]), " ",
      make("span", "y", data.reasons[row[REASON]][1]), " ", make("span", "paper", paper));
    const details = make("details");
    details.append(summary);
    details.addEventListener("toggle", () => {
      if (details.open && !details.querySelector("dl")) details.append(facts(row));
    });
    const item = make("li");
    item.append(details);
    return item;
  }

  function draw(until) {
    const part = document.createDocumentFragment();
    for (const index of found.slice(drawn, until)) part.append(line(data.rows[index]));
    drawn = Math.min(until, found.length);
    list.append(part);
    const left = found.length - drawn;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(PAGE, left)} more`;
    const shown = left ? `, the first ${told(drawn)} are shown` : "";
    const none = found.length ? "" : ": nothing fits, ask for less";
    count.textContent = `${told(found.length)} of ${told(data.rows.length)} changes${shown}${none}`;
  }

  function fits(row, wanted) {
    const good = kind(row)[1], vendors = whose(row)[1];
    if (wanted.show === "bad" ? good : wanted.show === "" && good && !vendors.length) return false;
    if (wanted.vendor && !vendors.includes(wanted.vendor)) return false;
    if (wanted.class && kind(row)[0] !== wanted.class) return false;
    if (!wanted.text) return true;
    const text = `${row[NUMBER] ? "#" + row[NUMBER] : ""} ${row[COMMIT]} ${row[RECORD]} ${whose(row)[0]} ` +
      `${kind(row)[0]} ${data.reasons[row[REASON]][0]}`;
    return text.toLowerCase().includes(wanted.text);
  }

  const rank = (row) => row[KIND] + (kind(row)[1] ? data.kinds.length : 0);
  const orders = {
    "": (a, b) => b - a,
    oldest: (a, b) => a - b,
    class: (a, b) => rank(data.rows[a]) - rank(data.rows[b]) || b - a,
    whose: (a, b) => collator.compare(whose(data.rows[a])[0], whose(data.rows[b])[0]) || b - a,
  };

  function find() {
    const wanted = {};
    for (const [name, field] of Object.entries(asked)) wanted[name] = field.value;
    wanted.text = wanted.text.trim().toLowerCase();
    found = [];
    data.rows.forEach((row, index) => {
      if (fits(row, wanted)) found.push(index);
    });
    found.sort(orders[wanted.sort]);
    list.replaceChildren();
    drawn = 0;
    draw(PAGE);
  }

  function remember() {
    const kept = new URLSearchParams();
    for (const [name, field] of Object.entries(asked)) if (field.value) kept.set(name, field.value);
    history.replaceState(null, "", `#${kept.size ? kept : "changes"}`);
  }

  function recall() {
    if (!location.hash.includes("=")) return false;
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const [name, field] of Object.entries(asked)) {
      const value = kept.get(name) || "";
      const known = field.options === undefined || [...field.options].some((option) => option.value === value);
      field.value = known ? value : "";
    }
    return true;
  }

  function arrive() {
    if (!recall()) return;
    find();
    at("changes").scrollIntoView();
  }

  function choices(field, all, values) {
    const options = values.map((value) => new Option(value, value));
    field.replaceChildren(new Option(all, ""), ...options);
  }

  const vendors = [...new Set(data.whose.flatMap((one) => one[1]))].sort(collator.compare);
  const used = new Set(data.rows.map((row) => row[KIND]));
  choices(asked.vendor, "every vendor", vendors);
  choices(asked.class, "every class", data.kinds.filter((one, index) => used.has(index)).map((one) => one[0]));
  for (const field of Object.values(asked)) {
    field.addEventListener("input", () => {
      find();
      remember();
    });
  }
  more.addEventListener("click", () => {
    const first = drawn;
    draw(drawn + PAGE);
    list.children[first].querySelector("summary").focus();
  });
  addEventListener("hashchange", arrive);
  addEventListener("beforeprint", () => {
    document.querySelectorAll(".few details, section > details, footer details").forEach((one) => {
      one.open = true;
    });
    draw(PAPER);
  });
  at("plain").remove();
  at("explorer").hidden = false;
  find();
  arrive();
})();
"""
