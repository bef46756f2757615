// OpenAI's SDK: a loop with a tool until there is an answer. Arguments: chat|responses, streamed or not.
import { createRequire } from "node:module";

const OpenAI = createRequire(process.env.PACKAGES)("openai");
const [api, streamed] = process.argv.slice(2);
const stream = streamed === "true";
const model = process.env.MODEL;
const client = new OpenAI({
  baseURL: `${process.env.BASE_URL}/v1`,
  apiKey: process.env.API_KEY,
});
const ask = 'Weather? simulate: tool weather {"city":"Oslo"}\nsimulate: tool weather {"city":"Rome"}';
const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const cities = [];
const weather = (input) => {
  cities.push(JSON.parse(input).city);
  return "rain";
};

async function chat() {
  const tools = [{ type: "function", function: { name: "weather", parameters } }];
  const messages = [{ role: "user", content: ask }];
  for (;;) {
    const request = { model, tools, messages };
    const completion = stream
      ? await client.chat.completions
          .stream({ ...request, stream_options: { include_usage: true } })
          .finalChatCompletion()
      : await client.chat.completions.create(request);
    const message = completion.choices[0].message;
    if (!message.tool_calls?.length) {
      return { text: message.content, tokens: completion.usage.total_tokens };
    }
    messages.push(message);
    for (const call of message.tool_calls) {
      messages.push({ role: "tool", tool_call_id: call.id, content: weather(call.function.arguments) });
    }
  }
}

async function responses() {
  const tools = [{ type: "function", name: "weather", parameters, strict: false }];
  const input = [{ role: "user", content: ask }];
  for (;;) {
    const request = { model, tools, input, reasoning: { effort: "low", summary: "auto" } };
    const response = stream
      ? await client.responses.stream(request).finalResponse()
      : await client.responses.create(request);
    const calls = response.output.filter((item) => item.type === "function_call");
    if (!calls.length) {
      return { text: response.output_text, tokens: response.usage.total_tokens };
    }
    input.push(...response.output);
    for (const call of calls) {
      const output = weather(call.arguments);
      input.push({ type: "function_call_output", call_id: call.call_id, output });
    }
  }
}

const result = await { chat, responses }[api]();
console.log(JSON.stringify({ ...result, cities }));
