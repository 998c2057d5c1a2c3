"use strict";
// Cards: what is known of a node, an edge, a community or a cell. Everything from the data is set as text.

/** An element with properties and children; strings become text nodes, never markup. */
function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "style") Object.assign(element.style, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  for (const child of children.flat()) if (child != null && child !== false) element.append(child);
  return element;
}

const SHAPES = {
  Method: "M6.5 0.5a6 6 0 1 0 .01 0z",
  Concept: "M6.5 0 L13 6.5 6.5 13 0 6.5z",
  Dataset: "M1 1h11v11H1z",
  Metric: "M6.5 .8 L13 12 0 12z",
  Paper: "M3.3 1 H9.7 L13 6.5 9.7 12 3.3 12 0 6.5z",
};

function shape(type, colour) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 13 13");
  svg.setAttribute("class", "shape");
  svg.setAttribute("aria-hidden", "true");
  if (colour) svg.style.color = colour;
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[type]);
  svg.append(path);
  return svg;
}

const ROLE_WORDS = {
  introduces: "introduces", uses: "uses", compares: "compares", evaluates_on: "evaluates on", measures: "measures",
  studies: "studies", mentions: "mentions",
};
const KIND_WORDS = {
  ...ROLE_WORDS, together: "together in", used_for: "is used for", broader: "is a kind of", cites: "cites", related: "is related to",
};

function plural(n, word) {
  return `${n.toLocaleString("en")} ${word}${n === 1 ? "" : word.endsWith("y") ? "" : "s"}`;
}

/** A sentence with the given spans marked; offsets count code points, as everywhere in the graph. */
function marked(text, spans) {
  const characters = Array.from(text), quote = h("blockquote");
  let at = 0;
  const sorted = spans.slice().sort((a, b) => a[0] - b[0]);
  for (const [start, end] of sorted) {
    if (start < at) continue;
    quote.append(characters.slice(at, start).join(""), h("mark", null, characters.slice(start, end).join("")));
    at = end;
  }
  quote.append(characters.slice(at).join(""));
  return quote;
}

function pairs(flat) {
  const spans = [];
  for (let i = 0; i < flat.length; i += 2) spans.push([flat[i], flat[i + 1]]);
  return spans;
}

/** A link only if it is one to the web: addresses come from the data. */
function paperTitle(paper) {
  const [, title, , , url] = DATA.papers[paper];
  const safe = typeof url === "string" && /^https?:\/\//i.test(url);
  return safe ? h("a", { class: "paper", href: url, target: "_blank", rel: "noopener noreferrer" }, title) : h("span", { class: "paper" }, title);
}

function paperLine(paper, extra) {
  const [, , year, venue] = DATA.papers[paper];
  return h("div", { class: "where" }, [extra, year, venue].filter(Boolean).join(" · "));
}

/** A list that shows ten entries and a button for ten more. */
function longList(entries, render, rest) {
  const list = h("ol"), more = h("button", { class: "action", onclick: () => grow() });
  let shown = 0;
  const grow = () => {
    for (const entry of entries.slice(shown, shown + 10)) list.append(render(entry));
    shown = Math.min(entries.length, shown + 10);
    const left = entries.length - shown;
    more.hidden = !left;
    more.textContent = `Show ${Math.min(10, left)} more of ${left}`;
  };
  grow();
  return [list, more, rest ? h("p", { class: "where" }, rest) : null];
}

function bars(years, tint) {
  const byYear = new Map();
  for (const [year, , n] of years) if (year) byYear.set(year, (byYear.get(year) || 0) + n);
  if (byYear.size < 2) return null;
  const known = [...byYear.keys()], first = Math.min(...known), last = Math.max(...known), top = Math.max(...byYear.values());
  const columns = [];
  for (let y = first; y <= last; y++) {
    const n = byYear.get(y) || 0;
    columns.push(h("i", { title: `${y}: ${n}`, style: { height: `${100 * n / top}%` } }));
  }
  const box = h("div", { class: "spark", role: "img", "aria-label": `Papers by year, ${first} to ${last}` }, columns);
  if (tint) box.style.setProperty("--tint", tint);
  const width = `min(100%, ${26 * columns.length}px)`;
  box.style.width = width;
  return [box, h("div", { class: "sparkyears", style: { width } }, h("span", null, first), h("span", null, last))];
}

function cardFrame(kind, title, ...body) {
  const card = document.getElementById("card");
  card.replaceChildren(
    h("button", { class: "icon close", "aria-label": "Close", onclick: () => select(null) }, "✕"),
    h("div", { class: "kind" }, kind), h("h2", null, title), ...body.flat(3).filter(Boolean));
  card.hidden = false;
  card.scrollTop = 0;
}

function nodeCard(i) {
  const d = DATA.details[i], node = DATA.nodes[i];
  const kind = [shape(d.type, colourOf(i)), d.type === "Paper" ? "Paper" : `${d.type} in ${plural(d.size, "paper")}`];
  const actions = h("div", { class: "actions" },
    h("button", { class: "action", onclick: () => lookAt([i]) }, "Zoom to it"),
    d.type !== "Paper" && papersOf(i).length && h("button", { class: "action", id: "expand", onclick: () => expand(i) },
      state.expanded.has(i) ? "Fold its papers" : "Show its papers"),
    h("button", { class: "action", onclick: () => hide(i) }, "Hide"));
  cardFrame(kind, node.label, d.type === "Paper" ? aboutPaper(i, d) : aboutEntity(i, d), actions, neighbourChips(i),
    d.type === "Paper" ? whatItSays(i) : whoSaysIt(i));
}

function aboutPaper(i, d) {
  const paper = paperNumber.get(d.key), [, , year, venue, url, authors] = DATA.papers[paper];
  return [h("p", { class: "meta" }, [authors, year, venue].filter(Boolean).join(" · ")),
    /^https?:\/\//i.test(url || "") && h("a", { class: "meta", href: url, target: "_blank", rel: "noopener noreferrer" }, url)];
}

function aboutEntity(i, d) {
  return [d.aliases.length ? h("p", { class: "aliases" }, "also ", d.aliases.join(", ")) : null, bars(d.years, colourOf(i))];
}

function neighbourChips(i) {
  const near = neighboursOf(i).filter(j => DATA.nodes[j].parent == null).slice(0, 12);
  if (!near.length) return null;
  return [h("h3", null, "Closest"), h("div", { class: "chips" },
    near.map(j => h("button", { class: "chip", onclick: () => select({ node: j }) }, DATA.nodes[j].label)))];
}

/** The sentences of all papers that mention an entity, with a switch for each role. */
function whoSaysIt(i) {
  const mentions = mentionsOf.get(i) || [], roles = [...new Set(mentions.map(m => m[2]))].sort((a, b) => a - b);
  const box = h("div");
  const fill = role => {
    const chosen = mentions.filter(m => (role == null || m[2] === role) && inYears(DATA.papers[m[1]][2]) && !state.roles.has(m[2]));
    const total = DATA.details[i].years.filter(([y, r]) => (role == null || r === role) && inYears(y) && !state.roles.has(r))
      .reduce((n, row) => n + row[2], 0);
    const left = total - chosen.length;
    box.replaceChildren(
      h("h3", null, "Evidence"),
      h("div", { class: "chips" }, roles.length > 1 && [null, ...roles].map(r => h("button", {
        class: "chip", "aria-pressed": String(r === role), onclick: () => fill(r) }, r == null ? "all" : ROLE_WORDS[DATA.roles[r]]))),
      ...longList(chosen, m => h("li", null, paperTitle(m[1]), paperLine(m[1], ROLE_WORDS[DATA.roles[m[2]]]),
        m[3] >= 0 && marked(DATA.sentences[m[3]], pairs(m[4]))),
      left > 0 ? `and ${plural(left, "paper")} more in the graph` : null).filter(Boolean));
  };
  fill(null);
  return box;
}

/** The entities that a paper names, each with its sentence. */
function whatItSays(i) {
  const paper = paperNumber.get(DATA.details[i].key), mentions = mentionsIn.get(paper) || [];
  const named = new Set(mentions.map(m => DATA.nodes[m[0]].label));
  const others = (DATA.details[i].also || []).filter(name => !named.has(name));
  return [h("h3", null, "What it says"),
    ...longList(mentions, m => h("li", null,
      h("button", { class: "paper", onclick: () => select({ node: m[0] }) }, DATA.nodes[m[0]].label),
      h("div", { class: "where" }, `${ROLE_WORDS[DATA.roles[m[2]]]} · ${DATA.details[m[0]].type}`),
      m[3] >= 0 && marked(DATA.sentences[m[3]], pairs(m[4])))),
    others.length ? [h("h3", null, "Also named, not on this map"), h("p", { class: "meta" }, others.join(", "))] : null];
}

/** Evidence that two nodes belong together: sentences of the papers behind it, both names marked. */
function sentencesOf(a, b, papers) {
  const rows = [];
  for (const paper of papers) {
    const mine = (mentionsIn.get(paper) || []).filter(m => m[0] === a || m[0] === b);
    const best = new Map();
    for (const m of mine) if (m[3] >= 0) best.set(m[3], (best.get(m[3]) || []).concat(pairs(m[4])));
    const said = [...best].sort((x, y) => y[1].length - x[1].length);
    rows.push([paper, said, mine.length > 1 && said.length === 1 ? 0 : 1]);
  }
  return rows.sort((x, y) => x[2] - y[2] || (DATA.papers[y[0]][2] || 0) - (DATA.papers[x[0]][2] || 0));
}

function edgeCard(e) {
  const { from, to } = EDGES[e], link = LINKS[e];
  const name = i => h("button", { onclick: () => select({ node: i }) }, DATA.nodes[i].label);
  const kind = link.kind === "together" ? `together in ${plural(link.n, "paper")}` : KIND_WORDS[link.kind] || link.kind;
  const body = [h("p", { class: "meta" }, kind), h("h2", null, name(to))];
  if (link.reason) body.push(h("p", { class: "meta" }, link.reason));
  if (link.shared) body.push(h("h3", null, "They share"), h("p", { class: "meta" }, link.shared.join(", ")));
  const paperOf = i => DATA.details[i].type === "Paper" ? paperNumber.get(DATA.details[i].key) : null;
  let rows = [];
  if (link.said) {
    rows = link.said.map(([paper, s]) => [paper, s < 0 ? [] : [[s, spansIn(s, [from, to])]]]);
  } else if (link.kind === "together") {
    const mine = new Set((mentionsOf.get(from) || []).map(m => m[1]));
    rows = sentencesOf(from, to, [...new Set((mentionsOf.get(to) || []).map(m => m[1]))].filter(p => mine.has(p)));
  } else if (paperOf(from) != null && link.kind in ROLE_WORDS) {
    rows = (mentionsIn.get(paperOf(from)) || []).filter(m => m[0] === to).map(m => [m[1], m[3] < 0 ? [] : [[m[3], pairs(m[4])]]]);
  }
  if (rows.length) {
    const left = link.n - rows.length;
    body.push(h("h3", null, "Evidence"), longList(rows, evidenceRow,
      left > 0 ? `and ${plural(left, "paper")} more in the graph` : null));
  }
  cardFrame(["Edge"], name(from), body);
}

function evidenceRow([paper, said]) {
  return h("li", null, paper >= 0 && [paperTitle(paper), paperLine(paper)], said.map(([s, spans]) => marked(DATA.sentences[s], spans)));
}

/** All spans of these nodes in a sentence. */
function spansIn(sentence, nodes) {
  return nodes.flatMap(i => (mentionsOf.get(i) || []).filter(m => m[3] === sentence).flatMap(m => pairs(m[4])));
}

function cellCard(a, b, n, papers) {
  const rows = sentencesOf(a, b, papers), left = n - rows.length;
  cardFrame([`together in ${plural(n, "paper")}`], h("span", null, DATA.nodes[a].label, " × ", DATA.nodes[b].label),
    longList(rows, evidenceRow, left > 0 ? `and ${plural(left, "paper")} more in the graph` : null));
}

function groupCard(g) {
  const members = DATA.nodes.filter(n => n.group === g).map(n => n.id).sort((a, b) => DATA.details[b].size - DATA.details[a].size);
  const papers = new Set();
  for (const i of members) for (const m of mentionsOf.get(i) || []) papers.add(m[1]);
  cardFrame([h("i", { class: "swatch", style: { background: hue(g, theme()) } }), "Community"], DATA.groups[g].join(" · "),
    h("p", { class: "meta" }, `${plural(members.length, "node")} on this map`),
    h("div", { class: "actions" }, h("button", { class: "action", onclick: () => lookAt(members) }, "Zoom to it"),
      h("button", { class: "action", onclick: () => toggle(state.groups, g) }, state.groups.has(g) ? "Show" : "Hide")),
    h("h3", null, "Its members"),
    longList(members, i => h("li", null, h("button", { class: "paper", onclick: () => select({ node: i }) }, DATA.nodes[i].label),
      h("div", { class: "where" }, DATA.details[i].type === "Paper" ? "Paper" : `${DATA.details[i].type} in ${plural(DATA.details[i].size, "paper")}`))));
}
