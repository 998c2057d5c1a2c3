"use strict";
// What is seen, as SVG, and the same drawn at double size as PNG.

function svgOf(width, height) {
  const ns = "http://www.w3.org/2000/svg", dark = theme() === "dark", paper = css("--paper"), ink = css("--ink");
  const make = (tag, attributes, text) => {
    const element = document.createElementNS(ns, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text != null) element.textContent = text;
    return element;
  };
  const fixed = v => Math.round(v * 10) / 10;
  const svg = make("svg", { xmlns: ns, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT });
  svg.append(make("title", {}, DATA.title), make("rect", { width, height, fill: paper }));
  for (const { group, corners } of islandsNow()) {
    const path = { d: "", moveTo(x, y) { this.d += `M${pt(x, y)}`; }, quadraticCurveTo(a, b, x, y) { this.d += `Q${pt(a, b)} ${pt(x, y)}`; }, closePath() { this.d += "Z"; } };
    smooth(corners, path);
    svg.append(make("path", { d: path.d, fill: hue(group, theme()), "fill-opacity": dark ? 0.1 : 0.085 }));
  }
  function pt(x, y) { const p = toScreen(x, y); return `${fixed(p[0])} ${fixed(p[1])}`; }
  const lines = make("g", { fill: "none" });
  for (const edge of edgeSet.get({ filter: e => !e.hidden })) {
    const a = network.getPosition(edge.from), b = network.getPosition(edge.to);
    lines.append(make("path", { d: `M${pt(a.x, a.y)}L${pt(b.x, b.y)}`, stroke: edge.color.color, "stroke-opacity": edge.color.opacity,
      "stroke-width": fixed(edge.width * scale()), ...(edge.dashes ? { "stroke-dasharray": "4 4" } : {}) }));
  }
  svg.append(lines);
  for (const node of nodeSet.get({ filter: n => !n.hidden })) {
    const at = network.getPosition(node.id), [x, y] = toScreen(at.x, at.y), r = node.size * scale();
    const look = { fill: node.color.background, stroke: node.color.border, "stroke-width": fixed(Math.max(0.6, node.borderWidth * scale())), opacity: node.opacity ?? 1 };
    const poly = corners => make("polygon", { points: corners.map(([a, b]) => `${fixed(x + a * r)},${fixed(y + b * r)}`).join(" "), ...look });
    svg.append(
      node.shape === "dot" ? make("circle", { cx: fixed(x), cy: fixed(y), r: fixed(r), ...look })
        : node.shape === "diamond" ? poly([[0, -1], [1, 0], [0, 1], [-1, 0]])
          : node.shape === "square" ? poly([[-1, -1], [1, -1], [1, 1], [-1, 1]])
            : node.shape === "triangle" ? poly([[0, -1.05], [1, 0.75], [-1, 0.75]])
              : poly([0, 1, 2, 3, 4, 5].map(k => [Math.cos(k * Math.PI / 3), Math.sin(k * Math.PI / 3)])));
  }
  for (const name of [...painted.names, ...painted.titles.flatMap(t => t.parts)]) {
    name.rows.forEach((row, i) => svg.append(make("text", {
      x: fixed(name.cx), y: fixed(name.cy + i * name.step), "text-anchor": "middle", "dominant-baseline": "central",
      "font-size": fixed(name.size), "font-weight": name.weight, fill: name.colour, stroke: paper, "stroke-width": 3.2,
      "stroke-linejoin": "round", "paint-order": "stroke", opacity: name.alpha ?? 1 }, row)));
  }
  svg.append(make("text", { x: 18, y: 32, "font-size": 19, "font-weight": 650, fill: ink }, DATA.title),
    make("text", { x: 18, y: 52, "font-size": 12.5, fill: css("--soft") }, document.getElementById("statement").textContent));
  let left = 18;
  for (const type of usedTypes()) {
    const key = make("path", { d: SHAPES[type], fill: css("--soft"), transform: `translate(${left} ${height - 27})` });
    svg.append(key, make("text", { x: left + 18, y: height - 16, "font-size": 12.5, fill: css("--soft") }, type));
    left += 34 + widthOf(type, 12.5, 400);
  }
  return svg;
}

function download(blob, name) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
}

function saveSvg() {
  const text = new XMLSerializer().serializeToString(svgOf(canvas.clientWidth, canvas.clientHeight));
  download(new Blob([text], { type: "image/svg+xml" }), "map.svg");
}

function savePng() {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const text = new XMLSerializer().serializeToString(svgOf(width, height));
  const image = new Image(), sheet = h("canvas", { width: 2 * width, height: 2 * height });
  image.onload = () => {
    sheet.getContext("2d").drawImage(image, 0, 0, 2 * width, 2 * height);
    sheet.toBlob(blob => download(blob, "map.png"), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
}
