// LangChain.js with the chat models of three vendors, OpenAI's in both of its formats.
import { createRequire } from "node:module";
import { address, apiKey, matrix, packages } from "./matrix.mjs";

const require = createRequire(packages);
const { HumanMessage, ToolMessage } = require("@langchain/core/messages");
const { ChatOpenAI } = require("@langchain/openai");
const { ChatAnthropic } = require("@langchain/anthropic");
const { ChatGoogleGenerativeAI } = require("@langchain/google-genai");

const tool = {
  type: "function",
  function: {
    name: "weather",
    description: "The weather.",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};

const spoken = (message) =>
  typeof message.content === "string"
    ? message.content
    : message.content.filter((block) => block.type === "text").map((block) => block.text).join("");

// Standard content blocks say alike what every vendor's model thought.
const thoughtOf = (message) =>
  message.contentBlocks.filter((block) => block.type === "reasoning").map((block) => block.reasoning).join("");

const FINISHES = { end_turn: "stop", STOP: "stop", completed: "stop" };

function client(name, family, make, more = {}) {
  async function send(model, messages, streamed, { onPiece, signal } = {}) {
    if (!streamed) {
      return model.invoke(messages, { signal });
    }
    let whole;
    for await (const chunk of await model.stream(messages, { signal })) {
      whole = whole ? whole.concat(chunk) : chunk;
      onPiece?.(spoken(chunk));
    }
    return whole;
  }

  async function loop(model, prompt, streamed, weather) {
    const tooled = model.bindTools([tool]);
    const messages = [new HumanMessage(prompt)];
    let thought = "";
    for (;;) {
      const message = await send(tooled, messages, streamed);
      thought ||= thoughtOf(message);
      if (!message.tool_calls?.length) {
        return { thought, text: spoken(message) };
      }
      messages.push(message);
      for (const call of message.tool_calls) {
        messages.push(new ToolMessage({ content: weather(call.args.city), tool_call_id: call.id, name: call.name }));
      }
    }
  }

  return {
    name,
    family,
    own: (error) => error instanceof Error && (!(error instanceof TypeError) || /terminated/.test(error.message)),
    status: (error) => error.status ?? error.cause?.status,

    async ask(name, prompt, streamed, options) {
      const message = await send(make(name), [new HumanMessage(prompt)], streamed, options);
      const usage = message.usage_metadata ?? {};
      const said = message.response_metadata ?? {};
      const finish = said.finish_reason ?? said.stop_reason ?? said.finishReason ?? said.status ?? message.additional_kwargs.stop_reason ?? message.additional_kwargs.finishReason;
      return {
        text: spoken(message),
        finish: FINISHES[finish] ?? finish,
        input: usage.input_tokens,
        cached: usage.input_token_details?.cache_read,
        output: usage.output_tokens,
      };
    },

    async tools(name, prompt, streamed, weather) {
      return (await loop(make(name), prompt, streamed, weather)).text;
    },

    thoughts: (name, prompt, streamed, weather) => loop(make(name, true), prompt, streamed, weather),

    async structured(name, prompt, schema) {
      const titled = { title: "weather", ...schema };
      return make(name).withStructuredOutput(titled, { name: "weather", ...more.structured }).invoke(prompt);
    },

    async look(name, prompt, png) {
      const image = { type: "image_url", image_url: { url: `data:image/png;base64,${png}` } };
      const content = [{ type: "text", text: prompt }, image];
      return spoken(await make(name).invoke([new HumanMessage({ content })]));
    },

    ...more,
  };
}

const openai = (useResponsesApi) => (model, thinks) =>
  new ChatOpenAI({
    model,
    apiKey,
    maxRetries: 0,
    streamUsage: true,
    useResponsesApi,
    configuration: { baseURL: address("langchain-openai-chat") },
    ...(thinks ? { reasoning: { effort: "low", summary: useResponsesApi ? "auto" : undefined } } : {}),
    ...(useResponsesApi ? { zdrEnabled: true, modelKwargs: { include: ["reasoning.encrypted_content"] } } : {}),
  });

const anthropic = (model, thinks) =>
  new ChatAnthropic({
    model,
    apiKey,
    maxRetries: 0,
    anthropicApiUrl: address("langchain-anthropic"),
    maxTokens: 4000,
    ...(thinks ? { thinking: { type: "enabled", budget_tokens: 1024 } } : {}),
  });

const google = (model, thinks) =>
  new ChatGoogleGenerativeAI({
    model,
    apiKey,
    maxRetries: 0,
    baseUrl: address("langchain-google-genai"),
    ...(thinks ? { thinkingConfig: { includeThoughts: true } } : {}),
  });

await matrix(
  client("langchain-openai-chat", "gpt-5", openai(false), { losesSeals: true, hidesThoughts: true }),
  client("langchain-openai-responses", "gpt-5", openai(true), { ignoresFailure: true }),
  client("langchain-anthropic", "claude-sonnet-4-5", anthropic, { countsLoosely: true }),
  client("langchain-google-genai", "gemini-2.5-pro", google, {
    hidesThoughts: true,
    ignoresFailure: true,
    splitsResults: true,
    wrapsResults: true,
    countsLoosely: true,
  }),
);
