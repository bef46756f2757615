// Runs every case of every client that a script brings against every provider, and prints a JSON line for each:
//   {client, provider, case, problem, seconds}   problem is empty if all was as it should be
//
// A client is an object of functions, each of which asks `model` with the vendor's own SDK:
//   ask(model, prompt, streamed, {onPiece, signal})  → {text, finish, input, cached, output}
//   tools(model, prompt, streamed, weather)          → the last text; weather(city) is the tool
//   structured(model, prompt, schema)                → the parsed object
//   thoughts(model, prompt, streamed, weather)       → {thought, text}
//   look(model, prompt, png)                         → the text
//   own(error)                                       whether the SDK raised it as its own
//   status(error)                                    the HTTP status, as the SDK tells it
// and of words for what the client does by itself, whoever the provider is:
//   family            what its models are called, if that means something to it
//   losesSeals        it may have no place for what proves a thought
//   asksNoThoughts    it cannot ask for thoughts, which some providers then do not show
//   hidesThoughts     it does not show what the model thought
//   ignoresFailure    it takes its vendor's word for a failure amid a stream for an end
//   splitsResults     it sends results of parallel calls apart, which Gemini refuses
//   wrapsResults      it puts results of tools into an object
//   countsLoosely     it adds up the numbers that a stream repeats, misses those at its end, or leaves thoughts out
import assert from "node:assert/strict";

const env = process.env;
const providers = env.PROVIDERS.split(",");
const only = process.argv[2];

const TEXT = "Grüße, 世界 🌍: “quoted”, \\back, and a tab.";
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const PNG_SEEN = "image/png of 70 bytes (1c492093)";
const PARALLEL = 'simulate: tool weather {"city":"Oslo"}\nsimulate: tool weather {"city":"Rome, \\"Lazio\\""}';
const THOUGHT = "Let me weigh this, carefully.";
const SCHEMA = {
  type: "object",
  properties: {
    city: { type: "string" },
    degrees: { type: "integer" },
    tags: { type: "array", items: { type: "string", enum: ["wet", "dry"] } },
  },
  required: ["city", "degrees", "tags"],
  additionalProperties: false,
};

const QUIRKS = [
  "losesSeals",
  "asksNoThoughts",
  "hidesThoughts",
  "ignoresFailure",
  "splitsResults",
  "wrapsResults",
  "countsLoosely",
];

const cases = {
  async text(client, model) {
    const answer = await client.ask(model, `simulate: say ${TEXT}`, false, {});
    assert.equal(answer.text, TEXT);
    assert.equal(answer.finish, "stop");
  },

  async stream(client, model) {
    const pieces = [];
    const onPiece = (piece) => piece && pieces.push(piece);
    const answer = await client.ask(model, `simulate: say ${TEXT}`, true, { onPiece });
    assert.equal(answer.text, TEXT);
    assert.equal(pieces.join(""), TEXT);
    assert.ok(pieces.length > 3, `came in ${pieces.length} pieces`);
    assert.equal(answer.finish, "stop");
  },

  usage: (client, model) => usage(client, model, false),
  "usage, streamed": (client, model) => usage(client, model, true),
  tools: (client, model, provider) => tools(client, model, provider, false),
  "tools, streamed": (client, model, provider) => tools(client, model, provider, true),

  async structured(client, model) {
    const object = await client.structured(model, "Weather, please.", SCHEMA);
    assert.equal(typeof object.city, "string");
    assert.equal(typeof object.degrees, "number");
    assert.ok(Array.isArray(object.tags));
  },

  reasoning: (client, model, provider) => reasoning(client, model, provider, false),
  "reasoning, streamed": (client, model, provider) => reasoning(client, model, provider, true),

  async image(client, model) {
    const text = await client.look(model, "What is this?\nsimulate: look", PNG);
    assert.ok(text.startsWith(`I see ${PNG_SEEN};`), text);
  },

  async cancelled(client, model) {
    const aborting = new AbortController();
    const onPiece = (piece) => piece && aborting.abort();
    await assert.rejects(
      client.ask(`${model}-simulated-slow`, "simulate: words 50", true, {
        onPiece,
        signal: aborting.signal,
      }),
    );
    assert.ok(aborting.signal.aborted, "failed before anything came");
  },

  async error(client, model) {
    const error = await failure(client.ask(`${model}-simulated-limited`, "hello", false, {}));
    assert.ok(client.own(error), `not the client's own: ${describe(error)}`);
    assert.equal(client.status(error), 429, describe(error));
  },

  broken: (client, model) => broken(client, `${model}-simulated-broken`),
  cut: (client, model) => broken(client, `${model}-simulated-cut`),
};

async function usage(client, model, streamed) {
  const prompt =
    "simulate: say counted\nsimulate: usage uncached_input=100 cache_read=20 output_text=30 output_reasoning=10";
  const { input, cached, output } = await client.ask(model, prompt, streamed, {});
  if (client.countsLoosely) {
    assert.ok(input === 120 || input === 0, `input: ${input}`);
    assert.ok(output >= 30 && output <= 41, `output: ${output}`);
    return;
  }
  assert.deepEqual({ input, cached, output }, { input: 120, cached: 20, output: 40 });
}

async function tools(client, model, provider, streamed) {
  const cities = [];
  const weather = (city) => (cities.push(city), "rain");
  const asking = client.tools(model, `Weather?\n${PARALLEL}`, streamed, weather);
  if (client.splitsResults && ["gemini", "any"].includes(provider)) {
    assert.match(describe(await failure(asking)), /number of function response parts/);
    return;
  }
  const text = await asking;
  assert.deepEqual(cities, ["Oslo", 'Rome, "Lazio"']);
  assert.match(text, client.wrapsResults ? /answered with \d+ characters/ : /answered with 8 characters/);
}

async function reasoning(client, model, provider, streamed) {
  const prompt = `Weather?\nsimulate: think ${THOUGHT}\nsimulate: tool weather {"city":"Oslo"}\nsimulate: then\nsimulate: look`;
  const { thought, text } = await client.thoughts(model, prompt, streamed, () => "rain");
  const unasked = client.asksNoThoughts && ["openai", "azure", "responses", "gemini"].includes(provider);
  if (!client.hidesThoughts && !(unasked && !thought)) {
    assert.ok(thought.startsWith(THOUGHT), `thought: ${thought}`);
  }
  // A model without seals has none to miss; no model may ever see another's.
  const mine = client.losesSeals || provider === "compatible" ? "[01]" : "1";
  assert.match(text, new RegExp(`seals on thoughts: ${mine} mine, 0 foreign`));
}

async function broken(client, model) {
  const said = [];
  const onPiece = (piece) => piece && said.push(piece);
  if (client.ignoresFailure && model.endsWith("-broken")) {
    await client.ask(model, "hello", true, { onPiece }).catch(() => {});
    assert.ok(said.length > 0, "nothing came before the failure");
    return;
  }
  const error = await failure(client.ask(model, "hello", true, { onPiece }));
  assert.ok(client.own(error), `not the client's own: ${describe(error)}`);
  assert.ok(said.length > 0, "nothing came before the failure");
}

async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.fail("it did not fail");
}

function describe(error) {
  return `${error?.constructor?.name} ${error?.message} ${error?.cause ?? ""}`.slice(0, 600);
}

async function within(seconds, work) {
  let timer;
  const late = new Promise((_, no) => {
    timer = setTimeout(() => no(new Error(`not done in ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function runOn(client, provider) {
  for (const [name, run] of Object.entries(cases)) {
    if (only && !name.startsWith(only)) {
      continue;
    }
    let problem = "";
    const began = Date.now();
    try {
      await within(30, run(client, `${client.family ?? "gpt-5"}-on-${provider}`, provider));
    } catch (error) {
      problem = describe(error) || "failed";
    }
    const seconds = (Date.now() - began) / 1000;
    console.log(JSON.stringify({ client: client.name, provider, case: name, problem, seconds }));
  }
}

/** Providers at once, cases in order. */
export async function matrix(...clients) {
  // What is left over of a stream that failed is no news.
  process.on("unhandledRejection", () => {});
  for (const client of clients) {
    const quirks = QUIRKS.filter((word) => client[word]);
    console.log(JSON.stringify({ client: client.name, quirks }));
    await Promise.all(providers.map((provider) => runOn(client, provider)));
  }
  process.exit(0);
}

/** Where a client finds Probity. */
export const address = (client) => JSON.parse(env.ADDRESSES)[client];
export const apiKey = env.API_KEY;
export const packages = env.PACKAGES;
