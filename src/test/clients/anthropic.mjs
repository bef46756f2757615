// Anthropic's SDK.
import { createRequire } from "node:module";
import { address, apiKey, matrix, packages } from "./matrix.mjs";

const { default: Anthropic } = createRequire(packages)("@anthropic-ai/sdk");
const client = new Anthropic({ baseURL: address("anthropic-node"), apiKey, maxRetries: 0 });
const input_schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const textOf = (message) => message.content.filter((block) => block.type === "text").map((block) => block.text).join("");

await matrix({
  name: "anthropic-node",
  family: "claude-sonnet-4-5",
  own: (error) => error instanceof Anthropic.AnthropicError,
  status: (error) => error.status,

  async ask(model, prompt, streamed, { onPiece, signal }) {
    const message = await this.message(
      { model, messages: [{ role: "user", content: prompt }] },
      streamed,
      { onPiece, signal },
    );
    const { usage } = message;
    const cached = usage.cache_read_input_tokens;
    return {
      text: textOf(message),
      finish: message.stop_reason === "end_turn" ? "stop" : message.stop_reason,
      input: usage.input_tokens + cached + usage.cache_creation_input_tokens,
      cached,
      output: usage.output_tokens,
    };
  },

  async message(request, streamed, { onPiece, signal } = {}) {
    const whole = { max_tokens: 4000, ...request };
    if (!streamed) {
      return client.messages.create(whole, { signal });
    }
    const stream = client.messages.stream(whole, { signal });
    if (onPiece) {
      stream.on("text", onPiece);
    }
    return stream.finalMessage();
  },

  async tools(model, prompt, streamed, weather) {
    return (await this.loop({ model }, prompt, streamed, weather)).text;
  },

  async thoughts(model, prompt, streamed, weather) {
    const thinking = { type: "enabled", budget_tokens: 1024 };
    return this.loop({ model, thinking }, prompt, streamed, weather);
  },

  async loop(request, prompt, streamed, weather) {
    const messages = [{ role: "user", content: prompt }];
    const tools = [{ name: "weather", input_schema }];
    let thought = "";
    for (;;) {
      const message = await this.message({ ...request, tools, messages }, streamed);
      thought ||= message.content.find((block) => block.type === "thinking")?.thinking ?? "";
      const calls = message.content.filter((block) => block.type === "tool_use");
      if (!calls.length) {
        return { thought, text: textOf(message) };
      }
      messages.push({ role: "assistant", content: message.content });
      messages.push({
        role: "user",
        content: calls.map((call) => ({
          type: "tool_result",
          tool_use_id: call.id,
          content: weather(call.input.city),
        })),
      });
    }
  },

  async structured(model, prompt, schema) {
    const message = await client.messages.create({
      model,
      max_tokens: 1000,
      messages: [{ role: "user", content: prompt }],
      output_config: { format: { type: "json_schema", schema } },
    });
    return JSON.parse(textOf(message));
  },

  async look(model, prompt, data) {
    const image = { type: "image", source: { type: "base64", media_type: "image/png", data } };
    return textOf(
      await this.message({
        model,
        messages: [{ role: "user", content: [image, { type: "text", text: prompt }] }],
      }),
    );
  },
});
