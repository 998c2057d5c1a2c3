"use strict";
// Colours, the soft islands behind communities, and names that are written only where there is room.

// Paul Tol's "muted" and "light" schemes (personal.sron.nl/~pault), made to be told apart by colour-blind eyes.
const PALETTE = {
  light: ["#4a6fb3", "#cc6677", "#117733", "#ddaa33", "#6fb7dc", "#882255", "#44aa99", "#999933", "#aa4499", "#7d8793"],
  dark: ["#77aadd", "#ee8866", "#66c28a", "#eedd88", "#99ddff", "#ffaabb", "#44bb99", "#bbcc33", "#cf9be0", "#aab4c0"],
};

function hue(group, theme) {
  return PALETTE[theme][DATA.colours[group] % PALETTE[theme].length];
}

function mix(colour, other, share) {
  const part = (hex, i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
  const blend = [0, 1, 2].map(i => Math.round(part(colour, i) * (1 - share) + part(other, i) * share));
  return "#" + blend.map(v => v.toString(16).padStart(2, "0")).join("");
}

function alpha(colour, a) {
  return colour + Math.round(a * 255).toString(16).padStart(2, "0");
}

/** A community's colour as text: dark enough (light enough) to be read on the paper. */
function inked(group, theme) {
  return theme === "dark" ? mix(hue(group, theme), "#ffffff", 0.15) : mix(hue(group, theme), "#101820", 0.32);
}

/** The convex hull of points (Andrew's monotone chain). */
function hull(points) {
  points = points.slice().sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const cross = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = list => {
    const chain = [];
    for (const p of list) {
      while (chain.length > 1 && cross(chain[chain.length - 2], chain[chain.length - 1], p) <= 0) chain.pop();
      chain.push(p);
    }
    chain.pop();
    return chain;
  };
  return half(points).concat(half(points.reverse()));
}

/** The outline of a community: corners of a soft shape around discs [x, y, radius]. */
function outline(discs, margin) {
  const points = [];
  for (const [x, y, r] of discs) {
    for (let k = 0; k < 12; k++) {
      const angle = k * Math.PI / 6;
      points.push([x + (r + margin) * Math.cos(angle), y + (r + margin) * Math.sin(angle)]);
    }
  }
  return hull(points);
}

/** A closed path through the middles of the edges of a polygon: `to` gets moves and quadratic curves. */
function smooth(corners, to) {
  const n = corners.length;
  const middle = i => [(corners[i % n][0] + corners[(i + 1) % n][0]) / 2, (corners[i % n][1] + corners[(i + 1) % n][1]) / 2];
  to.moveTo(...middle(0));
  for (let i = 1; i <= n; i++) to.quadraticCurveTo(...corners[i % n], ...middle(i));
  to.closePath();
}

function inside(corners, x, y) {
  let within = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [a, b] = corners[i], [c, d] = corners[j];
    if ((b > y) !== (d > y) && x < (c - a) * (y - b) / (d - b) + a) within = !within;
  }
  return within;
}

const FONT = 'Inter, "Segoe UI", system-ui, -apple-system, "Helvetica Neue", "Noto Sans", Arial, sans-serif';
const measured = new Map();
const ruler = document.createElement("canvas").getContext("2d");

function widthOf(text, size, weight) {
  const id = weight + text;
  if (!measured.has(id)) {
    ruler.font = `${weight} 100px ${FONT}`;
    measured.set(id, ruler.measureText(text).width / 100);
  }
  return measured.get(id) * size;
}

/** A name on at most two lines of about equal length. */
function lines(text, longest) {
  const cut = text.length > 2 * longest ? text.slice(0, 2 * longest - 1).trimEnd() + "…" : text;
  if (cut.length <= longest) return [cut];
  let best = -1;
  for (let i = cut.indexOf(" "); i >= 0; i = cut.indexOf(" ", i + 1)) {
    if (best < 0 || Math.abs(i - cut.length / 2) < Math.abs(best - cut.length / 2)) best = i;
  }
  return best < 0 ? [cut.length > longest + 6 ? cut.slice(0, longest + 5) + "…" : cut] : [cut.slice(0, best), cut.slice(best + 1)];
}

/** Boxes on the screen that are taken, in cells of 64 pixels so that a look-up is quick. */
class Room {
  constructor() { this.cells = new Map(); }
  *near([x0, y0, x1, y1]) {
    for (let i = Math.floor(x0 / 64); i <= Math.floor(x1 / 64); i++) {
      for (let j = Math.floor(y0 / 64); j <= Math.floor(y1 / 64); j++) yield i * 4099 + j;
    }
  }
  take(box, owner, weight = Infinity) {
    for (const cell of this.near(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push([box, owner, weight]);
    }
  }
  /** Whether nothing else of more than `least` weight is there. */
  isFree(box, owner, least = 0) {
    for (const cell of this.near(box)) {
      for (const [other, who, weight] of this.cells.get(cell) || []) {
        if (who !== owner && weight > least && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }
}

/**
 * Where names fit: `items` in order of importance as {id, text, x, y, r, size, weight, colour, must}, on a screen of
 * w × h pixels. Returns the placed ones with their lines and the middle of the first line.
 */
function placeNames(items, titles, w, h) {
  const longest = items.length < 60 ? 30 : 20;
  const room = new Room(), placed = [];
  for (const item of items) {
    const r = item.r * 0.72;
    room.take([item.x - r, item.y - r, item.x + r, item.y + r], item.id, item.r);
  }
  for (const title of titles) room.take(title.box, "title");
  for (const item of items) {
    if (!item.text || item.x < -80 || item.y < -30 || item.x > w + 80 || item.y > h + 30) continue;
    const rows = lines(item.text, longest), size = item.size, step = size * 1.14;
    const width = Math.max(...rows.map(row => widthOf(row, size, item.weight))) + 4, height = step * rows.length;
    const below = item.y + item.r + 2, above = item.y - item.r - height - 2, middle = item.y - height / 2;
    const spots = [[item.x - width / 2, below], [item.x - width / 2, above],
      [item.x + item.r + 3, middle], [item.x - item.r - width - 3, middle]];
    const free = least => spots.find(([x, y]) => x > 2 && x + width < w - 2 && room.isFree([x, y, x + width, y + height], item.id, least));
    // rather over a much smaller node than no name at all
    let spot = free(0) || free(0.6 * item.r);
    if (!spot && item.must) spot = free(1e9) || spots[0];
    if (!spot) continue;
    room.take([spot[0], spot[1], spot[0] + width, spot[1] + height], "name");
    placed.push({ ...item, rows, step, cx: spot[0] + width / 2, cy: spot[1] + step / 2 });
  }
  return placed;
}

/** Writes placed names on a canvas whose unit is one pixel, each with a rim in the colour of the paper. */
function writeNames(ctx, placed, paper) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const name of placed) {
    ctx.font = `${name.weight} ${name.size}px ${FONT}`;
    ctx.globalAlpha = name.alpha ?? 1;
    name.rows.forEach((row, i) => {
      ctx.strokeStyle = paper;
      ctx.lineWidth = 3.2;
      ctx.strokeText(row, name.cx, name.cy + i * name.step);
      ctx.fillStyle = name.colour;
      ctx.fillText(row, name.cx, name.cy + i * name.step);
    });
  }
  ctx.globalAlpha = 1;
}
