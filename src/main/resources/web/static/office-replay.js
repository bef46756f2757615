// A past hour, played.

const HOUR = 3600000;
const REFRESH_MILLIS = 100;
const clockTime = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/** Where a list of steps is at an offset: the last that began by then. */
function stepAt(steps, offset) {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle][0] <= offset) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1];
}

export class Player {
  /** @param tell begin(player), frame(desks by id), end() */
  constructor(office, tell) {
    const one = (name) => office.querySelector(`[data-${name}]`);
    Object.assign(this, { tell, bar: one("replay"), form: one("replay-form"), controls: one("replay-play"), button: one("play"), speed: one("speed"), scrub: one("scrub"), time: one("replay-time"), note: one("replay-note"), opener: one("replay-open") });
    this.offset = 0;
    this.playing = 0;
    this.opener.addEventListener("click", () => (this.bar.hidden ? this.open() : this.close()));
    one("replay-close").addEventListener("click", () => this.close());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [year, month, day] = this.form.elements.day.value.split("-").map(Number);
      this.load(new Date(year, month - 1, day, Number(this.form.elements.hour.value)).getTime());
    });
    this.button.addEventListener("click", () => (this.playing ? this.pause() : this.play()));
    this.scrub.addEventListener("input", () => this.seek(Number(this.scrub.value)));
  }

  open() {
    this.bar.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    if (!this.form.elements.day.value) this.choose(new Date(Date.now() - HOUR));
    this.form.elements.day.focus();
  }

  choose(at) {
    const two = (n) => String(n).padStart(2, "0");
    this.form.elements.day.value = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
    this.form.elements.hour.value = String(at.getHours());
  }

  close() {
    this.pause();
    this.bar.hidden = true;
    this.controls.hidden = true;
    this.note.textContent = "";
    this.opener.setAttribute("aria-expanded", "false");
    this.opener.focus();
    if (this.replay) {
      this.replay = null;
      this.tell.end();
    }
  }

  async load(from) {
    this.open();
    this.pause();
    this.choose(new Date(from));
    this.note.textContent = "Loading…";
    const answer = await fetch(`/api/office/replay?from=${from}&to=${from + HOUR}`);
    const body = await answer.json();
    if (!answer.ok) {
      this.note.textContent = body.error?.message ?? "The replay could not be loaded.";
      return;
    }
    const first = Math.min(...body.items.map((it) => it.steps[0]?.[0] ?? HOUR), HOUR);
    this.replay = body;
    this.from = from;
    this.controls.hidden = false;
    this.scrub.max = String(HOUR);
    this.note.textContent = body.truncated
      ? `${body.items.length} sessions. More happened than can be shown: some are cut short.`
      : `${body.items.length} ${body.items.length === 1 ? "session" : "sessions"}. Desks show what was spent in this hour.`;
    this.tell.begin(this);
    this.seek(first >= HOUR ? 0 : first);
  }

  /** The time that is shown, in milliseconds since 1970. */
  now() {
    return this.from + this.offset;
  }

  seek(offset) {
    this.offset = Math.max(0, Math.min(HOUR, offset));
    this.scrub.value = String(this.offset);
    this.time.textContent = clockTime.format(new Date(this.now()));
    this.scrub.setAttribute("aria-valuetext", this.time.textContent);
    this.tell.frame(this.desks());
  }

  play() {
    if (this.offset >= HOUR) this.seek(0);
    this.button.textContent = "Pause";
    let last = performance.now();
    this.playing = setInterval(() => {
      const at = performance.now();
      this.seek(this.offset + (at - last) * Number(this.speed.value));
      last = at;
      if (this.offset >= HOUR) this.pause();
    }, REFRESH_MILLIS);
  }

  pause() {
    clearInterval(this.playing);
    this.playing = 0;
    this.button.textContent = "Play";
  }

  desks() {
    const all = new Map();
    for (const it of this.replay.items) {
      const step = stepAt(it.steps, this.offset);
      if (!step || step[1] === "gone") continue;
      const [began, state, tool, running, tool_calls, charge_nano_usd, tokens, errors] = step;
      const sub_agents = [];
      for (const agent of it.sub_agents) {
        const own = stepAt(agent.steps, this.offset);
        if (own && own[1] !== "gone") sub_agents.push({ id: agent.id, name: agent.name, state: own[1], tool: own[2] });
      }
      const since = new Date(this.from + began).toISOString();
      all.set(it.id, { ...it, state, since, tool, running, tool_calls, charge_nano_usd, tokens, errors, unpriced: 0, waited_ms: 0, sub_agents });
    }
    return all;
  }
}
