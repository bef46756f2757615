// Anthropic's SDK: a loop with a tool until there is an answer. Arguments: messages, streamed or not.
import { createRequire } from "node:module";

const { default: Anthropic } = createRequire(process.env.PACKAGES)("@anthropic-ai/sdk");
const stream = process.argv[3] === "true";
const client = new Anthropic({
  baseURL: process.env.BASE_URL,
  apiKey: process.env.API_KEY,
});
const input_schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const messages = [
  {
    role: "user",
    content: 'Weather? simulate: tool weather {"city":"Oslo"}\nsimulate: tool weather {"city":"Rome"}',
  },
];
const cities = [];
for (;;) {
  const request = {
    model: process.env.MODEL,
    max_tokens: 2000,
    thinking: { type: "enabled", budget_tokens: 1024 },
    tools: [{ name: "weather", input_schema }],
    messages,
  };
  const message = stream
    ? await client.messages.stream(request).finalMessage()
    : await client.messages.create(request);
  const calls = message.content.filter((block) => block.type === "tool_use");
  if (!calls.length) {
    const text = message.content.find((block) => block.type === "text").text;
    const tokens = message.usage.input_tokens + message.usage.output_tokens;
    console.log(JSON.stringify({ text, tokens, cities }));
    break;
  }
  messages.push({ role: "assistant", content: message.content });
  const results = calls.map((call) => {
    cities.push(call.input.city);
    return { type: "tool_result", tool_use_id: call.id, content: "rain" };
  });
  messages.push({ role: "user", content: results });
}
