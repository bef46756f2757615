// Everything here is an addition: every page works without it.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);

/* Times in the reader's own zone. */
const clockTime = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const dayTime = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const fullTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
function localTimes(root) {
  const today = new Date().toDateString();
  for (const time of all("time[datetime]", root)) {
    const at = new Date(time.dateTime);
    const format = "full" in time.dataset ? fullTime : "clock" in time.dataset || at.toDateString() === today ? clockTime : dayTime;
    time.textContent = format.format(at);
    time.title = fullTime.format(at);
  }
}
localTimes(document);

let toastTimer = 0;
function toast(text) {
  const element = one("#toast");
  element.textContent = text;
  element.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => element.classList.remove("shown"), 2000);
}

/* Theme: system, dark, light. */
const themes = ["system", "dark", "light"];
function theme() {
  return document.documentElement.dataset.theme ?? "system";
}
function showTheme() {
  for (const name of all("[data-theme-name]")) name.textContent = theme();
}
function nextTheme() {
  const next = themes[(themes.indexOf(theme()) + 1) % themes.length];
  if (next === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem("probity-theme", next);
  } catch {
    // It holds for this page, then.
  }
  showTheme();
}
for (const button of all("[data-theme-toggle]")) {
  button.hidden = false;
  button.addEventListener("click", nextTheme);
}
showTheme();

/* The menu on narrow screens. */
const menu = one("[data-menu]");
menu?.addEventListener("click", () => {
  const open = one(".side").classList.toggle("open");
  menu.setAttribute("aria-expanded", String(open));
});

/* Copying. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Plain http has no clipboard: select a field's text the old way.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
for (const button of all("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    const done = await copy(source.textContent.trimEnd());
    toast(done ? "Copied" : "Could not copy: select the text instead");
    button.focus();
  });
}

/* The reader's key in the texts to paste. It never leaves this tab. */
const keyField = one("[data-key]");
if (keyField) {
  const texts = all(".code code").map((element) => [element, element.textContent]);
  keyField.addEventListener("input", () => {
    const key = keyField.value.trim() || "YOUR_KEY";
    for (const [element, text] of texts) element.textContent = text.replaceAll("YOUR_KEY", key);
  });
}

/* Filters that apply themselves, and lists that are searched in place. */
for (const form of all("form[data-auto]")) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "range") for (const field of all("[data-period]", form)) field.remove();
    form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    for (const field of all("input, select", form)) if (field.value === "") field.disabled = true;
  });
}
addEventListener("pageshow", () => {
  for (const field of all("form[data-auto] :disabled")) field.disabled = false;
});
for (const field of all("[data-find]")) {
  // An entry whose own text fits is shown whole; otherwise only those of its rows that fit.
  const text = (element) => element.textContent.toLowerCase();
  const entries = all(field.dataset.find).map((element) => {
    const rows = all(field.dataset.findRows, element).map((row) => [row, text(row)]);
    const own = element.cloneNode(true);
    for (const row of all(field.dataset.findRows, own)) row.remove();
    return [element, text(own), rows];
  });
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (its) => words.every((word) => its.includes(word));
    let shown = 0;
    for (const [element, own, rows] of entries) {
      const whole = fits(own);
      let fitting = 0;
      for (const [row, its] of rows) {
        row.hidden = !whole && !fits(own + its);
        if (!row.hidden) fitting++;
      }
      element.hidden = !whole && fitting === 0;
      if (!element.hidden) shown++;
    }
    one("[data-find-none]").hidden = shown > 0;
  });
}

/* Asking before a key is revoked, without leaving the list. */
const revoke = one("#revoke");
for (const link of all("[data-revoke]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    one("[data-revoke-name]").textContent = link.dataset.revoke;
    one("[data-revoke-form]").action = link.href;
    revoke.showModal();
  });
}
for (const button of all("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close());

/* What a bar of the chart says. */
function tips(chart) {
  for (const title of all("title", chart)) title.remove();
  for (const old of all(".tip")) old.remove();
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  const value = document.createElement("strong");
  const label = document.createElement("span");
  tip.append(value, label);
  document.body.append(tip);
  chart.addEventListener("pointermove", (event) => {
    const bar = event.target.closest("[data-tip]");
    tip.hidden = !bar;
    if (!bar) return;
    value.textContent = bar.dataset.value;
    label.textContent = bar.dataset.tip;
    const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
    // The constructed position is set on the element's own style object, which the policy allows.
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${Math.max(8, event.clientY - tip.offsetHeight - 12)}px`;
  });
  chart.addEventListener("pointerleave", () => (tip.hidden = true));
}
for (const chart of all(".chart > svg")) tips(chart);

/* New rows as they come. */
const mostRows = 200;
const live = one("[data-live]");
if (live && "EventSource" in window) {
  const rows = one("[data-rows]");
  const text = one("[data-live-text]");
  const note = one("[data-live-note]");
  let source = null;
  let arrived = 0;
  let missed = 0;
  const say = (state, words) => {
    live.classList.toggle("on", state === "on");
    live.classList.toggle("lost", state === "lost");
    live.setAttribute("aria-pressed", String(state !== "off"));
    text.textContent = words;
  };
  const listen = () => {
    say("lost", "Connecting");
    source = new EventSource(live.dataset.live);
    source.addEventListener("ready", () => say("on", "Live"));
    source.addEventListener("exchange", (event) => {
      const piece = document.createElement("template");
      piece.innerHTML = event.data;
      const row = piece.content.firstElementChild;
      if (document.getElementById(row.id)) return;
      localTimes(row);
      row.classList.add("fresh");
      rows.prepend(row);
      while (rows.rows.length > mostRows) rows.deleteRow(-1);
      one("[data-rows-card]").hidden = false;
      one("[data-empty]")?.remove();
      arrived++;
      text.textContent = `Live · ${arrived} new`;
    });
    // A session goes on: its row takes the place of the one that stands there.
    source.addEventListener("row", (event) => {
      const piece = document.createElement("template");
      piece.innerHTML = event.data;
      const row = piece.content.firstElementChild;
      const known = document.getElementById(row.id);
      localTimes(row);
      row.classList.add("fresh");
      if (known) {
        const focused = known.contains(document.activeElement);
        known.replaceWith(row);
        if (focused) one(".row-link", row)?.focus();
        return;
      }
      rows.prepend(row);
      while (rows.rows.length > mostRows) rows.deleteRow(-1);
      one("[data-rows-card]").hidden = false;
      one("[data-empty]")?.remove();
      arrived++;
      text.textContent = `Live · ${arrived} new`;
    });
    source.addEventListener("missed", (event) => {
      missed += Number(event.data);
      note.hidden = false;
      note.textContent = `${missed} came too fast to show here. Reload to see them.`;
    });
    source.addEventListener("error", () => {
      if (source?.readyState === EventSource.CLOSED) {
        // Refused, not interrupted: the session is over, most likely.
        source = null;
        say("lost", "Stopped: reload the page");
      } else {
        say("lost", "Reconnecting");
      }
    });
  };
  const pause = () => {
    source?.close();
    source = null;
    say("off", "Paused");
  };
  live.hidden = false;
  live.addEventListener("click", () => (source ? pause() : listen()));
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted && source) listen();
  });
  listen();
}

/* Pages that are fetched anew when something was reported. */
const refresh = one("[data-refresh]");
function openAll(root) {
  for (const button of all("[data-open-all]", root)) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const turns = all("details", one(button.dataset.openAll));
      const open = turns.some((turn) => !turn.open);
      for (const turn of turns) turn.open = open;
      button.textContent = open ? "Close all" : "Open all";
    });
  }
}
openAll(document);
if (refresh && "EventSource" in window) {
  const every = Number(refresh.dataset.refreshEvery ?? 2000);
  const text = one("[data-live-text]", refresh);
  let source = null;
  let timer = 0;
  const say = (state, words) => {
    refresh.classList.toggle("on", state === "on");
    refresh.classList.toggle("lost", state === "lost");
    refresh.setAttribute("aria-pressed", String(state !== "off"));
    text.textContent = words;
  };
  const fetchAnew = async () => {
    timer = 0;
    const old = one("[data-refreshed]");
    // Whoever points at a part of it, or reads a table that opened, is not disturbed.
    if (!old || old.contains(document.activeElement)) return later();
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = one("[data-refreshed]", page);
    if (!fresh) return location.reload();
    for (const details of all("details[data-keep]", old)) {
      const same = all("details[data-keep]", fresh).find((each) => each.dataset.keep === details.dataset.keep);
      if (same) same.open = details.open;
    }
    old.replaceWith(document.adoptNode(fresh));
    localTimes(fresh);
    openAll(fresh);
    for (const svg of all(".chart > svg", fresh)) tips(svg);
  };
  const later = () => (timer ||= setTimeout(() => fetchAnew().catch(() => say("lost", "Reconnecting")), every));
  const listen = () => {
    say("lost", "Connecting");
    source = new EventSource(refresh.dataset.refresh);
    source.addEventListener("ready", () => say("on", "Live"));
    source.addEventListener("reported", later);
    source.addEventListener("error", () => {
      const over = source?.readyState === EventSource.CLOSED;
      if (over) source = null;
      say("lost", over ? "Stopped: reload the page" : "Reconnecting");
    });
  };
  const pause = () => {
    source?.close();
    source = null;
    clearTimeout(timer);
    timer = 0;
    say("off", "Paused");
  };
  refresh.hidden = false;
  refresh.addEventListener("click", () => (source ? pause() : listen()));
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted && source) listen();
  });
  listen();
}

/* The first report of an agent that was just connected. */
const waiting = one("[data-wait]");
if (waiting && "EventSource" in window) {
  const text = one("[data-wait-text]", waiting);
  const source = new EventSource(waiting.dataset.wait);
  source.addEventListener("ready", () => {
    if (waiting.classList.contains("done")) return;
    waiting.classList.add("on");
    text.textContent = "Waiting for the first report…";
  });
  source.addEventListener("reported", (event) => {
    waiting.classList.remove("on");
    waiting.classList.add("done");
    text.textContent = `${event.data} has reported. `;
    const link = document.createElement("a");
    link.href = "/sessions";
    link.textContent = "See its sessions";
    text.append(link);
    source.close();
  });
  addEventListener("pagehide", () => source.close());
}

/* The keyboard. */
const help = one("#help");
for (const button of all("[data-help]")) {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}
let goPressedAt = 0;
function step(by) {
  const links = all(".row-link");
  const now = links.indexOf(document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, now + by))]?.focus();
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (typing) {
    if (event.key === "Escape") typing.blur();
    return;
  }
  if (one("dialog[open]")) return;
  if (performance.now() - goPressedAt < 1200) {
    goPressedAt = 0;
    const entry = all("[data-go]").find((link) => link.dataset.go === event.key);
    if (entry) {
      event.preventDefault();
      location.href = entry.href;
      return;
    }
  }
  const actions = {
    g: () => (goPressedAt = performance.now()),
    "/": () => one("[data-filter-focus]")?.focus(),
    "?": () => help?.showModal(),
    j: () => step(1),
    k: () => step(-1),
    p: () => (live ?? refresh)?.click(),
    t: nextTheme,
  };
  if (actions[event.key]) {
    event.preventDefault();
    actions[event.key]();
  }
});
