// The room: where desks stand, the canvas they are drawn on, and the buttons that make them reachable.
import { LOOKS, Sprites, TILE, WALL, backdrop, colours } from "./office-sprites.js";

const ZONE = { pad: 12, title: 26, gap: 16 };
const LARGEST = 1.4;
const SMALLEST = 0.64;
/* How many desks wide a team's rug is for its size: the first that lets everything fit. */
const SPREADS = [2, 4, 8, 16];
const MOVE_MILLIS = 260;
const COME_MILLIS = 320;
const DRAG_PIXELS = 6;
const LONG_PRESS_MILLIS = 380;

/** A room whose desks are set with {@link show}; tells the page of what people do in it. */
export class Room {
  /**
   * @param view the element that scrolls
   * @param tell what to call: open(desk), arranged(keys of a zone in order)
   */
  constructor(view, floor, canvas, tell) {
    Object.assign(this, { view, floor, canvas, tell });
    this.ctx = canvas.getContext("2d", { alpha: false });
    this.back = document.createElement("canvas");
    this.backCtx = this.back.getContext("2d", { alpha: false });
    this.seats = new Map();
    this.order = [];
    this.zones = [];
    this.frame = 0;
    this.stale = true;
    this.clock = () => new Date();
    /** Counted for tests and for the curious; nothing here reads them. */
    this.stats = { frames: 0, draws: 0, mostDraws: 0, tiles: 0, fullFrames: 0 };
    canvas.officeStats = this.stats;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.still.addEventListener("change", () => this.redraw());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
    new MutationObserver(() => this.repaint()).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    new ResizeObserver(() => this.resize()).observe(view);
    view.addEventListener("scroll", () => this.redraw(), { passive: true });
    document.addEventListener("visibilitychange", () => document.hidden ? this.stop() : this.redraw());
    floor.addEventListener("keydown", (event) => this.key(event));
    // A finger that drags a desk must not scroll the room at the same time.
    floor.addEventListener("touchmove", (event) => { if (this.drag?.active) event.preventDefault(); }, { passive: false });
    this.repaint();
  }

  /* What stands where. */

  /** Shows these desks, zone by zone, in their order; those that were there before stay themselves. */
  show(zones) {
    const here = new Set();
    this.wanted = zones;
    for (const zone of zones) {
      for (const desk of zone.desks) {
        here.add(desk.id);
        const seat = this.seats.get(desk.id);
        if (seat) this.update(seat, desk);
        else this.seats.set(desk.id, this.newSeat(desk));
      }
    }
    for (const [id, seat] of this.seats) {
      if (here.has(id)) continue;
      if (seat.button === document.activeElement) this.neighbour(seat, 1)?.button.focus();
      seat.button.remove();
      this.seats.delete(id);
      this.stale = true;
    }
    this.layout();
  }

  newSeat(desk) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "desk-button";
    button.tabIndex = -1;
    this.floor.append(button);
    const seat = { desk, button, x: NaN, y: NaN, phase: Math.random() * 1000, born: performance.now(), dirty: true, last: -1, words: "" };
    button.addEventListener("click", () => { if (!this.dragged) this.tell.open(seat.desk, button); });
    button.addEventListener("focus", () => this.rove(seat));
    button.addEventListener("pointerdown", (event) => this.press(event, seat));
    this.describe(seat);
    return seat;
  }

  update(seat, desk) {
    const before = seat.desk;
    seat.desk = desk;
    if (before.state !== desk.state || before.tool !== desk.tool || before.running !== desk.running || before.price !== desk.price || before.words !== desk.words || before.label !== desk.label || before.sub_agents !== desk.sub_agents) seat.dirty = true;
    this.describe(seat);
  }

  describe(seat) {
    if (seat.words !== seat.desk.words) seat.dirty = true;
    seat.words = seat.desk.words;
    const { button, desk } = seat;
    if (button.getAttribute("aria-label") !== desk.label) button.setAttribute("aria-label", desk.label);
    if (button.title !== desk.title) button.title = desk.title;
    button.dataset.state = desk.state;
    button.dataset.desk = desk.id;
  }

  /** The largest desks with which everything fits; below a size, one scrolls instead. */
  layout() {
    const width = this.view.clientWidth;
    const tall = this.view.clientHeight;
    if (!width || !this.wanted) return;
    const phone = width < 560;
    const wall = phone ? 92 : WALL;
    const two = (width - 2 * (ZONE.gap + ZONE.pad)) / 2 / TILE.width;
    const placed = phone ? this.place(width, wall, Math.max(0.8, Math.min(1.1, two)), 4) : this.fitting(width, tall, wall);
    if (placed.scale !== this.scale) {
      this.scale = placed.scale;
      this.sprites = null;
    }
    // Few desks stand in the middle of the floor rather than along the wall.
    const down = Math.max(0, (tall - placed.height) * 0.42);
    for (const thing of [...placed.zones, ...placed.seats.values()]) thing.y += down;
    this.wall = wall;
    this.zones = placed.zones;
    const height = Math.max(placed.height, tall);
    if (this.height !== height) {
      this.height = height;
      this.floor.style.height = `${height}px`;
    }
    const now = performance.now();
    for (const [id, at] of placed.seats) {
      const seat = this.seats.get(id);
      if (Number.isNaN(seat.x) || this.still.matches) Object.assign(seat, { x: at.x, y: at.y, fromX: at.x, fromY: at.y, moved: -1e9 });
      else if (seat.toX !== at.x || seat.toY !== at.y) Object.assign(seat, { fromX: seat.x, fromY: seat.y, moved: now });
      seat.toX = at.x;
      seat.toY = at.y;
      const { style } = seat.button;
      style.transform = `translate(${at.x}px, ${at.y}px)`;
      style.width = `${TILE.width * placed.scale}px`;
      style.height = `${TILE.height * placed.scale}px`;
    }
    const first = placed.seats.keys().next().value;
    if (first !== undefined && ![...this.seats.values()].some((seat) => seat.button.tabIndex === 0)) this.seats.get(first).button.tabIndex = 0;
    this.order = [...placed.seats.keys()];
    this.stale = true;
    this.redraw();
  }

  fitting(width, tall, wall) {
    for (let scale = LARGEST; scale > SMALLEST; scale -= 0.04) {
      for (const spread of SPREADS) {
        const placed = this.place(width, wall, scale, spread);
        if (placed.height <= tall) return placed;
      }
    }
    return SPREADS.map((spread) => this.place(width, wall, SMALLEST, spread)).reduce((a, b) => (b.height < a.height ? b : a));
  }

  /** Zones in shelves, as wide as they need to be. */
  place(width, wall, scale, spread) {
    const tile = { width: TILE.width * scale, height: TILE.height * scale };
    const inner = width - 2 * ZONE.gap;
    const columns = Math.max(1, Math.floor((inner - 2 * ZONE.pad) / tile.width));
    const titled = this.wanted.some((zone) => zone.title);
    const zones = this.wanted.filter((zone) => zone.desks.length).map((zone) => {
      const count = zone.desks.length;
      const across = this.wanted.length === 1 ? Math.min(count, columns) : Math.min(count, columns, Math.max(2, Math.ceil(Math.sqrt(count * spread))));
      const title = titled ? ZONE.title : ZONE.pad;
      return { ...zone, across, top: title, width: across * tile.width + 2 * ZONE.pad, height: Math.ceil(count / across) * tile.height + title + ZONE.pad };
    });
    const seats = new Map();
    let y = wall + ZONE.gap;
    for (let from = 0; from < zones.length; ) {
      let to = from;
      let used = -ZONE.gap;
      while (to < zones.length && (to === from || used + ZONE.gap + zones[to].width <= inner)) used += ZONE.gap + zones[to++].width;
      const shelf = zones.slice(from, to);
      let x = (width - used) / 2;
      for (const zone of shelf) {
        zone.x = x;
        zone.y = y;
        zone.desks.forEach((desk, i) => seats.set(desk.id, {
          x: x + ZONE.pad + (i % zone.across) * tile.width,
          y: y + zone.top + Math.floor(i / zone.across) * tile.height,
        }));
        x += zone.width + ZONE.gap;
      }
      const tallest = Math.max(...shelf.map((zone) => zone.height));
      for (const zone of shelf) zone.height = tallest;
      y += tallest + ZONE.gap;
      from = to;
    }
    return { zones, seats, scale, height: y };
  }

  /* Drawing. */

  repaint() {
    this.theme = colours(this.view);
    this.sprites = null;
    this.redraw();
  }

  resize() {
    const ratio = Math.min(devicePixelRatio || 1, 2.5);
    const width = this.view.clientWidth;
    const height = this.view.clientHeight;
    if (!width || (this.canvas.width === Math.round(width * ratio) && this.canvas.height === Math.round(height * ratio))) return;
    this.ratio = ratio;
    for (const canvas of [this.canvas, this.back]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.sprites = null;
    this.layout();
  }

  /** Everything has to be drawn again. */
  redraw() {
    this.stale = true;
    this.wake();
  }

  /** Something may have to be drawn. */
  wake() {
    if (!this.frame && !document.hidden) this.frame = requestAnimationFrame((now) => this.draw(now));
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  draw(now) {
    this.frame = 0;
    if (!this.ratio || !this.scale) return;
    const before = this.stats.draws;
    if (!this.sprites) {
      this.sprites = new Sprites(this.theme, this.ratio * this.scale, 1 / this.scale);
      this.stale = true;
    }
    let moving = false;
    for (const seat of this.seats.values()) {
      if (this.move(seat, now)) moving = true;
    }
    const whole = this.stale || moving || this.drag?.active;
    if (whole) this.drawBack();
    const scrolled = this.view.scrollTop;
    const shown = this.view.clientHeight;
    let busy = moving;
    for (const seat of this.seats.values()) {
      // Drawn once more when it has come, so that nothing of the fading is left.
      const coming = !seat.came;
      seat.came = this.still.matches || now - seat.born >= COME_MILLIS;
      const look = LOOKS[seat.desk.state] ?? LOOKS.tool;
      const animated = !this.still.matches && look.frames > 1;
      const y = seat.y - scrolled;
      if (y > shown || y + TILE.height * this.scale < 0) continue;
      busy ||= !seat.came || animated;
      const step = animated ? Math.floor((now + seat.phase) / look.every) % look.frames : 0;
      if (whole || seat.dirty || coming || step !== seat.last) {
        seat.last = step;
        seat.dirty = false;
        if (seat !== this.drag?.seat || !this.drag.active) this.drawSeat(seat, step, whole, seat.came ? 1 : Math.max(0, now - seat.born) / COME_MILLIS);
      }
    }
    if (this.drag?.active) this.drawSeat(this.drag.seat, 0, true, 0.85);
    this.stale = false;
    this.stats.frames++;
    if (whole) this.stats.fullFrames++;
    this.stats.mostDraws = Math.max(this.stats.mostDraws, this.stats.draws - before);
    // Where nothing moves, nothing runs: the next change wakes it.
    if (busy) this.wake();
  }

  move(seat, now) {
    if (this.drag?.active && this.drag.seat === seat) return true;
    const t = Math.min(1, (now - seat.moved) / MOVE_MILLIS);
    if (t >= 1) {
      const arrived = seat.x === seat.toX && seat.y === seat.toY;
      seat.x = seat.toX;
      seat.y = seat.toY;
      return !arrived;
    }
    const eased = 1 - (1 - t) ** 3;
    seat.x = seat.fromX + (seat.toX - seat.fromX) * eased;
    seat.y = seat.fromY + (seat.toY - seat.fromY) * eased;
    return true;
  }

  drawBack() {
    const { backCtx: back, ratio } = this;
    back.setTransform(ratio, 0, 0, ratio, 0, -this.view.scrollTop * ratio);
    backdrop(back, this.theme, { width: this.view.clientWidth, height: this.height, zones: this.zones, at: this.clock(), wall: this.wall });
    this.ctx.setTransform(1, 0, 0, 1, 0, 0);
    this.ctx.drawImage(this.back, 0, 0);
    this.stats.draws++;
  }

  drawSeat(seat, step, whole, alpha) {
    const { ctx, ratio, scale } = this;
    const left = Math.round(seat.x * ratio);
    const top = Math.round((seat.y - this.view.scrollTop) * ratio);
    if (!whole) {
      const width = Math.ceil(TILE.width * scale * ratio);
      const height = Math.ceil(TILE.height * scale * ratio);
      const from = Math.max(0, top);
      const part = Math.min(height - (from - top), this.canvas.height - from);
      if (part > 0) ctx.drawImage(this.back, left, from, width, part, left, from, width, part);
      this.stats.draws++;
    }
    ctx.globalAlpha = alpha;
    for (const [sprite, x, y] of this.sprites.parts(seat, step)) {
      ctx.drawImage(sprite, left + Math.round(x * scale * ratio), top + Math.round(y * scale * ratio));
      this.stats.draws++;
    }
    ctx.globalAlpha = 1;
    this.stats.tiles++;
  }

  /* The keyboard: one desk can be tabbed to, arrows go on from there. */

  rove(seat) {
    for (const other of this.seats.values()) other.button.tabIndex = other === seat ? 0 : -1;
    seat.button.scrollIntoView({ block: "nearest" });
  }

  neighbour(seat, by) {
    const at = this.order.indexOf(seat.desk.id);
    return this.seats.get(this.order[at + by] ?? this.order[at - by]);
  }

  key(event) {
    const seat = this.seats.get(event.target.dataset?.desk);
    if (!seat || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (arrow && event.shiftKey) {
      this.shift(seat, arrow[0] || arrow[1] * (this.zoneOf(seat)?.across ?? 1));
    } else if (arrow) {
      this.towards(seat, arrow)?.button.focus();
    } else if (event.key === "Home" || event.key === "End") {
      this.seats.get(this.order.at(event.key === "Home" ? 0 : -1))?.button.focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** The nearest desk in a direction. */
  towards(seat, [dx, dy]) {
    let best = null;
    let nearest = Infinity;
    for (const other of this.seats.values()) {
      const x = other.toX - seat.toX;
      const y = other.toY - seat.toY;
      const along = x * dx + y * dy;
      if (other === seat || along < 8) continue;
      const distance = along + 3 * Math.abs(dx ? y : x);
      if (distance < nearest) [best, nearest] = [other, distance];
    }
    return best;
  }

  zoneOf(seat) {
    return this.zones.find((zone) => zone.desks.some((desk) => desk.id === seat.desk.id));
  }

  shift(seat, by) {
    const desks = this.zoneOf(seat)?.desks;
    const from = desks.findIndex((desk) => desk.id === seat.desk.id);
    const to = Math.max(0, Math.min(desks.length - 1, from + by));
    if (to !== from) this.arrange(seat, to);
    seat.button.scrollIntoView({ block: "nearest" });
  }

  arrange(seat, to) {
    const rest = this.zoneOf(seat).desks.filter((desk) => desk.id !== seat.desk.id);
    rest.splice(to, 0, seat.desk);
    this.tell.arranged(rest.map((desk) => desk.seat));
  }

  /* Dragging: at once with a mouse, after a long press with a finger, so that a finger can scroll. */

  press(event, seat) {
    if (event.button !== 0) return;
    this.dragged = false;
    const drag = { seat, startX: event.clientX, startY: event.clientY, seatX: seat.x, seatY: seat.y, scroll: this.view.scrollTop, active: false };
    this.drag = drag;
    const begin = () => {
      drag.active = true;
      this.dragged = true;
      seat.button.classList.add("dragging");
      seat.button.setPointerCapture(event.pointerId);
      this.redraw();
    };
    const touch = event.pointerType === "touch";
    const timer = touch ? setTimeout(begin, LONG_PRESS_MILLIS) : 0;
    const moved = (move) => {
      const dx = move.clientX - drag.startX;
      const dy = move.clientY - drag.startY;
      if (!drag.active && Math.hypot(dx, dy) > DRAG_PIXELS) {
        if (touch) return end();
        begin();
      }
      if (drag.active) {
        seat.x = drag.seatX + dx;
        seat.y = drag.seatY + dy + this.view.scrollTop - drag.scroll;
        this.redraw();
      }
    };
    const end = (up) => {
      clearTimeout(timer);
      seat.button.removeEventListener("pointermove", moved);
      for (const name of ["pointerup", "pointercancel"]) seat.button.removeEventListener(name, end);
      seat.button.classList.remove("dragging");
      this.drag = null;
      if (!drag.active) return;
      Object.assign(seat, { fromX: seat.x, fromY: seat.y, moved: performance.now() });
      if (up?.type === "pointerup") this.drop(seat);
      this.redraw();
      // The click that follows is the end of the drag, not a wish to open the desk.
      setTimeout(() => (this.dragged = false), 0);
    };
    seat.button.addEventListener("pointermove", moved);
    for (const name of ["pointerup", "pointercancel"]) seat.button.addEventListener(name, end);
  }

  drop(seat) {
    const zone = this.zoneOf(seat);
    let to = 0;
    let nearest = Infinity;
    zone.desks.forEach((desk, i) => {
      const at = this.seats.get(desk.id);
      const distance = Math.hypot(at.toX - seat.x, at.toY - seat.y);
      if (distance < nearest) [to, nearest] = [i, distance];
    });
    this.arrange(seat, to);
  }
}
