// The live office: what comes over the wire, what people choose, and what is said about it.
import { Room } from "./office-room.js";
import { Player } from "./office-replay.js";

const office = document.querySelector("[data-office]");
const one = (name) => office.querySelector(`[data-${name}]`);
const asTable = office.dataset.office === "table";

/* Kept in this browser only. */
const STORE = "probity-office";
const MOST_SEATS = 500;
const kept = { order: [], filters: {}, sound: false };
try {
  Object.assign(kept, JSON.parse(localStorage.getItem(STORE) ?? "{}"));
} catch {
  // Storage is switched off, or not ours: begin anew.
}
function keep() {
  try {
    localStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // It holds for this page, then.
  }
}

/* Words. */
const stateSelect = office.querySelector("select[name=state]");
const stateNames = Object.fromEntries([...stateSelect.options].filter((o) => o.value).map((o) => [o.value, o.text]));
const tones = { waiting: "warn", error: "bad", done: "plain", away: "plain" };
const isWork = (state) => !(state in tones);
const clockTime = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const dollars = new Intl.NumberFormat("en", { style: "currency", currency: "USD" });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
function price(nano) {
  const usd = nano / 1e9;
  return usd === 0 ? "$0" : usd < 0.01 ? "<$0.01" : dollars.format(usd);
}
function span(millis) {
  const minutes = Math.floor(millis / 60000);
  if (minutes < 1) return `${Math.max(0, Math.floor(millis / 1000))} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
const toolWords = (it) => (it.running > 1 ? `${it.tool} ×${it.running}` : it.tool);

/** What a desk says in its bubble: tools and counts, never content. */
function bubble(it, now) {
  const lasting = now - Date.parse(it.since);
  const long = lasting >= 60000 ? ` · ${span(lasting)}` : "";
  switch (it.state) {
    case "thinking": return "";
    case "waiting": return (it.tool ? `${toolWords(it)}?` : "Waiting for you") + long;
    case "error": return "Error" + long;
    case "done": return lasting < 120000 ? "Done" : "";
    case "away": return "";
    default: return toolWords(it) || stateNames[it.state];
  }
}

/** Adds to a desk as it came what the room draws and says of it. */
function dressed(it, now) {
  const doing = stateNames[it.state] + (it.tool ? ` (${toolWords(it)})` : "");
  const spent = it.unpriced ? `${price(it.charge_nano_usd)} and something unpriced` : price(it.charge_nano_usd);
  const helped = it.sub_agents.length ? `, ${it.sub_agents.length} sub-agent${it.sub_agents.length > 1 ? "s" : ""}` : "";
  return {
    ...it,
    price: price(it.charge_nano_usd),
    words: bubble(it, now),
    label: `${it.person_label}, ${it.agent_label}${it.repository ? ` in ${it.repository}` : ""}: ${doing}, ${spent}${helped}`,
    title: `${it.person_label} · ${it.agent_label}\n${doing} since ${clockTime.format(new Date(it.since))}\n${spent} · ${compact.format(it.tokens)} tokens · ${it.tool_calls} tool calls`,
  };
}

/* The desks that are known, live or replayed. */
let desks = new Map();
let player = null;
let asOf = Number(office.dataset.asOf);
let heardAt = performance.now();
const now = () => player?.now() ?? asOf + performance.now() - heardAt;

/** A seat stays the same from one session to the next of the same person in the same place. */
function seated(list) {
  const taken = new Map();
  return list
    .toSorted((a, b) => Date.parse(a.started_at) - Date.parse(b.started_at) || (a.id < b.id ? -1 : 1))
    .map((it) => {
      const base = `${it.person || it.session}|${it.agent}|${it.repository}`;
      const count = taken.get(base) ?? 0;
      taken.set(base, count + 1);
      return { ...it, seat: count ? `${base}|${count}` : base };
    });
}

const fields = ["agent", "person", "team", "state"];
const fits = (it) => fields.every((name) => !kept.filters[name] || it[name] === kept.filters[name]);

function zones() {
  const place = new Map(kept.order.map((key, i) => [key, i]));
  const rank = (it) => place.get(it.seat) ?? Infinity;
  const byTeam = new Map();
  for (const it of seated([...desks.values()]).filter(fits)) {
    if (!byTeam.has(it.team)) byTeam.set(it.team, []);
    byTeam.get(it.team).push(it);
  }
  const at = now();
  return [...byTeam.keys()]
    .sort((a, b) => (a === "") - (b === "") || a.localeCompare(b))
    .map((team) => ({
      title: team || (byTeam.size > 1 ? "No team" : ""),
      // Sorting is stable: those who were never moved stay in the order of their arrival.
      desks: byTeam.get(team).toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))).map((it) => dressed(it, at)),
    }));
}

/* Showing. */
const room = asTable ? null : new Room(one("view"), one("floor"), one("canvas"), { open: openPanel, arranged });
function arranged(keys) {
  kept.order = [...kept.order.filter((key) => !keys.includes(key)), ...keys].slice(-MOST_SEATS);
  keep();
  show();
}

function show() {
  showFilters();
  showCounts();
  if (asTable) {
    for (const row of one("desks").rows) row.hidden = !fits(row.dataset);
    one("table-empty").hidden = desks.size > 0;
    return;
  }
  room.show(zones());
  const shown = [...desks.values()].filter(fits).length;
  one("office-empty").hidden = shown > 0;
  one("empty-title").textContent = desks.size ? "No desk matches" : player ? "Nobody was at work" : "Nobody is at work";
  one("empty-text").textContent = desks.size
    ? "The filter hides everyone who is here."
    : player ? "No agent reported in this hour." : "Agents that report to Probity take a seat here by themselves, seconds after their first prompt.";
  showPanel();
}

const filterForm = one("office-filters");
filterForm.hidden = false;
let shownOptions = "";
function showFilters() {
  const choices = { agent: new Map(), person: new Map(), team: new Map() };
  for (const it of desks.values()) {
    if (it.agent) choices.agent.set(it.agent, it.agent_label);
    if (it.person) choices.person.set(it.person, it.person_label);
    if (it.team) choices.team.set(it.team, it.team);
  }
  for (const [name, of] of Object.entries(choices)) {
    const chosen = kept.filters[name];
    if (chosen && !of.has(chosen)) of.set(chosen, name !== "person" ? chosen : "Someone who is not here");
  }
  const options = JSON.stringify(Object.values(choices).map((of) => [...of].sort()));
  if (options !== shownOptions) {
    shownOptions = options;
    for (const [name, of] of Object.entries(choices)) {
      const sorted = [...of].sort((a, b) => a[1].localeCompare(b[1]));
      filterForm.elements[name].replaceChildren(new Option("Any", ""), ...sorted.map(([value, text]) => new Option(text, value)));
    }
  }
  for (const name of fields) filterForm.elements[name].value = kept.filters[name] ?? "";
}
filterForm.addEventListener("change", (event) => {
  kept.filters[event.target.name] = event.target.value;
  keep();
  show();
});
filterForm.addEventListener("submit", (event) => event.preventDefault());

let said = "";
let saidAt = -1e9;
let sayTimer = 0;
function showCounts() {
  const list = [...desks.values()].filter(fits);
  const count = (test) => list.filter(test).length;
  const working = count((it) => isWork(it.state));
  const waiting = count((it) => it.state === "waiting");
  const errors = count((it) => it.state === "error");
  const done = count((it) => it.state === "done");
  const away = count((it) => it.state === "away");
  const spent = list.reduce((sum, it) => sum + Number(it.charge_nano_usd), 0);
  const parts = [[working, "at work", "good"], [waiting, "waiting", "warn"], [errors, errors === 1 ? "error" : "errors", "bad"], [done, "turn over", "plain"], [away, "away", "plain"]];
  one("counts").replaceChildren(...parts.filter(([n]) => n).map(([n, words, tone]) => {
    const badge = document.createElement("span");
    badge.className = `badge ${tone}`;
    badge.textContent = `${n} ${words}`;
    return badge;
  }), ...(list.length ? [`${price(spent)} ${player ? "in this hour" : "on the desks"}`] : []));
  document.title = `${waiting + errors && !player ? `(${waiting + errors}) ` : ""}Live office · Probity`;
  say(`${working} at work, ${waiting} waiting, ${errors} with errors, ${done + away} idle`);
}

/** For screen readers: not more often than one can listen. */
function say(words) {
  if (words === said || player) return;
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => {
    said = words;
    saidAt = performance.now();
    one("said").textContent = words;
  }, Math.max(300, 4000 - (performance.now() - saidAt)));
}

/* Details of one desk. */
let opened = null;
let openedFrom = null;
function openPanel(it, button) {
  opened = it.id;
  openedFrom = button;
  showPanel();
  one("panel").focus();
}
function closePanel() {
  if (opened === null) return;
  opened = null;
  one("panel").hidden = true;
  openedFrom?.focus();
}
function showPanel() {
  const panel = one("panel");
  const it = desks.get(opened);
  if (!it) {
    if (opened !== null) closePanel();
    return;
  }
  panel.hidden = false;
  one("panel-title").textContent = `${it.person_label} · ${it.agent_label}`;
  const badge = one("panel-badge");
  badge.className = `badge ${tones[it.state] ?? "good"}`;
  badge.textContent = stateNames[it.state];
  one("panel-since").textContent = `for ${span(now() - Date.parse(it.since))}, since ${clockTime.format(new Date(it.since))}`;
  const facts = [
    ["Tool", it.tool && toolWords(it)], ["Model", it.model], ["Team", it.team], ["Repository", it.repository], ["Branch", it.branch],
    ["Charge", price(it.charge_nano_usd) + (it.unpriced ? ` + ${it.unpriced} unpriced` : "")], ["Tokens", compact.format(it.tokens)],
    ["Tool calls", String(it.tool_calls)], ["Errors", String(it.errors)],
    ["Waited", it.waited_ms ? span(it.waited_ms) : ""], ["Began", clockTime.format(new Date(it.started_at))],
    ["Last event", it.heard_at ? clockTime.format(new Date(it.heard_at)) : ""], ["Session", it.session],
  ];
  one("panel-facts").replaceChildren(...facts.filter(([, value]) => value).flatMap(([name, value]) => {
    const dt = document.createElement("dt");
    const dd = document.createElement("dd");
    dt.textContent = name;
    dd.textContent = value;
    return [dt, dd];
  }));
  one("panel-agents").replaceChildren(...it.sub_agents.map((agent) => {
    const item = document.createElement("li");
    item.textContent = `${agent.name || `Sub-agent ${agent.id}`}: ${stateNames[agent.state] ?? agent.state}${agent.tool ? ` (${agent.tool})` : ""}`;
    return item;
  }));
  one("panel-link").href = `/sessions/${encodeURIComponent(it.session)}`;
}

/* Sounds: off until switched on. */
const soundButton = one("sound");
let audio = null;
let soundedAt = -1e9;
const TUNES = { waiting: [660, 880], error: [330, 220], done: [520, 780] };
function showSound() {
  soundButton.hidden = false;
  soundButton.setAttribute("aria-pressed", String(kept.sound));
  soundButton.textContent = kept.sound ? "Sound on" : "Sound off";
}
function sound(state) {
  if (!kept.sound || player || performance.now() - soundedAt < 600) return;
  soundedAt = performance.now();
  audio ??= new AudioContext();
  TUNES[state].forEach((frequency, i) => {
    const at = audio.currentTime + i * 0.13;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.type = "sine";
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.08, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0005, at + 0.22);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.24);
  });
}
soundButton.addEventListener("click", () => {
  kept.sound = !kept.sound;
  keep();
  showSound();
  if (kept.sound) sound("done");
});
showSound();

/* What the server says. */
const asOfText = one("as-of-text");
function tick(time, state) {
  if (time) {
    asOf = Date.parse(time);
    heardAt = performance.now();
  }
  asOfText.hidden = false;
  asOfText.classList.toggle("on", state === "Live");
  one("as-of-words").textContent = player ? "Replay" : `${state} · as of ${clockTime.format(new Date(asOf))}`;
}
let live = new Map();
function adopt() {
  if (player) return;
  desks = live;
  show();
}
function listen() {
  const source = new EventSource(`/office/live?view=${office.dataset.office}`);
  const on = (name, handle) => source.addEventListener(name, (event) => handle(event.data));
  on("now", (data) => tick(JSON.parse(data).as_of, "Live"));
  on("everyone", (data) => {
    const all = JSON.parse(data);
    live = new Map(all.items.map((it) => [it.id, it]));
    tick(all.as_of, "Live");
    adopt();
  });
  on("change", (data) => {
    const change = JSON.parse(data);
    for (const it of change.items) {
      const before = live.get(it.id)?.state;
      live.set(it.id, it);
      if (before && before !== it.state && it.state in TUNES && fits(it)) sound(it.state);
    }
    for (const id of change.gone) live.delete(id);
    tick(change.as_of, "Live");
    adopt();
  });
  on("rows", (data) => replaceRows(data, true));
  on("row", (data) => replaceRows(data, false));
  on("gone", (id) => {
    rowOf(id)?.remove();
    readRows();
  });
  source.addEventListener("error", () => tick(null, source.readyState === EventSource.CLOSED ? "Stopped, reload the page" : "Reconnecting"));
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
}

/* The table: rows come from the server as they are. */
const rowOf = (id) => [...one("desks").rows].find((row) => row.dataset.desk === id);
function replaceRows(html, whole) {
  const body = one("desks");
  const piece = document.createElement("template");
  piece.innerHTML = html;
  for (const time of piece.content.querySelectorAll("time")) localTime(time);
  if (whole) {
    body.replaceChildren(...piece.content.children);
  } else {
    const row = piece.content.firstElementChild;
    const before = rowOf(row.dataset.desk);
    const was = before?.dataset.state;
    const focused = before?.contains(document.activeElement);
    if (before) before.replaceWith(row);
    else body.append(row);
    if (focused) row.querySelector("a").focus();
    if (was && was !== row.dataset.state && row.dataset.state in TUNES && fits(row.dataset)) sound(row.dataset.state);
  }
  readRows();
}
function localTime(time) {
  time.textContent = clockTime.format(new Date(time.dateTime));
}
function readRows() {
  desks = new Map([...one("desks").rows].map(({ dataset: it }) => [it.desk, { id: it.desk, agent: it.agent, agent_label: it.agentLabel, person: it.person, person_label: it.personLabel, team: it.team, state: it.state, charge_nano_usd: Number(it.charge) }]));
  show();
}

/* Beginning. */
addEventListener("keydown", (event) => { if (event.key === "Escape" && !asTable) closePanel(); });
if (asTable) {
  readRows();
} else {
  one("stage").hidden = one("note").hidden = false;
  one("panel-close").addEventListener("click", closePanel);
  const full = one("full");
  full.hidden = !document.fullscreenEnabled;
  full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : one("stage").requestFullscreen()));
  room.clock = () => new Date(now());
  room.resize();
  one("replay-open").hidden = false;
  const replay = new Player(office, {
    begin(with_) {
      player = with_;
      tick(null, "Replay");
    },
    frame(all) {
      desks = all;
      show();
      room.redraw();
    },
    end() {
      player = null;
      tick(null, "Live");
      adopt();
    },
  });
  if (office.dataset.at) replay.load(Number(office.dataset.at));
  // Minutes pass on desks where nothing else happens, and outside the windows.
  setInterval(() => {
    if (!player && !document.hidden) {
      show();
      room.redraw();
    }
  }, 20000);
}
// A connection can be dead without anybody having said so.
setInterval(() => {
  if (!player && performance.now() - heardAt > 45000) tick(null, "No news");
}, 5000);
listen();
