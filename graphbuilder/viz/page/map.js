"use strict";
// The map itself: state, filters, drawing, search, and the address that restores the view.

const DATA = JSON.parse(document.getElementById("data").textContent);
const $ = id => document.getElementById(id);
const canvas = $("canvas");
const LINKS = DATA.links.slice(), EDGES = DATA.edges.slice();  // grow when papers are unfolded
const BASE = DATA.nodes.length;

const FIRST_YEAR = DATA.years.length ? DATA.years[0][0] : 0, LAST_YEAR = DATA.years.length ? DATA.years.at(-1)[0] : 0;
const state = {
  types: new Set(), roles: new Set(), groups: new Set(), kinds: new Set(), hidden: new Set(), expanded: new Set(),
  from: FIRST_YEAR, to: LAST_YEAR, least: 1, selected: null, hover: null, tab: "map", theme: null, physics: false,
};

// ---- who belongs to whom -------------------------------------------------------------------------------------

const paperNumber = new Map(DATA.papers.map((p, i) => [p[0], i]));
const nodeNumber = new Map(DATA.details.map((d, i) => [d.key, i]));
const mentionsOf = new Map(), mentionsIn = new Map();
for (const m of DATA.mentions) {
  if (!mentionsOf.has(m[0])) mentionsOf.set(m[0], []);
  mentionsOf.get(m[0]).push(m);
  if (!mentionsIn.has(m[1])) mentionsIn.set(m[1], []);
  mentionsIn.get(m[1]).push(m);
}
const edgesOf = new Map(DATA.nodes.map(n => [n.id, []]));
EDGES.forEach((e, i) => { edgesOf.get(e.from).push(i); edgesOf.get(e.to).push(i); });

function neighboursOf(i) {
  const strength = new Map();
  for (const e of edgesOf.get(i) || []) {
    if (edgeHidden(e)) continue;
    const other = EDGES[e].from === i ? EDGES[e].to : EDGES[e].from;
    strength.set(other, (strength.get(other) || 0) + LINKS[e].n);
  }
  return [...strength].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([j]) => j);
}

function papersOf(i) {
  return [...new Set((mentionsOf.get(i) || []).map(m => m[1]))].filter(p => !nodeNumber.has(DATA.papers[p][0]) || nodeNumber.get(DATA.papers[p][0]) >= BASE);
}

// ---- what is visible -----------------------------------------------------------------------------------------

function inYears(year) {
  return year == null ? state.from === FIRST_YEAR && state.to === LAST_YEAR : year >= state.from && year <= state.to;
}

/** The papers of a node within the chosen years and roles. */
function countOf(i) {
  let n = 0;
  for (const [year, role, papers] of DATA.details[i].years) if (inYears(year) && !state.roles.has(role)) n += papers;
  return Math.min(n, DATA.details[i].size);
}

function isVisible(i) {
  const d = DATA.details[i];
  if (state.hidden.has(i) || state.types.has(d.type) || state.groups.has(DATA.nodes[i].group)) return false;
  const n = countOf(i);
  return n > 0 && (d.type === "Paper" || n >= state.least);
}

function edgeHidden(e) {
  const link = LINKS[e], role = DATA.roles.indexOf(link.kind);
  return state.kinds.has(link.kind) || (role >= 0 && state.roles.has(role)) || !isVisible(EDGES[e].from) || !isVisible(EDGES[e].to) ||
    (link.years.length > 0 && !link.years.some(([year]) => inYears(year)));
}

function usedTypes() {
  return DATA.types.filter(type => DATA.details.some(d => d.type === type));
}

// ---- look ----------------------------------------------------------------------------------------------------

const dusk = matchMedia("(prefers-color-scheme: dark)");
function theme() { return state.theme || (dusk.matches ? "dark" : "light"); }
function css(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
function colourOf(i) { return hue(DATA.nodes[i].group, theme()); }

/** The nodes that stand out at the moment: a selection with its neighbours, or all of them (null). */
function lit() {
  const s = state.selected;
  if (!s) return null;
  if (s.node != null) return new Set([s.node, ...neighboursOf(s.node)]);
  if (s.edge != null) return new Set([EDGES[s.edge].from, EDGES[s.edge].to]);
  return new Set(DATA.nodes.filter(n => n.group === s.group).map(n => n.id));
}

function looks() {
  const dark = theme() === "dark", paper = css("--paper"), ink = css("--ink"), bright = lit(), focus = new Set(DATA.focus);
  const nodes = DATA.nodes.map((n, i) => {
    const colour = colourOf(i), chosen = state.selected && state.selected.node === i;
    const share = DATA.details[i].size ? countOf(i) / DATA.details[i].size : 1;
    return {
      id: n.id, shape: n.shape, x: n.x, y: n.y, hidden: !isVisible(i),
      size: n.shape === "hexagon" ? n.size : Math.max(3.5, n.size * Math.sqrt(share)) * FACTOR[n.shape],
      color: { background: DATA.details[i].type === "Paper" ? mix(colour, paper, 0.45) : colour, border: chosen || focus.has(i) ? ink : paper },
      borderWidth: chosen || focus.has(i) ? 3 : 1.4, opacity: !bright || bright.has(i) ? 1 : 0.13,
    };
  });
  const edges = EDGES.map((e, i) => {
    const link = LINKS[i], near = bright && bright.has(e.from) && bright.has(e.to) &&
      (state.selected.node == null || e.from === state.selected.node || e.to === state.selected.node);
    const same = DATA.nodes[e.from].group === DATA.nodes[e.to].group, chosen = state.selected && state.selected.edge === i;
    const strong = link.kind !== "together" && link.kind !== "related";
    const colour = chosen ? ink : same ? colourOf(e.from) : dark ? "#8d99a8" : "#8b96a3";
    return {
      id: i, from: e.from, to: e.to, hidden: edgeHidden(i), dashes: link.kind === "broader" ? [5, 4] : false,
      width: chosen ? 3.5 : near ? 2.2 : Math.min(3.2, 0.8 + 0.35 * Math.sqrt(link.n - 1) + (strong ? 0.25 : 0)),
      color: { color: colour, opacity: chosen ? 1 : near ? 0.75 : bright ? 0.05 : (same ? 0.36 : 0.2) * (EDGES.length > 1500 ? 0.7 : 1) },
      arrows: { to: { enabled: link.kind === "used_for" || link.kind === "cites" || link.kind === "broader", scaleFactor: 0.32 } },
    };
  });
  return { nodes, edges };
}

// shapes of equal radius differ in area; these even it out
const FACTOR = { dot: 1, diamond: 1.16, square: 0.86, triangle: 1.06, hexagon: 1 };

document.documentElement.dataset.theme = theme();
restore();
document.documentElement.dataset.theme = theme();
const portrait = innerHeight > 1.15 * innerWidth && DATA.level !== "path";
if (portrait) for (const n of DATA.nodes) [n.x, n.y] = [n.y, n.x];

const first = looks();
const nodeSet = new vis.DataSet(first.nodes), edgeSet = new vis.DataSet(first.edges);
const network = new vis.Network(canvas, { nodes: nodeSet, edges: edgeSet }, {
  autoResize: true, physics: { enabled: false }, layout: { randomSeed: 7, improvedLayout: false },
  nodes: { font: { size: 0 }, shapeProperties: { interpolation: false }, chosen: false },
  edges: { smooth: false, selectionWidth: 0, hoverWidth: 0, chosen: false },
  interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, keyboard: false, tooltipDelay: 1e9, zoomSpeed: 0.7 },
});

function refresh() {
  const { nodes, edges } = looks();
  nodeSet.update(nodes.map(({ x, y, ...rest }) => rest));
  edgeSet.update(edges);
  painted.islands = null;
  say();
  if (state.tab === "list") drawList();
  if (state.tab === "grid") drawGrid();
  drawLegend();
  drawTimeline();
  remember();
}

function say() {
  const n = DATA.nodes.filter((_, i) => isVisible(i)).length, all = DATA.nodes.length;
  $("statement").textContent = DATA.statement + (n < all ? ` Filters leave ${n.toLocaleString("en")} of these.` : "");
}

// ---- drawing around vis-network ------------------------------------------------------------------------------

const painted = { names: [], titles: [], islands: null };
function scale() { return network.getScale(); }
function toScreen(x, y) {
  const c = network.getViewPosition(), s = network.getScale();
  return [(x - c.x) * s + canvas.clientWidth / 2, (y - c.y) * s + canvas.clientHeight / 2];
}

/** The soft shapes of the communities that have anything to show. */
function islandsNow() {
  if (painted.islands && !state.physics) return painted.islands;
  const at = network.getPositions(), discs = new Map();
  for (const n of nodeSet.get({ filter: n => !n.hidden })) {
    const g = DATA.nodes[n.id].group;
    if (!discs.has(g)) discs.set(g, []);
    discs.get(g).push([at[n.id].x, at[n.id].y, n.size]);
  }
  painted.islands = [];
  if (DATA.level === "path" || DATA.level === "about" || DATA.level === "ask") return painted.islands;
  for (const [group, list] of discs) if (list.length > 2) painted.islands.push({ group, corners: outline(list, 16) });
  return painted.islands;
}

network.on("beforeDrawing", ctx => {
  const bright = state.selected && state.selected.group;
  for (const { group, corners } of islandsNow()) {
    ctx.beginPath();
    smooth(corners, ctx);
    ctx.fillStyle = alpha(hue(group, theme()), (theme() === "dark" ? 0.1 : 0.085) * (bright == null ? 1 : bright === group ? 2 : 0.4));
    ctx.fill();
  }
});

network.on("afterDrawing", ctx => {
  const ratio = ctx.canvas.width / ctx.canvas.clientWidth, paper = css("--paper");
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  layNames();
  writeNames(ctx, painted.names, paper);
  for (const title of painted.titles) writeNames(ctx, title.parts, paper);
  ctx.restore();
});

function layNames() {
  const w = canvas.clientWidth, hgt = canvas.clientHeight, s = scale(), zoom = s / fitScale, bright = lit();
  painted.titles = groupTitles(w, hgt, s, zoom);
  const at = network.getPositions(), ink = css("--ink"), soft = css("--soft"), focus = new Set(DATA.focus), items = [];
  for (const n of nodeSet.get({ filter: n => !n.hidden })) {
    if (bright && !bright.has(n.id)) continue;
    const [x, y] = toScreen(at[n.id].x, at[n.id].y), chosen = (state.selected && state.selected.node === n.id) || n.id === state.hover;
    const paperNode = DATA.details[n.id].type === "Paper";
    items.push({
      id: n.id, text: DATA.nodes[n.id].label, x, y, r: n.size * s, must: chosen || focus.has(n.id),
      rank: (chosen ? 1e6 : focus.has(n.id) ? 1e5 : 0) + n.size - (paperNode ? 20 : 0),
      size: Math.min(20, Math.max(10.5, 8.5 + n.size * 0.2) * Math.min(1.35, Math.max(0.94, Math.sqrt(zoom)))),
      weight: chosen || focus.has(n.id) ? 650 : n.size > 20 ? 550 : 430, colour: paperNode && !chosen ? soft : ink,
    });
  }
  items.sort((a, b) => b.rank - a.rank || a.id - b.id);
  painted.names = placeNames(items, painted.titles, w, hgt);
}

/** The names of the communities, large and soft above each island; they fade on zooming in. */
function groupTitles(w, hgt, s, zoom) {
  const titles = [], fade = Math.max(0, Math.min(1, 2.6 - zoom)) * (state.selected && state.selected.group == null ? 0.35 : 1);
  if (fade < 0.05) return titles;
  const room = new Room();
  const islands = islandsNow().map(({ group, corners }) => {
    const screen = corners.map(([x, y]) => toScreen(x, y)), xs = screen.map(p => p[0]), ys = screen.map(p => p[1]);
    return { group, cx: (Math.min(...xs) + Math.max(...xs)) / 2, top: Math.min(...ys), bottom: Math.max(...ys) };
  });
  for (let { group, cx, top, bottom } of islands) {
    const [name, ...more] = DATA.groups[group] || [];
    if (!name) continue;
    const many = islands.length > 12, size = w < 600 ? 14 : many ? 16 : 18, small = w < 600 ? 0 : many ? 11 : 12;
    const big = lines(name, 26), rest = small && more.length ? [more.join(" · ")] : [];
    const step = size * 1.12, height = big.length * step + rest.length * small * 1.35;
    const width = Math.max(...big.map(t => widthOf(t, size, 680)), ...rest.map(t => widthOf(t, small, 500))) + 10;
    if (zoom < 1.2) cx = Math.max(width / 2 + 2, Math.min(w - width / 2 - 2, cx));
    const boxAt = y => [cx - width / 2, y, cx + width / 2, y + height];
    const y = [top - height + 4, bottom - 2, top + 14].find(v => room.isFree(boxAt(v))) ?? top - height + 4;
    room.take(boxAt(y));
    const common = { cx, colour: inked(group, theme()), alpha: 0.92 * fade };
    const parts = [{ ...common, rows: big, size, weight: 680, step, cy: y + step / 2 }];
    if (rest.length) parts.push({ ...common, rows: rest, size: small, weight: 500, step: small, cy: y + big.length * step + small * 0.65, alpha: 0.75 * fade });
    titles.push({ group, box: boxAt(y), parts });
  }
  return titles;
}

// ---- moving about --------------------------------------------------------------------------------------------

let fitScale = 1;

/** Show these nodes (all of them without an argument) in the part of the window that nothing covers. */
function lookAt(nodes, animate = true) {
  const at = network.getPositions(), all = nodeSet.get({ filter: n => !n.hidden && (!nodes || nodes.includes(n.id)) });
  if (!all.length) return;
  const box = [1e9, 1e9, -1e9, -1e9];
  for (const n of all) {
    const { x, y } = at[n.id];
    box[0] = Math.min(box[0], x - n.size); box[1] = Math.min(box[1], y - n.size);
    box[2] = Math.max(box[2], x + n.size); box[3] = Math.max(box[3], y + n.size);
  }
  const w = canvas.clientWidth, hgt = canvas.clientHeight, narrow = w < 600;
  const right = !$("card").hidden && !narrow ? 400 : 24, bottom = !$("card").hidden && narrow ? hgt * 0.56 : narrow ? 60 : 74;
  const top = document.querySelector("header").offsetHeight + (nodes ? 10 : 26), left = 24;
  const roomX = Math.max(120, w - left - right), roomY = Math.max(120, hgt - top - bottom);
  const wanted = Math.min(roomX / (box[2] - box[0] + 60), roomY / (box[3] - box[1] + 60), nodes ? 1.7 : 1.5);
  if (!nodes) fitScale = wanted;
  const shiftX = (left - right) / 2, shiftY = (top - bottom) / 2;
  network.moveTo({
    scale: wanted, position: { x: (box[0] + box[2]) / 2 - shiftX / wanted, y: (box[1] + box[3]) / 2 - shiftY / wanted },
    animation: animate && !matchMedia("(prefers-reduced-motion: reduce)").matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false,
  });
}

function zoomBy(factor) { network.moveTo({ scale: Math.max(0.02, scale() * factor), animation: { duration: 160, easingFunction: "easeOutQuad" } }); setTimeout(remember, 250); }

// ---- choosing ------------------------------------------------------------------------------------------------

/** Select a node, an edge or a community ({node}, {edge} or {group}), or nothing. */
function select(what) {
  state.selected = what;
  if (!what) { $("card").hidden = true; refresh(); return; }
  if (what.node != null) { nodeCard(what.node); announce(`${DATA.nodes[what.node].label}, ${DATA.details[what.node].type}, ${plural(neighboursOf(what.node).length, "neighbour")}`); }
  else if (what.edge != null) edgeCard(what.edge);
  else groupCard(what.group);
  refresh();
  if (what.node != null && state.tab === "map") bringIntoView(what.node);
}

/** Move the map only if the node would stand under the card or outside the window. */
function bringIntoView(i) {
  if (!isVisible(i)) return;
  const p = network.getPosition(i), [x, y] = toScreen(p.x, p.y), narrow = canvas.clientWidth < 600;
  const right = narrow ? canvas.clientWidth - 20 : canvas.clientWidth - 410, bottom = canvas.clientHeight * (narrow ? 0.42 : 0.94);
  if (x > 20 && x < right && y > 80 && y < bottom) return;
  const s = scale(), shiftX = narrow ? 0 : 195, shiftY = narrow ? canvas.clientHeight * 0.2 : 0;
  network.moveTo({ position: { x: p.x + shiftX / s, y: p.y + shiftY / s }, animation: { duration: 300, easingFunction: "easeInOutQuad" } });
}

function toggle(set, value) {
  if (set.has(value)) set.delete(value); else set.add(value);
  refresh();
}

function hide(i) { state.hidden.add(i); state.selected = null; $("card").hidden = true; refresh(); }

/** Unfold the papers of an entity around it, or fold them again. */
function expand(i) {
  if (state.expanded.has(i)) {
    state.expanded.delete(i);
    const gone = DATA.nodes.filter(n => n.parent === i).map(n => n.id);
    gone.forEach(id => state.hidden.add(id));
  } else {
    state.expanded.add(i);
    unfold(i);
  }
  select({ node: i });
}

function unfold(i) {
  const centre = network.getPosition(i), papers = papersOf(i).slice(0, 14);
  papers.forEach((p, k) => {
    const key = DATA.papers[p][0];
    if (nodeNumber.has(key)) { state.hidden.delete(nodeNumber.get(key)); return; }
    const id = DATA.nodes.length, angle = 2 * Math.PI * k / papers.length, far = DATA.nodes[i].size + 52 + 16 * (k % 2);
    DATA.nodes.push({ id, label: DATA.papers[p][1], shape: "hexagon", size: 8, group: DATA.nodes[i].group, parent: i,
      x: centre.x + far * Math.cos(angle), y: centre.y + far * Math.sin(angle) });
    DATA.details.push({ key, type: "Paper", size: 1, years: [[DATA.papers[p][2], -1, 1]], also: [] });
    nodeNumber.set(key, id);
    edgesOf.set(id, []);
    nodeSet.add({ id, shape: "hexagon", size: 8, x: DATA.nodes[id].x, y: DATA.nodes[id].y });
    for (const m of new Map((mentionsIn.get(p) || []).map(m => [m[0], m])).values()) {
      const e = EDGES.length;
      EDGES.push({ id: e, from: id, to: m[0] });
      LINKS.push({ kind: DATA.roles[m[2]], n: 1, years: [] });
      edgesOf.get(id).push(e);
      edgesOf.get(m[0]).push(e);
    }
  });
}

network.on("click", p => {
  if (p.nodes.length) return select({ node: p.nodes[0] });
  const { x, y } = p.pointer.DOM;
  const title = painted.titles.find(t => x > t.box[0] && x < t.box[2] && y > t.box[1] && y < t.box[3]);
  if (title) return select({ group: title.group });
  if (p.edges.length) return select({ edge: p.edges[0] });
  const spot = islandsNow().find(island => inside(island.corners, p.pointer.canvas.x, p.pointer.canvas.y));
  if (spot && !state.selected) return select({ group: spot.group });
  select(null);
});
network.on("doubleClick", p => { if (p.nodes.length && papersOf(p.nodes[0]).length) expand(p.nodes[0]); });
network.on("zoom", () => remember());
network.on("dragEnd", () => { painted.islands = null; remember(); });
network.on("dragging", p => { if (p.nodes.length) painted.islands = null; });
network.on("hoverNode", p => { state.hover = p.node; tip(p.node, p.event); canvas.style.cursor = "pointer"; network.redraw(); });
network.on("blurNode", () => { state.hover = null; $("tip").hidden = true; canvas.style.cursor = ""; network.redraw(); });
network.on("hoverEdge", () => { canvas.style.cursor = "pointer"; });
network.on("blurEdge", () => { canvas.style.cursor = ""; });

function tip(i, event) {
  const d = DATA.details[i], box = $("tip");
  box.replaceChildren(DATA.nodes[i].label, h("small", null, d.type === "Paper" ? `Paper ${d.years[0][0] || ""}` : `${d.type} in ${plural(countOf(i), "paper")}`));
  box.hidden = false;
  box.style.left = Math.min(event.clientX + 14, innerWidth - box.offsetWidth - 8) + "px";
  box.style.top = Math.min(event.clientY + 14, innerHeight - box.offsetHeight - 8) + "px";
}

function announce(text) { $("live").textContent = text; }

// ---- legend, filters, years ----------------------------------------------------------------------------------

function drawLegend() {
  const types = h("ul", { class: "types" }, usedTypes().map(type => h("li", null, h("button", {
    "aria-pressed": String(!state.types.has(type)), title: `Show or hide: ${type}`, onclick: () => toggle(state.types, type) }, shape(type), type))));
  $("legend").replaceChildren(types);
}

function drawFilters() {
  const check = (set, value, text) => h("label", null,
    h("input", { type: "checkbox", checked: !set.has(value), onchange: () => toggle(set, value) }), text);
  const most = Math.max(2, ...DATA.details.filter(d => d.type !== "Paper").map(d => d.size));
  const least = h("output", null, state.least);
  const roles = [...new Set(DATA.details.flatMap(d => d.years.map(row => row[1])))].filter(r => r >= 0).sort();
  const kinds = [...new Set(LINKS.map(l => l.kind))].filter(k => !(k in ROLE_WORDS));
  const groups = DATA.groups.map((names, g) => [names[0], g]).filter(([name]) => name);
  $("filters").replaceChildren(...[
    h("h3", null, "Type"), ...usedTypes().map(t => check(state.types, t, t)),
    h("h3", null, "Role of the entity in the paper"), ...roles.map(r => check(state.roles, r, ROLE_WORDS[DATA.roles[r]])),
    h("div", { class: "row" }, h("h3", null, "At least this many papers"), least),
    h("input", { type: "range", id: "least", min: 1, max: most, value: state.least, "aria-label": "At least this many papers",
      oninput: event => { state.least = +event.target.value; least.textContent = state.least; refresh(); } }),
    DATA.years.length > 1 && h("h3", null, "Years"), DATA.years.length > 1 && yearRange(),
    kinds.length > 1 && h("h3", null, "Lines"),
    ...kinds.length > 1 ? kinds.map(k => check(state.kinds, k, { together: "together in a paper", used_for: "used for", broader: "kind of", cites: "cites", related: "related" }[k] || k)) : [],
    groups.length > 1 && h("h3", null, "Community"),
    ...groups.length > 1 ? groups.map(([name, g]) => check(state.groups, g, h("span", null, h("i", { class: "swatch", style: { background: hue(g, theme()), display: "inline-block", marginRight: "6px" } }), name))) : [],
    h("div", { style: { marginTop: "12px" } }, h("button", { class: "action", onclick: () => reset() }, "Show everything")),
  ].filter(Boolean));
}

function reset() {
  for (const set of [state.types, state.roles, state.groups, state.kinds, state.hidden]) set.clear();
  Object.assign(state, { from: FIRST_YEAR, to: LAST_YEAR, least: 1, selected: null });
  $("card").hidden = true;
  for (const i of state.expanded) DATA.nodes.filter(n => n.parent === i).forEach(n => state.hidden.add(n.id));
  state.expanded.clear();
  drawFilters();
  refresh();
  lookAt();
}

function yearRange() {
  const slide = (which, label) => h("input", { type: "range", min: FIRST_YEAR, max: LAST_YEAR, value: state[which], "aria-label": label, "data-end": which,
    oninput: event => {
      state[which] = +event.target.value;
      if (state.from > state.to) { if (which === "from") state.to = state.from; else state.from = state.to; }
      refresh();
    } });
  return h("div", { class: "range" }, slide("from", "First year"), slide("to", "Last year"));
}

let playing = null;
function play() {
  if (playing) { clearInterval(playing); playing = null; drawTimeline(); return; }
  state.to = state.from;
  playing = setInterval(() => {
    if (state.to >= LAST_YEAR) { clearInterval(playing); playing = null; drawTimeline(); return; }
    state.to += 1;
    refresh();
  }, 900);
  refresh();
}

function drawTimeline() {
  for (const input of document.querySelectorAll(".range input")) input.value = state[input.dataset.end];
  if (DATA.years.length < 2) return;
  const box = $("timeline"), counts = new Map(DATA.years), top = Math.max(...counts.values());
  if (!box.childElementCount) {
    const columns = [];
    for (let y = FIRST_YEAR; y <= LAST_YEAR; y++) columns.push(h("i", { title: `${y}: ${plural(counts.get(y) || 0, "paper")}`, "data-year": y, style: { height: `${100 * (counts.get(y) || 0) / top}%` } }));
    box.append(h("button", { class: "icon play", id: "play", onclick: play }), h("div", { class: "bars", "aria-hidden": "true" }, columns), yearRange(), h("output"));
    box.querySelector(".range").style.gridColumn = 2;
    box.hidden = false;
  }
  for (const bar of box.querySelectorAll(".bars i")) bar.classList.toggle("in", inYears(+bar.dataset.year));
  box.querySelector("output").textContent = state.from === state.to ? state.from : `${state.from} – ${state.to}`;
  $("play").textContent = playing ? "❚❚" : "▶";
  $("play").setAttribute("aria-label", playing ? "Stop" : "Play year by year");
}

// ---- menu ----------------------------------------------------------------------------------------------------

function drawMenu() {
  const item = (text, note, run) => h("button", { onclick: () => { run(); closePanels(); } }, text, h("small", null, note));
  $("menu").replaceChildren(
    item("Save as PNG", "", savePng), item("Save as SVG", "", saveSvg),
    item("Copy a link to this view", "", () => navigator.clipboard && navigator.clipboard.writeText(location.href)),
    h("hr"),
    item(theme() === "dark" ? "Light" : "Dark", "d", flip),
    h("label", null, "Let it move (physics)", h("input", { type: "checkbox", id: "physics", checked: state.physics, onchange: event => physics(event.target.checked) })),
    item("Show everything again", "", reset),
    h("hr"),
    h("p", null, "Keys: / search, f filters, + and − zoom, arrows move, 0 all, . and , next and last node, Esc close."),
    h("p", null, "Drawn by graphbuilder with vis-network."));
}

function flip() {
  state.theme = theme() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme();
  refresh();
  drawFilters();
}

function physics(on) {
  state.physics = on;
  network.setOptions({ physics: on ? { enabled: true, solver: "forceAtlas2Based", forceAtlas2Based: { gravitationalConstant: -60, springLength: 90, avoidOverlap: 0.6 }, stabilization: false } : { enabled: false } });
  painted.islands = null;
}

function closePanels() {
  for (const id of ["filters", "menu"]) { $(id).hidden = true; $("open-" + id).setAttribute("aria-expanded", "false"); }
}

for (const [id, fill] of [["filters", drawFilters], ["menu", drawMenu]]) {
  $("open-" + id).addEventListener("click", () => {
    const open = $(id).hidden;
    closePanels();
    if (open) { fill(); $(id).hidden = false; $("open-" + id).setAttribute("aria-expanded", "true"); }
  });
}

function show(tab) {
  state.tab = tab;
  for (const name of ["map", "grid", "list"]) {
    $(name).hidden = name !== tab;
    $("tab-" + name).setAttribute("aria-selected", String(name === tab));
    $("tab-" + name).tabIndex = name === tab ? 0 : -1;
  }
  for (const id of ["legend", "timeline"]) $(id).hidden = tab !== "map" || (id === "timeline" && DATA.years.length < 2);
  if (tab === "grid") drawGrid();
  if (tab === "list") drawList();
  if (tab === "map") network.redraw();
  remember();
}
for (const name of ["map", "grid", "list"]) {
  $("tab-" + name).addEventListener("click", () => show(name));
  $("tab-" + name).addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowLeft: 2 }[event.key];
    if (!step) return;
    const next = ["map", "grid", "list"][(["map", "grid", "list"].indexOf(name) + step) % 3];
    show(next);
    $("tab-" + next).focus();
  });
}
$("skip").addEventListener("click", event => { event.preventDefault(); show("list"); $("list").focus(); });

// ---- search --------------------------------------------------------------------------------------------------

const search = $("search"), found = $("found");
let hits = [], at = -1;
const plainText = text => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
let index = null;

function candidates() {
  return index ??= DATA.nodes.map((n, i) => ({ i, names: [n.label, ...(DATA.details[i].aliases || [])].map(plainText) }));
}

function lookUp(text) {
  const words = plainText(text).trim();
  if (!words) return [];
  const scored = [];
  for (const { i, names } of DATA.nodes.length === (index || []).length ? candidates() : (index = null, candidates())) {
    let best = 0;
    for (const name of names) {
      const place = name.indexOf(words);
      if (place < 0) continue;
      best = Math.max(best, name === words ? 4 : place === 0 ? 3 : /\W/.test(name[place - 1]) ? 2 : 1);
    }
    if (best && !(DATA.details[i].type === "Paper" && state.hidden.has(i))) scored.push([best, DATA.details[i].size, i]);
  }
  return scored.sort((a, b) => b[0] - a[0] || b[1] - a[1] || a[2] - b[2]).slice(0, 12).map(s => s[2]);
}

function drawFound() {
  hits = lookUp(search.value);
  at = hits.length ? 0 : -1;
  const any = search.value.trim() !== "";
  found.hidden = !any;
  search.setAttribute("aria-expanded", String(any));
  found.replaceChildren(...(hits.length ? hits.map((i, k) => h("li", { role: "option", id: `hit-${k}`, onmousedown: event => { event.preventDefault(); take(k); } },
    shape(DATA.details[i].type, colourOf(i)), h("span", null, DATA.nodes[i].label),
    h("small", null, DATA.details[i].type === "Paper" ? DATA.details[i].years[0][0] || "" : DATA.details[i].size)))
    : [h("li", { class: "none" }, "Nothing on this map has that name.")]));
  point();
}

function point() {
  [...found.children].forEach((li, k) => li.setAttribute("aria-selected", String(k === at)));
  if (at >= 0) { search.setAttribute("aria-activedescendant", `hit-${at}`); found.children[at].scrollIntoView({ block: "nearest" }); }
  else search.removeAttribute("aria-activedescendant");
}

function take(k) {
  const i = hits[k];
  found.hidden = true;
  search.setAttribute("aria-expanded", "false");
  search.value = DATA.nodes[i].label;
  if (!isVisible(i)) {
    state.hidden.delete(i); state.types.delete(DATA.details[i].type); state.groups.delete(DATA.nodes[i].group);
    if (!isVisible(i)) Object.assign(state, { from: FIRST_YEAR, to: LAST_YEAR, least: 1 }), state.roles.clear();
  }
  select({ node: i });
}

search.addEventListener("input", drawFound);
search.addEventListener("focus", () => search.value && drawFound());
search.addEventListener("blur", () => { found.hidden = true; search.setAttribute("aria-expanded", "false"); });
search.addEventListener("keydown", event => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (hits.length) at = (at + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
    point();
  } else if (event.key === "Enter" && at >= 0) take(at);
  else if (event.key === "Escape") { search.value = ""; drawFound(); canvas.focus(); event.stopPropagation(); }
});

// ---- keys ----------------------------------------------------------------------------------------------------

document.addEventListener("keydown", event => {
  if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key;
  if (key === "/") { event.preventDefault(); search.focus(); search.select(); }
  else if (key === "Escape") { if (!$("filters").hidden || !$("menu").hidden) closePanels(); else select(null); }
  else if (key === "f") $("open-filters").click();
  else if (key === "d") flip();
  else if (state.tab !== "map") return;
  else if (key === "+" || key === "=") zoomBy(1.3);
  else if (key === "-") zoomBy(1 / 1.3);
  else if (key === "0") lookAt();
  else if (key === "." || key === ",") step(key === "." ? 1 : -1);
  else if (key.startsWith("Arrow") && document.activeElement === canvas) {
    event.preventDefault();
    const c = network.getViewPosition(), far = 90 / scale();
    network.moveTo({ position: { x: c.x + ({ ArrowLeft: -far, ArrowRight: far }[key] || 0), y: c.y + ({ ArrowUp: -far, ArrowDown: far }[key] || 0) } });
    remember();
  }
});

/** The next visible node, from the one of most papers on. */
function step(by) {
  const list = DATA.nodes.map(n => n.id).filter(isVisible).sort((a, b) => countOf(b) - countOf(a) || a - b);
  const now = state.selected && state.selected.node != null ? list.indexOf(state.selected.node) : by > 0 ? -1 : 0;
  if (list.length) select({ node: list[(now + by + list.length) % list.length] });
}

$("zoom-in").addEventListener("click", () => zoomBy(1.3));
$("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
$("fit").addEventListener("click", () => lookAt());

// ---- the address ---------------------------------------------------------------------------------------------

const keysOf = set => [...set].filter(i => DATA.details[i] && !(DATA.nodes[i].parent != null)).map(i => DATA.details[i].key);
let pending = null, written = location.hash;

/** Write what is seen into the address, a moment after the last change. */
function remember() {
  if (typeof network === "undefined") return;
  clearTimeout(pending);
  pending = setTimeout(() => {
    const q = new URLSearchParams(), s = state.selected, put = (name, list) => list.length && q.set(name, JSON.stringify(list));
    if (s && s.node != null) q.set("node", DATA.details[s.node].key);
    if (s && s.edge != null && s.edge < DATA.links.length) put("edge", [DATA.details[EDGES[s.edge].from].key, DATA.details[EDGES[s.edge].to].key, LINKS[s.edge].kind]);
    if (s && s.group != null) q.set("community", s.group);
    put("types", [...state.types]); put("roles", [...state.roles].map(r => DATA.roles[r])); put("groups", [...state.groups]); put("lines", [...state.kinds]);
    put("hidden", keysOf(state.hidden)); put("open", keysOf(state.expanded));
    if (state.from !== FIRST_YEAR || state.to !== LAST_YEAR) q.set("years", `${state.from}-${state.to}`);
    if (state.least > 1) q.set("least", state.least);
    if (state.tab !== "map") q.set("tab", state.tab);
    if (state.theme) q.set("theme", state.theme);
    const c = network.getViewPosition();
    if (moved()) q.set("view", [c.x, c.y].map(Math.round).concat((scale() / fitScale).toFixed(3)).join(","));
    written = q.toString() ? "#" + q : "";
    // a page inside a notebook has no address of its own
    try { history.replaceState(null, "", written || location.pathname + location.search); } catch { /* nothing to write to */ }
  }, 200);
}

let home = null;
function moved() {
  const c = network.getViewPosition();
  return !home || Math.abs(c.x - home[0]) + Math.abs(c.y - home[1]) > 2 || Math.abs(scale() / home[2] - 1) > 0.01;
}

/** Read the address into the state; what does not fit this map is passed over. */
function restore() {
  const q = new URLSearchParams(location.hash.slice(1));
  const list = name => { try { const v = JSON.parse(q.get(name)); return Array.isArray(v) ? v : []; } catch { return []; } };
  const node = key => nodeNumber.get(key);
  state.types = new Set(list("types").filter(t => DATA.types.includes(t)));
  state.roles = new Set(list("roles").map(r => DATA.roles.indexOf(r)).filter(r => r >= 0));
  state.groups = new Set(list("groups").filter(g => Number.isInteger(g)));
  state.kinds = new Set(list("lines").map(String));
  state.hidden = new Set(list("hidden").map(node).filter(i => i != null));
  const years = /^(\d{1,4})-(\d{1,4})$/.exec(q.get("years") || "");
  state.from = years ? Math.max(FIRST_YEAR, Math.min(LAST_YEAR, +years[1])) : FIRST_YEAR;
  state.to = years ? Math.max(state.from, Math.min(LAST_YEAR, +years[2])) : LAST_YEAR;
  state.least = Math.max(1, parseInt(q.get("least"), 10) || 1);
  state.theme = ["light", "dark"].includes(q.get("theme")) ? q.get("theme") : null;
  state.tab = ["grid", "list"].includes(q.get("tab")) ? q.get("tab") : "map";
  state.selected = null;
  if (q.has("node") && node(q.get("node")) != null) state.selected = { node: node(q.get("node")) };
  else if (q.has("edge")) {
    const [a, b, kind] = list("edge"), e = EDGES.findIndex((x, i) => x.from === node(a) && x.to === node(b) && LINKS[i].kind === kind);
    if (e >= 0) state.selected = { edge: e };
  } else if (DATA.groups[q.get("community")]) state.selected = { group: +q.get("community") };
  return { open: list("open").map(node).filter(i => i != null), view: (q.get("view") || "").split(",").map(Number) };
}

/** Show what the address asks for. */
function arrive() {
  const { open, view } = restore();
  document.documentElement.dataset.theme = theme();
  lookAt(null, false);
  const c = network.getViewPosition();
  home = [c.x, c.y, scale()];
  for (const i of open) { state.expanded.add(i); unfold(i); }
  if (view.length === 3 && view.every(Number.isFinite) && view[2] > 0) network.moveTo({ position: { x: view[0], y: view[1] }, scale: view[2] * fitScale });
  show(state.tab);
  const chosen = state.selected;
  if (chosen) select(chosen); else { $("card").hidden = true; refresh(); }
}

addEventListener("hashchange", () => { if (location.hash !== written) arrive(); });
dusk.addEventListener("change", () => { document.documentElement.dataset.theme = theme(); refresh(); });
addEventListener("resize", () => { if (!moved()) setTimeout(() => { lookAt(null, false); const c = network.getViewPosition(); home = [c.x, c.y, scale()]; }, 150); });
arrive();
document.documentElement.dataset.ready = "true";
