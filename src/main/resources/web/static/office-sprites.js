// Everything the room is drawn with, drawn once onto small canvases and copied from there.

/* A desk's tile, in CSS pixels at scale 1. */
export const TILE = { width: 152, height: 164 };
const CHARACTER = { width: 84, height: 84, left: 34, top: 20 };
const DESK = { width: 132, height: 52, left: 10, top: 78 };
const LABEL = { width: 148, height: 36, left: 2, top: 127 };
const BUBBLE = { width: 148, height: 26, left: 2, top: 0 };
const MOST_SPRITES = 700;

/* How each state looks: pose of the character, frames of its movement, sign on the laptop. */
export const LOOKS = {
  thinking: { pose: "think", frames: 4, every: 420, sign: "dots" },
  reading: { pose: "read", frames: 4, every: 380, sign: "book" },
  editing: { pose: "type", frames: 4, every: 130, sign: "pen" },
  shell: { pose: "type", frames: 4, every: 170, sign: "prompt" },
  searching: { pose: "read", frames: 4, every: 260, sign: "lens" },
  web: { pose: "read", frames: 4, every: 420, sign: "globe" },
  planning: { pose: "plan", frames: 2, every: 640, sign: "list" },
  mcp: { pose: "type", frames: 4, every: 240, sign: "plug" },
  tool: { pose: "type", frames: 4, every: 240, sign: "gear" },
  waiting: { pose: "wave", frames: 4, every: 190, sign: "hand" },
  error: { pose: "error", frames: 2, every: 520, sign: "bang" },
  done: { pose: "rest", frames: 1, every: 0, sign: "check" },
  away: { pose: "sleep", frames: 1, every: 0, sign: "moon" },
};

/* Agents that are known by sight; others get a shape by their name. */
const KINDS = {
  "claude-code": { shape: "mane", skin: "#f6dcc4", main: "#d9744f", dark: "#a94f2f" },
  codex: { shape: "hex", skin: "#2b3a42", main: "#4fa392", dark: "#2d6b60" },
  "gemini-cli": { shape: "fox", skin: "#e9ecff", main: "#6d7cf2", dark: "#4350b8" },
};
const OTHERS = [
  { shape: "cube", skin: "#fdf3dd", main: "#c99a2e", dark: "#8a671a" },
  { shape: "drop", skin: "#e2f4fb", main: "#3f9ccb", dark: "#22678c" },
  { shape: "round", skin: "#fbe4ee", main: "#cf5b8d", dark: "#923a61" },
  { shape: "cube", skin: "#e4f3e2", main: "#5aa452", dark: "#386e32" },
  { shape: "drop", skin: "#efe6fb", main: "#8c64cc", dark: "#5e3e94" },
];
const SHIRTS = ["#5b7db1", "#7aa874", "#c98b5e", "#9a6fb0", "#c46a6a", "#4f9aa3", "#b5a04c", "#7b8794"];

function hash(text) {
  let value = 7;
  for (let i = 0; i < text.length; i++) value = (value * 31 + text.charCodeAt(i)) >>> 0;
  return value;
}

function kindOf(agent) {
  return KINDS[agent] ?? OTHERS[hash(agent) % OTHERS.length];
}

const colourNames = [
  "wall", "wall-low", "skirting", "floor", "floor-line", "rug", "rug-line", "wood", "wood-dark", "wood-front", "chair", "laptop",
  "board", "text", "muted", "panel", "line", "accent", "good", "warn", "bad", "warn-soft", "bad-soft", "leaf", "pot",
];

/** The theme's colours, as the style sheet has them at the moment. */
export function colours(root) {
  const probe = document.createElement("i");
  root.append(probe);
  const found = {};
  for (const name of colourNames) {
    probe.style.color = `var(--office-${name})`;
    found[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  found.sans = getComputedStyle(root).fontFamily;
  return found;
}

function path(ctx, draw, fill, stroke, width = 1.5) {
  ctx.beginPath();
  draw(ctx);
  if (fill) {
    ctx.fillStyle = fill;
    ctx.fill();
  }
  if (stroke) {
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width;
    ctx.stroke();
  }
}
const box = (x, y, w, h, r) => (ctx) => ctx.roundRect(x, y, w, h, r);
const disc = (x, y, rx, ry = rx) => (ctx) => ctx.ellipse(x, y, rx, ry, 0, 0, 7);
const line = (...points) => (ctx) => {
  for (let i = 0; i < points.length; i += 2) ctx[i ? "lineTo" : "moveTo"](points[i], points[i + 1]);
};

/* The signs on laptops: states must not differ by colour alone. An agent that is away has closed its own. */
const SIGNS = {
  dots: (c) => [-5, 0, 5].forEach((x) => path(c, disc(x, 0, 1.5), c.strokeStyle)),
  book: (c) => path(c, (p) => { p.moveTo(0, -4); p.quadraticCurveTo(-4, -6, -7, -4); p.lineTo(-7, 4); p.quadraticCurveTo(-4, 2, 0, 4); p.lineTo(0, -4); p.quadraticCurveTo(4, -6, 7, -4); p.lineTo(7, 4); p.quadraticCurveTo(4, 2, 0, 4); }, null, c.strokeStyle),
  pen: (c) => path(c, line(-6, 5, -5, 2, 3, -6, 6, -3, -2, 5, -6, 5), null, c.strokeStyle),
  prompt: (c) => { path(c, line(-6, -4, -2, 0, -6, 4), null, c.strokeStyle, 1.8); path(c, line(0, 4.5, 6, 4.5), null, c.strokeStyle, 1.8); },
  lens: (c) => { path(c, disc(-1.5, -1.5, 4.2), null, c.strokeStyle); path(c, line(1.7, 1.7, 6, 6), null, c.strokeStyle, 2); },
  globe: (c) => { path(c, disc(0, 0, 6), null, c.strokeStyle); path(c, disc(0, 0, 2.6, 6), null, c.strokeStyle, 1.1); path(c, line(-6, 0, 6, 0), null, c.strokeStyle, 1.1); },
  list: (c) => [-4, 0, 4].forEach((y) => { path(c, disc(-5, y, 1.1), c.strokeStyle); path(c, line(-2, y, 6, y), null, c.strokeStyle); }),
  plug: (c) => { path(c, box(-4, -2, 8, 5, 2), null, c.strokeStyle); path(c, line(-2, -2, -2, -6), null, c.strokeStyle); path(c, line(2, -2, 2, -6), null, c.strokeStyle); path(c, line(0, 3, 0, 7), null, c.strokeStyle); },
  gear: (c) => { path(c, disc(0, 0, 3.4), null, c.strokeStyle); for (let i = 0; i < 6; i++) { const a = (i * Math.PI) / 3; path(c, line(4 * Math.cos(a), 4 * Math.sin(a), 6.3 * Math.cos(a), 6.3 * Math.sin(a)), null, c.strokeStyle, 2); } },
  hand: (c) => { path(c, line(0, -6, 0, 2), null, c.strokeStyle, 2.4); path(c, disc(0, 5.6, 1.5), c.strokeStyle); },
  bang: (c) => { path(c, line(-4.5, -4.5, 4.5, 4.5), null, c.strokeStyle, 2.2); path(c, line(4.5, -4.5, -4.5, 4.5), null, c.strokeStyle, 2.2); },
  check: (c) => path(c, line(-5, 0, -1.5, 4, 6, -4.5), null, c.strokeStyle, 2.2),
};

const INK = "#2a2320";

function head(ctx, kind, x, y) {
  const { shape, main, dark, skin } = kind;
  if (shape === "mane") {
    for (let i = 0; i < 10; i++) {
      const a = (i * Math.PI) / 5 + 0.3;
      path(ctx, disc(x + 15.5 * Math.cos(a), y + 15 * Math.sin(a), 7.2), i % 2 ? main : dark);
    }
    path(ctx, disc(x, y, 16.5, 16), main);
    path(ctx, disc(x, y + 1.5, 13.5, 13), skin);
  } else if (shape === "hex") {
    path(ctx, line(x, y - 19, x, y - 26), null, dark, 2.5);
    path(ctx, disc(x, y - 27, 3.4), main);
    path(ctx, box(x - 22, y - 6, 6, 12, 3), dark);
    path(ctx, box(x + 16, y - 6, 6, 12, 3), dark);
    ctx.lineJoin = "round";
    path(ctx, (p) => { line(x - 11, y - 17, x + 11, y - 17, x + 19, y, x + 11, y + 17, x - 11, y + 17, x - 19, y)(p); p.closePath(); }, main, main, 5);
    path(ctx, box(x - 15, y - 9, 30, 17, 8), skin);
  } else if (shape === "fox") {
    path(ctx, line(x - 17, y - 4, x - 15, y - 24, x - 3, y - 13), dark);
    path(ctx, line(x + 17, y - 4, x + 15, y - 24, x + 3, y - 13), dark);
    path(ctx, line(x - 14, y - 9, x - 13, y - 18, x - 7, y - 13), "#b9a6ff");
    path(ctx, line(x + 14, y - 9, x + 13, y - 18, x + 7, y - 13), "#b9a6ff");
    path(ctx, (p) => { p.moveTo(x - 18, y - 4); p.bezierCurveTo(x - 18, y - 20, x + 18, y - 20, x + 18, y - 4); p.bezierCurveTo(x + 18, y + 9, x + 7, y + 17, x, y + 17); p.bezierCurveTo(x - 7, y + 17, x - 18, y + 9, x - 18, y - 4); }, main);
    path(ctx, (p) => { p.moveTo(x - 13, y + 1); p.quadraticCurveTo(x, y - 12, x + 13, y + 1); p.quadraticCurveTo(x + 10, y + 13, x, y + 14); p.quadraticCurveTo(x - 10, y + 13, x - 13, y + 1); }, skin);
  } else if (shape === "cube") {
    path(ctx, box(x - 18, y - 17, 36, 34, 9), main);
    path(ctx, box(x - 18, y - 17, 36, 9, [9, 9, 2, 2]), dark);
    path(ctx, box(x - 13, y - 7, 26, 20, 7), skin);
  } else if (shape === "drop") {
    path(ctx, (p) => { p.moveTo(x + 3, y - 27); p.bezierCurveTo(x + 3, y - 18, x + 19, y - 14, x + 18.5, y + 1); p.arc(x, y + 0.5, 18.5, 0, Math.PI); p.bezierCurveTo(x - 19, y - 13, x - 4, y - 14, x + 3, y - 27); }, main);
    path(ctx, disc(x, y + 2.5, 13, 12), skin);
  } else {
    path(ctx, disc(x - 12, y - 14, 6.5), dark);
    path(ctx, disc(x + 12, y - 14, 6.5), dark);
    path(ctx, disc(x, y, 18.5, 17.5), main);
    path(ctx, disc(x, y + 2, 13.5, 12.5), skin);
  }
}

function face(ctx, kind, x, y, pose, frame) {
  const robot = kind.shape === "hex";
  const ink = robot ? "#8ff0dc" : INK;
  const eyeY = y + (robot ? -1 : 0.5);
  const apart = robot ? 6.5 : 5.6;
  if (pose === "sleep") {
    for (const side of [-1, 1]) path(ctx, (p) => p.arc(x + side * apart, eyeY, 2.6, 0.2, Math.PI - 0.2), null, ink, 1.6);
    return;
  }
  if (pose === "error") {
    for (const side of [-1, 1]) {
      path(ctx, line(x + side * apart - 2.4, eyeY - 2.4, x + side * apart + 2.4, eyeY + 2.4), null, ink, 1.7);
      path(ctx, line(x + side * apart + 2.4, eyeY - 2.4, x + side * apart - 2.4, eyeY + 2.4), null, ink, 1.7);
    }
    if (!robot) path(ctx, (p) => p.arc(x, y + 9.5, 3, Math.PI + 0.3, -0.3), null, ink, 1.6);
    return;
  }
  const look = { read: [[-2, 1.2], [-0.6, 1.2], [0.8, 1.2], [2.2, 1.2]][frame], think: [1.6, -2.2], plan: [frame ? 1.4 : -1.4, -1], type: [0, 1.6] }[pose] ?? [0, 0];
  const tall = pose === "rest" ? 0 : 2.5;
  for (const side of [-1, 1]) {
    if (tall) path(ctx, disc(x + side * apart + look[0] * 0.9, eyeY + look[1] * 0.7, 1.9, tall), ink);
    else path(ctx, (p) => p.arc(x + side * apart, eyeY + 1.2, 2.6, Math.PI + 0.3, -0.3), null, ink, 1.7);
  }
  if (robot) {
    path(ctx, line(x - 4, y + 12.5, x + 4, y + 12.5), null, kind.dark, 1.8);
  } else if (pose === "wave") {
    path(ctx, disc(x, y + 7.4, 2, 2.4), ink);
  } else if (pose === "think" || pose === "plan") {
    path(ctx, line(x - 2.4, y + 8, x + 2.4, y + 7.4), null, ink, 1.5);
  } else {
    path(ctx, (p) => p.arc(x, y + 5.4, 3.2, 0.35, Math.PI - 0.35), null, ink, 1.5);
  }
  if (!robot && pose !== "think") {
    ctx.globalAlpha = 0.35;
    for (const side of [-1, 1]) path(ctx, disc(x + side * 9, y + 6, 2.2, 1.5), kind.main);
    ctx.globalAlpha = 1;
  }
}

function limb(ctx, from, elbow, to, colour, hand) {
  ctx.lineCap = "round";
  path(ctx, (p) => { p.moveTo(...from); p.quadraticCurveTo(...elbow, ...to); }, null, colour, 7);
  path(ctx, disc(to[0], to[1], 4.2), hand);
}

/* The whole figure, in a box of 84 by 84; its desk hides what is below 62. */
function character(ctx, agent, shirt, pose, frame) {
  const kind = kindOf(agent);
  const x = 42;
  const bob = { type: [0, 0.8, 0, 0.8], read: [0, 0, 0.7, 0.7], think: [0, 0.7, 1.2, 0.7], plan: [0, 1], wave: [0, -1, 0, -1], error: [0, 0.8] }[pose]?.[frame] ?? 0;
  const y = (pose === "sleep" ? 53 : 34) + bob;
  const sway = pose === "error" ? [-1, 1][frame] : 0;
  const hand = kind.shape === "hex" ? kind.dark : kind.shape === "mane" ? kind.skin : kind.main;
  path(ctx, (p) => { p.moveTo(16, 84); p.quadraticCurveTo(15, 54, 42, 52); p.quadraticCurveTo(69, 54, 68, 84); }, shirt);
  path(ctx, (p) => { p.moveTo(37, 53); p.lineTo(42, 59); p.lineTo(47, 53); }, "rgb(255 255 255 / 30%)");
  if (pose === "wave") limb(ctx, [63, 64], [75, 54], [[71, 30], [73, 29], [75, 30], [73, 29]][frame], shirt, hand);
  if (pose === "think") limb(ctx, [64, 66], [66, 74], [52, 55], shirt, hand);
  head(ctx, kind, x + sway, y);
  face(ctx, kind, x + sway, y, pose, frame);
  if (pose === "sleep") {
    ctx.fillStyle = kind.main;
    ctx.font = "700 11px sans-serif";
    ctx.fillText("z", 64, 36);
    ctx.font = "700 8px sans-serif";
    ctx.fillText("z", 72, 28);
  }
  if (pose === "think") {
    for (let i = 0; i < 3; i++) {
      ctx.globalAlpha = i < frame || frame === 0 ? 0.95 : 0.25;
      path(ctx, disc(66 + i * 6, 16 - i * 3.4, 2 + i * 0.5), kind.main);
    }
    ctx.globalAlpha = 1;
  }
}

/* Hands on the keys lie before the laptop's lid, so they are drawn over the desk. */
function hands(ctx, agent, pose, frame) {
  const kind = kindOf(agent);
  const hand = kind.shape === "hex" ? kind.dark : kind.shape === "mane" ? kind.skin : kind.main;
  const up = pose === "type" ? [[2.5, 0], [0, 1.5], [0, 2.5], [1.5, 0]][frame] : [0, 0];
  if (pose !== "think" || frame >= 0) path(ctx, disc(15, 12 - up[0], 4.6, 4), hand, "rgb(0 0 0 / 12%)", 1);
  if (pose !== "wave" && pose !== "think") path(ctx, disc(69, 12 - up[1], 4.6, 4), hand, "rgb(0 0 0 / 12%)", 1);
}

function mug(ctx, x, y, colour, steam) {
  path(ctx, (p) => p.arc(x + 5, y + 1, 3, -1.4, 1.6), null, colour, 1.8);
  path(ctx, box(x - 5, y - 5, 10, 11, [2, 2, 4, 4]), colour);
  if (steam) path(ctx, (p) => { p.moveTo(x - 2, y - 7); p.quadraticCurveTo(x - 4, y - 10, x - 1, y - 12); p.moveTo(x + 2, y - 7); p.quadraticCurveTo(x, y - 10, x + 3, y - 12); }, null, "rgb(150 150 150 / 60%)", 1.2);
}

/* Something personal on every desk, by the person's id. */
const THINGS = [
  (c, t) => { path(c, box(7, 3, 10, 9, [1, 1, 3, 3]), t.pot); for (const [x, y, r] of [[8, -3, 4], [16, -3, 4], [12, -8, 4.6], [12, -1, 4]]) path(c, disc(x, y, r), t.leaf); },
  (c, t) => { path(c, line(12, 12, 12, 2, 20, -7), null, t.muted, 2); path(c, (p) => { p.moveTo(14, -8); p.lineTo(22, -13); p.lineTo(26, -5); p.closePath(); }, t.warn); path(c, box(6, 10, 12, 3, 1.5), t.muted); },
  (c) => { path(c, box(4, 8, 18, 4, 1), "#7d8fb3"); path(c, box(6, 4, 15, 4, 1), "#b37d7d"); path(c, box(5, 0, 14, 4, 1), "#88a07a"); },
  (c, t) => { path(c, box(5, -6, 16, 18, 2), t.wood_dark); path(c, box(7, -4, 12, 14, 1), "#9cc3d8"); path(c, line(7, 8, 12, 1, 16, 6, 19, 3, 19, 10, 7, 10), "#6d9a6a"); },
];

function desk(ctx, theme, sign, tone, thing, drinks) {
  const t = { ...theme, wood_dark: theme["wood-dark"] };
  path(ctx, disc(66, 48, 58, 4), "rgb(0 0 0 / 10%)");
  path(ctx, box(6, 26, 120, 22, [2, 2, 6, 6]), theme["wood-front"]);
  path(ctx, box(0, 14, 132, 14, 5), theme.wood);
  path(ctx, box(0, 25, 132, 3, [0, 0, 4, 4]), theme["wood-dark"]);
  ctx.save();
  ctx.translate(2, 3);
  THINGS[thing](ctx, t);
  ctx.restore();
  if (drinks) mug(ctx, 112, 13, theme.accent, true);
  if (sign === "moon") {
    path(ctx, box(44, 17, 44, 5, 2.5), theme.laptop);
    return;
  }
  path(ctx, box(48, -5, 36, 25, [5, 5, 3, 3]), theme.laptop);
  path(ctx, box(51, -2, 30, 19, 3), "rgb(0 0 0 / 25%)");
  path(ctx, box(42, 19, 48, 4, 2), theme.laptop);
  ctx.save();
  ctx.translate(66, 7.5);
  ctx.lineCap = ctx.lineJoin = "round";
  ctx.strokeStyle = tone;
  SIGNS[sign](ctx);
  ctx.restore();
}

function cut(ctx, text, width) {
  if (ctx.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && ctx.measureText(text.slice(0, end) + "…").width > width) end--;
  return text.slice(0, end) + "…";
}

/** Makes sprites for one scale and theme, and remembers them. */
export class Sprites {
  /**
   * @param scale sprite pixels for one unit of a tile
   * @param text how many units are as large as a CSS pixel
   */
  constructor(theme, scale, text) {
    this.theme = theme;
    this.scale = scale;
    this.text = text;
    this.made = new Map();
  }

  /** Words stay large enough to read, however small the desks are. */
  font(weight, size) {
    return `${weight} ${Math.max(size, size * 0.88 * this.text)}px ${this.theme.sans}`;
  }

  sprite(key, width, height, draw) {
    let canvas = this.made.get(key);
    if (!canvas) {
      if (this.made.size >= MOST_SPRITES) this.made.clear();
      canvas = document.createElement("canvas");
      canvas.width = Math.ceil(width * this.scale);
      canvas.height = Math.ceil(height * this.scale);
      const ctx = canvas.getContext("2d");
      ctx.scale(this.scale, this.scale);
      ctx.lineJoin = "round";
      draw(ctx);
      this.made.set(key, canvas);
    }
    return canvas;
  }

  tone(state) {
    return { waiting: "#ffcf5c", error: "#ff8f8f", done: "#8fd6a8" }[state] ?? "#7fe7d6";
  }

  /** What a tile is made of, from back to front: canvases with their places in it. */
  parts(seat, frame) {
    const { desk: it, elapsed } = seat;
    const look = LOOKS[it.state] ?? LOOKS.tool;
    const shirt = hash(it.person || it.session) % SHIRTS.length;
    const thing = hash(it.seat) % THINGS.length;
    const parts = [];
    const add = (key, at, draw) => parts.push([this.sprite(key, at.width, at.height, draw), at.left, at.top]);
    add("chair", { width: 60, height: 60, left: 46, top: 62 }, (c) => {
      path(c, box(8, 0, 44, 46, 12), this.theme.chair);
      path(c, disc(30, 56, 22, 3), "rgb(0 0 0 / 10%)");
    });
    add(`who ${it.agent} ${shirt} ${look.pose} ${frame}`, CHARACTER, (c) => character(c, it.agent, SHIRTS[shirt], look.pose, frame));
    const drinks = it.state === "done" || it.state === "waiting";
    add(`desk ${look.sign} ${thing} ${drinks}`, { ...DESK, top: DESK.top - 14, height: DESK.height + 14 }, (c) => {
      c.translate(0, 14);
      desk(c, this.theme, look.sign, this.tone(it.state), thing, drinks);
    });
    if (look.pose !== "sleep" && look.pose !== "rest") {
      const still = look.pose === "type" ? frame : 0;
      add(`hands ${it.agent} ${look.pose} ${still}`, { width: 84, height: 20, left: 34, top: 88 }, (c) => hands(c, it.agent, look.pose, still));
    }
    this.addAgents(parts, it, add);
    add(`price ${it.price}`, { width: 72, height: 18, left: 40, top: 107 }, (c) => this.price(c, it.price));
    const words = seat.words;
    if (words) add(`bubble ${it.state} ${words}`, BUBBLE, (c) => this.bubble(c, it.state, words));
    add(`label ${it.person_label} ${it.agent_label} ${it.repository}`, LABEL, (c) => this.label(c, it));
    return parts;
  }

  /** Up to three sub-agents stand beside the desk. */
  addAgents(parts, it, add) {
    const agents = it.sub_agents.slice(0, 3);
    agents.forEach((agent, i) => {
      const at = { width: 34, height: 40, left: 118 - i * 3, top: 42 + i * 22 };
      add(`small ${it.agent} ${agent.state === "waiting"} ${agent.state === "error"}`, at, (c) => {
        path(c, box(6, 19, 20, 20, [9, 9, 5, 5]), kindOf(it.agent).dark);
        c.save();
        c.translate(-4.5, -1.5);
        c.scale(0.5, 0.5);
        head(c, kindOf(it.agent), 41, 30);
        face(c, kindOf(it.agent), 41, 30, agent.state === "error" ? "error" : "type", 0);
        c.restore();
        const tone = { waiting: this.theme.warn, error: this.theme.bad }[agent.state] ?? this.theme.good;
        path(c, disc(25, 33, 4), tone, this.theme.panel, 1.5);
      });
    });
    if (it.sub_agents.length > 3) {
      add(`more ${it.sub_agents.length - 3}`, { width: 26, height: 14, left: 124, top: 110 }, (c) => {
        c.font = `600 10px ${this.theme.sans}`;
        c.fillStyle = this.theme.muted;
        c.fillText(`+${it.sub_agents.length - 3}`, 2, 11);
      });
    }
  }

  price(ctx, text) {
    ctx.font = this.font(600, 11);
    const width = Math.min(70, ctx.measureText(text).width + 14);
    path(ctx, box(36 - width / 2, 1, width, 16, 4), this.theme.panel, this.theme.line, 1);
    ctx.fillStyle = this.theme.text;
    ctx.textAlign = "center";
    ctx.fillText(text, 36, 13);
  }

  bubble(ctx, state, words) {
    const loud = { waiting: ["warn", "warn-soft"], error: ["bad", "bad-soft"] }[state];
    const [ink, fill] = loud ? [this.theme[loud[0]], this.theme[loud[1]]] : [this.theme.text, this.theme.panel];
    ctx.font = this.font(loud ? 650 : 550, 11.5);
    const text = cut(ctx, words, 130);
    const width = ctx.measureText(text).width + 16;
    const left = 74 - width / 2;
    path(ctx, (p) => { p.roundRect(left, 0.75, width, 19, 9.5); }, fill, loud ? ink : this.theme.line, 1.2);
    path(ctx, line(69, 19, 74, 24.5, 79, 19), fill, null);
    path(ctx, line(69, 19.6, 74, 24.5, 79, 19.6), null, loud ? ink : this.theme.line, 1.2);
    ctx.fillStyle = ink;
    ctx.textAlign = "center";
    ctx.fillText(text, 74, 14.3);
  }

  label(ctx, it) {
    ctx.textAlign = "center";
    ctx.fillStyle = this.theme.text;
    ctx.font = this.font(600, 12);
    ctx.fillText(cut(ctx, it.person_label, 144), 74, 13);
    ctx.fillStyle = this.theme.muted;
    ctx.font = this.font(400, 11);
    const where = it.repository ? ` · ${it.repository.split("/").pop()}` : "";
    ctx.fillText(cut(ctx, it.agent_label + where, 146), 74, 29);
  }
}

/* The room itself: wall with windows, clock and plants; a rug for each team. */
function sky(ctx, hour, x, y, w, h) {
  const day = Math.max(0, Math.min(1, (Math.cos(((hour - 13) / 24) * 2 * Math.PI) + 0.35) / 0.9));
  const dusk = Math.max(0, 1 - Math.abs(hour - 19.5) / 1.8, 1 - Math.abs(hour - 6.5) / 1.8);
  const mix = (a, b, t) => a.map((v, i) => Math.round(v + (b[i] - v) * t));
  const top = mix(mix([16, 22, 44], [112, 176, 226], day), [96, 84, 140], dusk * 0.6);
  const low = mix(mix([34, 42, 74], [206, 232, 246], day), [250, 176, 128], dusk * 0.8);
  const gradient = ctx.createLinearGradient(0, y, 0, y + h);
  gradient.addColorStop(0, `rgb(${top})`);
  gradient.addColorStop(1, `rgb(${low})`);
  path(ctx, box(x, y, w, h, 4), gradient);
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, w, h);
  ctx.clip();
  if (day < 0.35) for (let i = 0; i < 9; i++) path(ctx, disc(x + ((i * 37 + 11) % w), y + ((i * 23 + 7) % (h * 0.6)), 0.9), "rgb(255 255 255 / 75%)");
  ctx.globalAlpha = 0.25 + day * 0.6;
  for (const [cx, cy, r] of [[0.25, 0.35, 7], [0.33, 0.32, 9], [0.42, 0.37, 6], [0.74, 0.52, 6], [0.81, 0.5, 7]]) path(ctx, disc(x + w * cx, y + h * cy, r * 1.3, r * 0.7), "#ffffff");
  ctx.globalAlpha = 1;
  const skyline = mix([24, 30, 52], [138, 164, 178], day);
  for (let i = 0; i * 13 < w; i++) {
    const tall = 8 + ((i * 29) % 17);
    path(ctx, (p) => p.rect(x + i * 13, y + h - tall, 12, tall), `rgb(${skyline})`);
    if (day < 0.4) path(ctx, (p) => { for (let k = 0; k < 3; k++) if ((i + k) % 2) p.rect(x + i * 13 + 3 + (k % 2) * 4, y + h - tall + 3 + k * 4, 2, 2); }, "#ffd98a");
  }
  ctx.restore();
}

function clock(ctx, theme, at, x, y) {
  path(ctx, disc(x, y, 17), theme.panel, theme.line, 3);
  for (let i = 0; i < 12; i++) {
    const a = (i * Math.PI) / 6;
    path(ctx, line(x + 13 * Math.sin(a), y - 13 * Math.cos(a), x + 14.5 * Math.sin(a), y - 14.5 * Math.cos(a)), null, theme.muted, 1.2);
  }
  const minutes = at.getMinutes();
  const hour = ((at.getHours() % 12) + minutes / 60) * (Math.PI / 6);
  const minute = minutes * (Math.PI / 30);
  ctx.lineCap = "round";
  path(ctx, line(x, y, x + 8 * Math.sin(hour), y - 8 * Math.cos(hour)), null, theme.text, 2.4);
  path(ctx, line(x, y, x + 12 * Math.sin(minute), y - 12 * Math.cos(minute)), null, theme.text, 1.6);
  path(ctx, disc(x, y, 1.8), theme.accent);
}

function plant(ctx, theme, x, y, size) {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size, size);
  for (const [a, l] of [[-0.9, 26], [-0.45, 34], [0, 38], [0.45, 34], [0.9, 26]]) {
    path(ctx, (p) => { p.moveTo(0, -12); p.quadraticCurveTo(Math.sin(a - 0.35) * l * 0.7, -12 - Math.cos(a - 0.35) * l * 0.7, Math.sin(a) * l, -12 - Math.cos(a) * l); p.quadraticCurveTo(Math.sin(a + 0.35) * l * 0.7, -12 - Math.cos(a + 0.35) * l * 0.7, 0, -12); }, theme.leaf);
  }
  path(ctx, (p) => { line(-11, -14, 11, -14, 8, 4, -8, 4)(p); p.closePath(); }, theme.pot);
  path(ctx, box(-12.5, -16, 25, 5, 2), theme.pot);
  ctx.restore();
}

export const WALL = 104;

/* Desks that wait for somebody. */
function emptyDesks(ctx, theme, width, wall) {
  const count = Math.max(2, Math.floor(width / 230));
  for (let i = 0; i < count; i++) {
    ctx.save();
    ctx.globalAlpha = 0.55;
    ctx.translate(((i + 0.5) * width) / count - 66, wall + 66);
    path(ctx, box(44, -18, 44, 46, 12), theme.chair);
    desk(ctx, theme, "moon", "", i % THINGS.length, false);
    ctx.restore();
  }
}

/** Draws the part of the room that does not move. */
export function backdrop(ctx, theme, room) {
  const { width, height, zones, at, wall } = room;
  ctx.fillStyle = theme.floor;
  ctx.fillRect(0, 0, width, height);
  ctx.strokeStyle = theme["floor-line"];
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let y = wall + 26, row = 0; y < height; y += 26, row++) {
    ctx.moveTo(0, y + 0.5);
    ctx.lineTo(width, y + 0.5);
    for (let x = (row % 3) * 58 + 20; x < width; x += 174) {
      ctx.moveTo(x + 0.5, y);
      ctx.lineTo(x + 0.5, y + 26);
    }
  }
  ctx.stroke();
  const gradient = ctx.createLinearGradient(0, 0, 0, wall);
  gradient.addColorStop(0, theme.wall);
  gradient.addColorStop(1, theme["wall-low"]);
  ctx.fillStyle = gradient;
  ctx.fillRect(0, 0, width, wall);
  ctx.fillStyle = theme.skirting;
  ctx.fillRect(0, wall - 7, width, 7);
  const hour = at.getHours() + at.getMinutes() / 60;
  const windows = Math.max(1, Math.floor((width - 260) / 330) + 1);
  const gap = (width - 150) / windows;
  for (let i = 0; i < windows; i++) {
    const x = 120 + i * gap + gap / 2 - 82;
    path(ctx, box(x - 5, 13, 164, 68, 6), theme.skirting);
    sky(ctx, hour, x, 18, 154, 58);
    path(ctx, (p) => { p.rect(x + 75.5, 18, 3, 58); p.rect(x - 9, 79, 172, 5); }, theme.skirting);
  }
  clock(ctx, theme, at, 64, 46);
  plant(ctx, theme, 24, wall + 4, 0.95);
  plant(ctx, theme, width - 26, wall + 4, 1.1);
  if (!zones.length) emptyDesks(ctx, theme, width, wall);
  for (const zone of zones) {
    path(ctx, box(zone.x, zone.y, zone.width, zone.height, 16), theme.rug, theme["rug-line"], 1.5);
    if (!zone.title) continue;
    ctx.font = `600 12px ${theme.sans}`;
    ctx.fillStyle = theme.muted;
    ctx.fillText(cut(ctx, zone.title, zone.width - 32), zone.x + 16, zone.y + 20);
  }
}
