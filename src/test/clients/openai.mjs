// OpenAI's SDK, with chat completions and with responses.
import { createRequire } from "node:module";
import { address, apiKey, matrix, packages } from "./matrix.mjs";

const { default: OpenAI } = createRequire(packages)("openai");
const client = new OpenAI({ baseURL: address("openai-node-chat"), apiKey, maxRetries: 0 });
const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const cityOf = (input) => JSON.parse(input).city;

// The SDK adds members to what was streamed, which the API does not take back.
function unparsed(message) {
  delete message.parsed;
  delete message.parsed_arguments;
  for (const call of message.tool_calls ?? []) {
    delete call.function.parsed_arguments;
  }
  for (const part of Array.isArray(message.content) ? message.content : []) {
    delete part.parsed;
  }
}

const common = {
  own: (error) => error instanceof OpenAI.OpenAIError,
  status: (error) => error.status,
};

const chat = {
  ...common,
  name: "openai-node-chat",
  // The format has no place for a model's seals, nor have the SDK's types for thoughts.
  losesSeals: true,
  asksNoThoughts: true,

  async ask(model, prompt, streamed, { onPiece, signal }) {
    const completion = await this.complete({ model, messages: [{ role: "user", content: prompt }] }, streamed, {
      onPiece,
      signal,
    });
    const { usage } = completion;
    const [choice] = completion.choices;
    return {
      text: choice.message.content,
      finish: choice.finish_reason,
      input: usage.prompt_tokens,
      cached: usage.prompt_tokens_details.cached_tokens,
      output: usage.completion_tokens,
    };
  },

  async complete(request, streamed, { onPiece, signal } = {}) {
    if (!streamed) {
      return client.chat.completions.create(request, { signal });
    }
    const stream = client.chat.completions.stream(
      { ...request, stream_options: { include_usage: true } },
      { signal },
    );
    if (onPiece) {
      stream.on("content", onPiece);
    }
    let thought = "";
    stream.on("chunk", (chunk) => (thought += chunk.choices[0]?.delta?.reasoning_content ?? ""));
    const completion = await stream.finalChatCompletion();
    if (thought) {
      // The SDK puts members that it does not know over each other, not together.
      completion.choices[0].message.reasoning_content = thought;
    }
    unparsed(completion.choices[0].message);
    return completion;
  },

  async tools(model, prompt, streamed, weather) {
    return (await this.loop({ model }, prompt, streamed, weather)).text;
  },

  async thoughts(model, prompt, streamed, weather) {
    return this.loop({ model, reasoning_effort: "low" }, prompt, streamed, weather);
  },

  async loop(request, prompt, streamed, weather) {
    const messages = [{ role: "user", content: prompt }];
    const tools = [{ type: "function", function: { name: "weather", parameters } }];
    let thought = "";
    for (;;) {
      const completion = await this.complete({ ...request, tools, messages }, streamed);
      const { message } = completion.choices[0];
      thought ||= message.reasoning_content ?? "";
      if (!message.tool_calls?.length) {
        return { thought, text: message.content };
      }
      messages.push(message);
      for (const call of message.tool_calls) {
        const content = weather(cityOf(call.function.arguments));
        messages.push({ role: "tool", tool_call_id: call.id, content });
      }
    }
  },

  async structured(model, prompt, schema) {
    const completion = await client.chat.completions.parse({
      model,
      messages: [{ role: "user", content: prompt }],
      response_format: { type: "json_schema", json_schema: { name: "weather", strict: true, schema } },
    });
    return completion.choices[0].message.parsed;
  },

  async look(model, prompt, png) {
    const url = `data:image/png;base64,${png}`;
    const completion = await client.chat.completions.create({
      model,
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: prompt },
            { type: "image_url", image_url: { url } },
          ],
        },
      ],
    });
    return completion.choices[0].message.content;
  },
};

const responses = {
  ...common,
  name: "openai-node-responses",

  async ask(model, prompt, streamed, { onPiece, signal }) {
    const response = await this.respond({ model, input: prompt }, streamed, { onPiece, signal });
    const { usage } = response;
    return {
      text: response.output_text,
      finish: response.status === "completed" ? "stop" : response.status,
      input: usage.input_tokens,
      cached: usage.input_tokens_details.cached_tokens,
      output: usage.output_tokens,
    };
  },

  async respond(request, streamed, { onPiece, signal } = {}) {
    if (!streamed) {
      return client.responses.create(request, { signal });
    }
    const stream = client.responses.stream(request, { signal });
    stream.on("response.output_text.delta", (event) => onPiece?.(event.delta));
    const response = await stream.finalResponse();
    if (response.status === "failed") {
      // The SDK gives a response that failed as a value, with the provider's error in it.
      throw new OpenAI.APIError(undefined, response.error, response.error?.message, undefined);
    }
    response.output.forEach(unparsed);
    return response;
  },

  async tools(model, prompt, streamed, weather) {
    return (await this.loop({ model }, prompt, streamed, weather)).text;
  },

  async thoughts(model, prompt, streamed, weather) {
    const reasoning = { effort: "low", summary: "auto" };
    const include = ["reasoning.encrypted_content"];
    return this.loop({ model, reasoning, include, store: false }, prompt, streamed, weather);
  },

  async loop(request, prompt, streamed, weather) {
    const tools = [{ type: "function", name: "weather", parameters, strict: false }];
    const input = [{ role: "user", content: prompt }];
    let thought = "";
    for (;;) {
      const response = await this.respond({ ...request, tools, input }, streamed);
      const reasoned = response.output.filter((item) => item.type === "reasoning");
      thought ||= reasoned.flatMap((item) => item.summary.map((part) => part.text)).join("");
      const calls = response.output.filter((item) => item.type === "function_call");
      if (!calls.length) {
        return { thought, text: response.output_text };
      }
      // The SDK adds a member of its own to what it streamed, which OpenAI refuses to see again.
      input.push(...response.output.map(({ parsed_arguments: _, ...item }) => item));
      for (const call of calls) {
        const output = weather(cityOf(call.arguments));
        input.push({ type: "function_call_output", call_id: call.call_id, output });
      }
    }
  },

  async structured(model, prompt, schema) {
    const format = { type: "json_schema", name: "weather", strict: true, schema };
    return (await client.responses.parse({ model, input: prompt, text: { format } })).output_parsed;
  },

  async look(model, prompt, png) {
    const content = [
      { type: "input_text", text: prompt },
      { type: "input_image", detail: "auto", image_url: `data:image/png;base64,${png}` },
    ];
    return (await client.responses.create({ model, input: [{ role: "user", content }] })).output_text;
  },
};

await matrix(chat, responses);
