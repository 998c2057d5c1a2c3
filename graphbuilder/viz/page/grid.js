"use strict";
// The same things as tables: methods by concepts as a heat map, and everything as a list.

function drawGrid() {
  const box = document.getElementById("grid"), { rows, columns, cells } = DATA.grid;
  if (!rows.length || !columns.length) {
    box.replaceChildren(h("p", { class: "tip" }, "No method and concept of this map stand in one paper."));
    return;
  }
  const found = new Map(cells.map(([a, b, n, papers]) => [`${a},${b}`, [n, papers]]));
  const top = Math.max(...cells.map(cell => cell[2]));
  const name = i => h("button", { title: DATA.nodes[i].label, onclick: () => select({ node: i }) }, h("span", null, DATA.nodes[i].label));
  const cell = (a, b) => {
    const [n, papers] = found.get(`${a},${b}`) || [0, []];
    if (!n) return h("td");
    const depth = 0.12 + 0.88 * Math.sqrt(n / top);
    const light = depth > 0.55 ? (theme() === "dark" ? "#0d1117" : "#fff") : "var(--ink)";
    return h("td", null, h("button", {
      "aria-label": `${DATA.nodes[a].label} and ${DATA.nodes[b].label}: ${plural(n, "paper")}`,
      style: { background: `rgba(var(--heat), ${depth.toFixed(2)})`, color: light }, onclick: () => cellCard(a, b, n, papers) }, n));
  };
  box.replaceChildren(
    h("p", { class: "tip" }, "Methods and concepts of this map: how many papers name both. A cell opens the papers."),
    h("table", null,
      h("thead", null, h("tr", null, h("td", { style: { background: "none" } }), columns.map(b => h("th", { scope: "col" }, name(b))))),
      h("tbody", null, rows.map(a => h("tr", null, h("th", { scope: "row" }, name(a)), columns.map(b => cell(a, b)))))));
}

const order = { by: "size", down: true };

function drawList() {
  const box = document.getElementById("list");
  const value = { name: i => DATA.nodes[i].label.toLowerCase(), type: i => DATA.details[i].type, size: i => countOf(i), group: i => DATA.nodes[i].group };
  const by = value[order.by], rows = DATA.nodes.map(n => n.id).filter(isVisible);
  rows.sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : a - b) * (order.down ? -1 : 1));
  const head = (id, text, cls) => h("th", { class: cls, "aria-sort": order.by === id ? (order.down ? "descending" : "ascending") : "none" },
    h("button", { onclick: () => { order.down = order.by === id ? !order.down : id === "size"; order.by = id; drawList(); } }, text));
  box.replaceChildren(h("table", null,
    h("thead", null, h("tr", null, head("name", "Name"), head("type", "Type"), head("size", "Papers"), head("group", "Community", "wide"))),
    h("tbody", null, rows.map(i => h("tr", null,
      h("td", null, h("button", { onclick: () => select({ node: i }) }, DATA.nodes[i].label)),
      h("td", null, DATA.details[i].type), h("td", { class: "n" }, countOf(i)),
      h("td", { class: "wide" }, (DATA.groups[DATA.nodes[i].group] || [])[0] || ""))))));
}
