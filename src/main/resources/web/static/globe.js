// The globe, drawn by hand from the land's outlines and the rows of the table, which says the same.
"use strict";
(() => {
  const waiting = document.querySelector("[data-globe-waiting]");
  if (waiting) {
    // Nothing is here yet: the page is looked at again when something is.
    const source = new EventSource(waiting.dataset.globeWaiting);
    source.addEventListener("ready", () => (waiting.hidden = false));
    source.addEventListener("here", () => location.reload());
    addEventListener("pagehide", () => source.close());
  }
  const canvas = document.querySelector("[data-globe]");
  if (!canvas) return;

  const radians = Math.PI / 180;
  const full = 2 * Math.PI;
  const steepest = 85 * radians;
  const closest = 6;
  const pulseMillis = 1800;
  const mostPlaces = 1000;
  const pen = canvas.getContext("2d");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const turnButton = document.querySelector("[data-globe-turn]");
  const turnsPerMillis = (3 * radians) / 1000;

  const vector = (longitude, latitude) => [
    Math.cos(latitude) * Math.cos(longitude),
    Math.cos(latitude) * Math.sin(longitude),
    Math.sin(latitude),
  ];

  /* What is shown: places from the table, land, lines every thirty degrees. */
  const places = [...document.querySelectorAll("tr[data-place]")].map((row) => {
    const { place, latitude, longitude, value, text } = row.dataset;
    return placed({ id: place, label: row.querySelector("button").textContent, text, value: Math.max(0, Number(value)), row }, latitude, longitude);
  });
  function placed(place, latitude, longitude) {
    place.longitude = Number(longitude) * radians;
    place.latitude = Number(latitude) * radians;
    place.vector = vector(place.longitude, place.latitude);
    return place;
  }
  const largest = Math.max(1, ...places.map((place) => place.value));
  const lines = [];
  for (let at = -180; at < 180; at += 30) {
    const meridian = [];
    for (let up = -90; up <= 90; up += 3) meridian.push(vector(at * radians, up * radians));
    lines.push(meridian);
  }
  for (let up = -60; up <= 60; up += 30) {
    const parallel = [];
    for (let at = -180; at <= 180; at += 3) parallel.push(vector(at * radians, up * radians));
    lines.push(parallel);
  }
  let land = [];
  const unpack = (numbers) => {
    const ring = { longitudes: [], latitudes: [], vectors: [] };
    let x = 0;
    let y = 0;
    for (let i = 0; i < numbers.length; i += 2) {
      x += numbers[i];
      y += numbers[i + 1];
      ring.longitudes.push((x / 100) * radians);
      ring.latitudes.push((y / 100) * radians);
      ring.vectors.push(vector((x / 100) * radians, (y / 100) * radians));
    }
    return ring;
  };

  /* From where it is looked at. */
  const view = { longitude: places[0].longitude, latitude: Math.max(-0.6, Math.min(0.6, places[0].latitude * 0.6)), zoom: 1 };
  let turning = !still.matches;
  let hovered = false;
  let shown = null;
  let flight = null;
  let pulses = [];
  let size = 0;
  let radius = 0;
  let turned = {};

  function turn() {
    const [sinL, cosL] = [Math.sin(view.longitude), Math.cos(view.longitude)];
    const [sinP, cosP] = [Math.sin(view.latitude), Math.cos(view.latitude)];
    turned = { sinL, cosL, sinP, cosP };
  }
  /** To the right, up, and towards the eye; the last is negative behind the horizon. */
  function seen([x, y, z]) {
    const { sinL, cosL, sinP, cosP } = turned;
    const forward = cosL * x + sinL * y;
    return [cosL * y - sinL * x, cosP * z - sinP * forward, cosP * forward + sinP * z];
  }
  const onScreen = ([x, y]) => [size / 2 + radius * x, size / 2 - radius * y];

  /* Colours, as the theme has them now. */
  const colors = {};
  function readColors() {
    for (const element of document.querySelectorAll("[data-globe-colors] i")) {
      colors[element.className.slice("globe-".length)] = getComputedStyle(element).color;
    }
    draw();
  }

  /* Drawing. */
  const between = (angle) => angle - full * Math.round(angle / full);

  /** Whether a point is within a ring: by how often the way from it to the north pole crosses it. */
  function holds(ring, longitude, latitude) {
    let inside = false;
    let before = between(ring.longitudes.at(-1) - longitude);
    let beforeUp = ring.latitudes.at(-1);
    for (let i = 0; i < ring.longitudes.length; i++) {
      const now = between(ring.longitudes[i] - longitude);
      const up = ring.latitudes[i];
      if (now > 0 !== before > 0 && Math.abs(now - before) < Math.PI) {
        if (beforeUp + ((up - beforeUp) * before) / (before - now) > latitude) inside = !inside;
      }
      before = now;
      beforeUp = up;
    }
    return inside;
  }

  /** Goes along the horizon, the short way. */
  function alongHorizon(from, to) {
    pen.arc(size / 2, size / 2, radius, -from, -to, between(to - from) > 0);
  }

  function outline(ring) {
    const points = ring.vectors.map(seen);
    if (!points.some((point) => point[2] > 0)) return;
    // What is behind the horizon is drawn on it. That turns a ring inside out if it holds the point
    // farthest away; a whole disc more, of which every second layer counts, puts that right.
    if (holds(ring, view.longitude + Math.PI, -view.latitude)) {
      pen.moveTo(size / 2 + radius, size / 2);
      pen.arc(size / 2, size / 2, radius, 0, full);
    }
    const start = Math.max(0, points.findIndex((point) => point[2] > 0));
    let last = points[start];
    pen.moveTo(...onScreen(last));
    let angle = 0;
    for (let i = 1; i <= points.length; i++) {
      const point = points[(start + i) % points.length];
      const crossing = () => {
        const part = last[2] / (last[2] - point[2]);
        return Math.atan2(last[1] + (point[1] - last[1]) * part, last[0] + (point[0] - last[0]) * part);
      };
      const here = Math.atan2(point[1], point[0]);
      if (point[2] > 0 && last[2] > 0) {
        pen.lineTo(...onScreen(point));
      } else if (point[2] > 0) {
        alongHorizon(angle, crossing());
        pen.lineTo(...onScreen(point));
      } else {
        const from = last[2] > 0 ? crossing() : angle;
        alongHorizon(from, here);
      }
      angle = here;
      last = point;
    }
    pen.closePath();
  }

  function line(vectors) {
    let drawing = false;
    for (const each of vectors) {
      const point = seen(each);
      if (point[2] > 0) {
        if (drawing) pen.lineTo(...onScreen(point));
        else pen.moveTo(...onScreen(point));
      }
      drawing = point[2] > 0;
    }
  }

  /** Where the sun stands in the zenith now. */
  function sun() {
    const days = Date.now() / 86400000 + 2440587.5 - 2451545;
    const anomaly = (357.528 + 0.9856003 * days) * radians;
    const ecliptic = (280.46 + 0.9856474 * days + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * radians;
    const tilt = 23.439 * radians;
    const ascension = Math.atan2(Math.cos(tilt) * Math.sin(ecliptic), Math.cos(ecliptic));
    const star = (280.46062 + 360.98564737 * days) * radians;
    return vector(ascension - star, Math.asin(Math.sin(tilt) * Math.sin(ecliptic)));
  }

  function night() {
    const [x, y, z] = seen(sun());
    const flat = Math.hypot(x, y);
    const angle = Math.atan2(y, x);
    pen.beginPath();
    for (let i = 0; i <= 60; i++) {
      // Along the line between day and night, from one point of the horizon to the other.
      const at = (i / 60) * Math.PI - Math.PI / 2;
      const across = -z * Math.cos(at);
      const along = Math.sin(at);
      const point = [across * Math.cos(angle) - along * Math.sin(angle), across * Math.sin(angle) + along * Math.cos(angle)];
      if (i === 0) pen.moveTo(...onScreen(point));
      else pen.lineTo(...onScreen(point));
    }
    if (flat > 0.001) pen.arc(size / 2, size / 2, radius, -(angle + Math.PI / 2), -(angle + 1.5 * Math.PI), true);
    pen.fillStyle = colors.night;
    pen.fill();
  }

  const spread = (place) => (3 + 13 * Math.sqrt(place.value / largest)) * Math.min(1, size / 480) * Math.pow(view.zoom, 0.35);

  function dot(place) {
    const point = seen(place.vector);
    place.at = null;
    if (point[2] <= 0.02) return;
    const [x, y] = onScreen(point);
    const reach = Math.max(2.5, spread(place));
    place.at = { x, y, reach };
    pen.globalAlpha = Math.min(1, 0.25 + point[2] * 1.6);
    circle(x, y, reach + 5, colors.glow);
    circle(x, y, reach, colors.point, place === shown ? 2.5 : 1.25);
    pen.globalAlpha = 1;
  }

  function circle(x, y, reach, color, edge = 0) {
    pen.beginPath();
    pen.arc(x, y, reach, 0, full);
    pen.fillStyle = color;
    pen.fill();
    if (edge) {
      pen.lineWidth = edge;
      pen.strokeStyle = colors.edge;
      pen.stroke();
    }
  }

  function drawPulses(now) {
    pulses = pulses.filter((pulse) => now - pulse.since < pulseMillis);
    for (const { place, since } of pulses) {
      if (!place.at) continue;
      const age = still.matches ? 0.3 : (now - since) / pulseMillis;
      pen.beginPath();
      pen.arc(place.at.x, place.at.y, place.at.reach + 4 + 26 * age, 0, full);
      pen.globalAlpha = 1 - age;
      pen.lineWidth = 2;
      pen.strokeStyle = colors.point;
      pen.stroke();
      pen.globalAlpha = 1;
    }
  }

  function draw() {
    if (!size || !colors.ocean) return;
    radius = (size / 2 - 8) * view.zoom;
    turn();
    pen.clearRect(0, 0, size, size);
    pen.beginPath();
    pen.arc(size / 2, size / 2, radius, 0, full);
    pen.fillStyle = colors.ocean;
    pen.fill();
    pen.beginPath();
    for (const each of lines) line(each);
    pen.lineWidth = 1;
    pen.strokeStyle = colors.line;
    pen.stroke();
    pen.beginPath();
    for (const ring of land) outline(ring);
    pen.fillStyle = colors.land;
    pen.fill("evenodd");
    pen.beginPath();
    for (const ring of land) line(ring.vectors);
    pen.lineWidth = 0.8;
    pen.strokeStyle = colors.coast;
    pen.stroke();
    night();
    pen.beginPath();
    pen.arc(size / 2, size / 2, radius, 0, full);
    pen.stroke();
    for (const place of [...places].sort((a, b) => b.value - a.value)) dot(place);
    drawPulses(performance.now());
    canvas.dataset.longitude = (between(view.longitude) / radians).toFixed(1);
    canvas.dataset.latitude = (view.latitude / radians).toFixed(1);
    canvas.dataset.zoom = view.zoom.toFixed(2);
    canvas.dataset.rings = String(land.length);
    canvas.dataset.pulses = String(pulses.length);
    if (shown) showTip();
  }

  /* Moving. */
  let frame = 0;
  let before = 0;
  const isTurning = () => turning && !hovered && !shown && !pointers.size;
  function animate() {
    if (!frame) {
      before = 0;
      frame = requestAnimationFrame(step);
    }
  }
  function step(now) {
    const passed = before ? Math.min(100, now - before) : 0;
    before = now;
    if (flight) {
      const part = Math.min(1, (now - flight.since) / 600);
      const eased = 1 - Math.pow(1 - part, 3);
      view.longitude = flight.from[0] + flight.by[0] * eased;
      view.latitude = flight.from[1] + flight.by[1] * eased;
      if (part === 1) flight = null;
    } else if (isTurning()) {
      view.longitude -= turnsPerMillis * passed;
    }
    draw();
    frame = flight || isTurning() || pulses.length ? requestAnimationFrame(step) : 0;
  }

  function setTurning(on) {
    turning = on;
    turnButton.setAttribute("aria-pressed", String(on));
    if (on) animate();
  }
  function turnBy(right, up) {
    flight = null;
    setTurning(false);
    view.longitude += right;
    view.latitude = Math.max(-steepest, Math.min(steepest, view.latitude + up));
    animate();
  }
  function zoomBy(factor) {
    view.zoom = Math.max(1, Math.min(closest, view.zoom * factor));
    animate();
  }
  function flyTo(place) {
    setTurning(false);
    const by = [between(place.longitude - view.longitude), Math.max(-steepest, Math.min(steepest, place.latitude)) - view.latitude];
    if (still.matches) {
      turnBy(...by);
    } else {
      flight = { since: performance.now(), from: [view.longitude, view.latitude], by };
      animate();
    }
  }

  /* What a point says. */
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  const value = document.createElement("strong");
  const detail = document.createElement("span");
  tip.append(value, detail);
  document.body.append(tip);
  function showTip() {
    if (!shown?.at) {
      tip.hidden = true;
      return;
    }
    tip.hidden = false;
    const box = canvas.getBoundingClientRect();
    const left = Math.min(box.left + shown.at.x + 14, innerWidth - tip.offsetWidth - 8);
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${Math.max(8, box.top + shown.at.y - tip.offsetHeight - 12)}px`;
  }
  function show(place) {
    if (place === shown) return;
    shown?.row?.classList.remove("shown");
    shown = place;
    canvas.classList.toggle("over", Boolean(place));
    if (place) {
      place.row?.classList.add("shown");
      value.textContent = `${place.label}: ${place.text}`;
      detail.textContent = place.row?.querySelector("[data-agents]")?.textContent ?? "";
    } else {
      tip.hidden = true;
    }
    animate();
  }
  function placeAt(x, y) {
    let best = null;
    let least = Infinity;
    for (const place of places) {
      if (!place.at) continue;
      const away = Math.hypot(place.at.x - x, place.at.y - y) - place.at.reach;
      if (away < Math.min(8, least)) {
        best = place;
        least = away;
      }
    }
    return best;
  }

  /* Pointers: one turns, two pinch. */
  const pointers = new Map();
  const within = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const apart = () => {
    const [a, b] = [...pointers.values()];
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  };
  canvas.addEventListener("pointerdown", (event) => {
    pointers.set(event.pointerId, within(event));
    canvas.setPointerCapture(event.pointerId);
    canvas.classList.add("dragging");
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = within(event);
    const last = pointers.get(event.pointerId);
    if (!last) {
      show(placeAt(...now));
      return;
    }
    const wide = pointers.size === 2 ? apart() : 0;
    pointers.set(event.pointerId, now);
    if (pointers.size === 2) {
      zoomBy(apart() / Math.max(1, wide));
    } else if (Math.hypot(now[0] - last[0], now[1] - last[1]) > 0) {
      turnBy(-(now[0] - last[0]) / radius, (now[1] - last[1]) / radius);
    }
  });
  const release = (event) => {
    pointers.delete(event.pointerId);
    canvas.classList.toggle("dragging", pointers.size > 0);
    if (event.type === "pointerup") show(placeAt(...within(event)));
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerenter", () => (hovered = true));
  canvas.addEventListener("pointerleave", (event) => {
    hovered = false;
    // A finger has left as soon as it has touched: what it touched stays.
    if (event.pointerType === "mouse") show(null);
    animate();
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      const nothingLeft = event.deltaY > 0 ? view.zoom <= 1 : view.zoom >= closest;
      if (nothingLeft) return;
      event.preventDefault();
      zoomBy(Math.exp(-event.deltaY * 0.0015));
    },
    { passive: false },
  );
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = (10 * radians) / view.zoom;
    const actions = {
      ArrowLeft: () => turnBy(-by, 0),
      ArrowRight: () => turnBy(by, 0),
      ArrowUp: () => turnBy(0, by),
      ArrowDown: () => turnBy(0, -by),
      "+": () => zoomBy(1.4),
      "=": () => zoomBy(1.4),
      "-": () => zoomBy(1 / 1.4),
      Home: () => flyTo(places[0]),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  });
  for (const button of document.querySelectorAll("[data-globe-zoom]")) {
    button.addEventListener("click", () => zoomBy(Number(button.dataset.globeZoom)));
  }
  turnButton.addEventListener("click", () => setTurning(!turning));
  for (const place of places) {
    const button = place.row.querySelector("button");
    button.disabled = false;
    button.addEventListener("click", () => {
      flyTo(place);
      show(place);
    });
    button.addEventListener("blur", () => show(null));
  }

  /* What happens now. */
  const state = document.querySelector("[data-globe-state]");
  const stateText = document.querySelector("[data-globe-state-text]");
  const note = document.querySelector("[data-globe-note]");
  const active = new Map();
  function say(kind, words) {
    state.hidden = false;
    state.className = `globe-state ${kind}`;
    if (stateText.textContent !== words) stateText.textContent = words;
  }
  function sayLive() {
    for (const [id, at] of active) if (performance.now() - at > 60_000) active.delete(id);
    say("on", active.size === 0 ? "Live" : `Live · ${active.size} active`);
  }
  function here(news) {
    let place = places.find((each) => each.id === news.place);
    if (!place) {
      if (places.length >= mostPlaces) return;
      place = placed({ id: news.place, label: news.label, text: "just now", value: 0, row: null }, news.latitude, news.longitude);
      places.push(place);
      note.hidden = false;
      note.textContent = `New: ${news.label}. Reload to see it in the table.`;
    }
    const time = place.row?.querySelector("time");
    if (time) {
      time.dateTime = new Date().toISOString();
      time.textContent = "now";
      place.row.classList.remove("fresh");
      void place.row.offsetWidth;
      place.row.classList.add("fresh");
    }
    active.set(place.id, performance.now());
    sayLive();
    pulses.push({ place, since: performance.now() });
    animate();
  }
  const source = new EventSource(canvas.dataset.news);
  source.addEventListener("ready", () => {
    sayLive();
    setInterval(() => source.readyState === EventSource.OPEN && sayLive(), 10_000);
  }, { once: true });
  source.addEventListener("open", sayLive);
  source.addEventListener("here", (event) => here(JSON.parse(event.data)));
  source.addEventListener("error", () => say("lost", source.readyState === EventSource.CLOSED ? "Stopped: reload the page" : "Reconnecting"));
  addEventListener("pagehide", () => source.close());

  /* Begin. */
  document.querySelector("[data-globe-stage]").hidden = false;
  document.querySelector("[data-globe-keys]").hidden = false;
  new ResizeObserver(() => {
    const ratio = Math.min(2, devicePixelRatio || 1);
    size = canvas.clientWidth;
    canvas.width = Math.round(size * ratio);
    canvas.height = Math.round(size * ratio);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw();
  }).observe(canvas);
  new MutationObserver(readColors).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", readColors);
  still.addEventListener("change", () => still.matches && setTurning(false));
  readColors();
  setTurning(turning);
  fetch(canvas.dataset.land)
    .then((answer) => answer.json())
    .then((rings) => {
      land = rings.map(unpack);
      animate();
    });
})();
