// Vercel's AI SDK with the packages of three vendors and the one for everybody who speaks OpenAI's chat format.
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { address, apiKey, matrix, packages } from "./matrix.mjs";

const require = createRequire(packages);
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { APICallError, AISDKError, Output, generateText, isStepCount, jsonSchema, streamText, tool } = await load("ai");
const { createOpenAI } = await load("@ai-sdk/openai");
const { createAnthropic } = await load("@ai-sdk/anthropic");
const { createGoogle, createGoogleGenerativeAI } = await load("@ai-sdk/google");
const { createOpenAICompatible } = await load("@ai-sdk/openai-compatible");

globalThis.AI_SDK_LOG_WARNINGS = false;

function client(name, family, make, thinking, more = {}) {
  async function send(request, streamed, { onPiece, signal } = {}) {
    const asked = { maxRetries: 0, maxOutputTokens: 4000, abortSignal: signal, ...request };
    if (!streamed) {
      return generateText(asked);
    }
    let failure;
    const result = streamText({ ...asked, onError: ({ error }) => (failure = error) });
    for await (const part of result.fullStream) {
      if (part.type === "text-delta") {
        onPiece?.(part.text);
      } else if (part.type === "error") {
        failure = part.error;
      } else if (part.type === "abort") {
        failure = new Error("aborted");
      }
    }
    if (failure) {
      throw failure;
    }
    return {
      text: await result.text,
      finishReason: await result.finishReason,
      totalUsage: await result.totalUsage,
      steps: await result.steps,
    };
  }

  const weatherTool = (weather) => ({
    weather: tool({
      inputSchema: jsonSchema({
        type: "object",
        properties: { city: { type: "string" } },
        required: ["city"],
        additionalProperties: false,
      }),
      execute: async ({ city }) => weather(city),
    }),
  });

  return {
    name,
    family,
    // What a provider says amid a stream comes as it was said.
    own: (error) => AISDKError.isInstance(error) || "message" in error || "error" in error,
    status: (error) => (APICallError.isInstance(error) ? error.statusCode : undefined),

    async ask(model, prompt, streamed, options) {
      const { text, finishReason, totalUsage } = await send({ model: make(model), prompt }, streamed, options);
      return {
        text,
        finish: finishReason,
        input: totalUsage.inputTokens,
        cached: totalUsage.inputTokenDetails.cacheReadTokens,
        output: totalUsage.outputTokens,
      };
    },

    async tools(model, prompt, streamed, weather) {
      const tools = weatherTool(weather);
      return (await send({ model: make(model), prompt, tools, stopWhen: isStepCount(4) }, streamed)).text;
    },

    async thoughts(model, prompt, streamed, weather) {
      const { steps } = await send(
        {
          model: make(model),
          prompt,
          tools: weatherTool(weather),
          stopWhen: isStepCount(4),
          providerOptions: thinking,
        },
        streamed,
      );
      return { thought: steps[0].reasoningText ?? "", text: steps.at(-1).text };
    },

    async structured(model, prompt, schema) {
      const output = Output.object({ schema: jsonSchema(schema) });
      return (await generateText({ model: make(model), prompt, output, maxRetries: 0 })).output;
    },

    async look(model, prompt, png) {
      const content = [
        { type: "text", text: prompt },
        { type: "file", mediaType: "image/png", data: png },
      ];
      return (await send({ model: make(model), messages: [{ role: "user", content }] }, false)).text;
    },

    ...more,
  };
}

const openai = createOpenAI({ baseURL: address("vercel-openai-chat"), apiKey });
const anthropic = createAnthropic({ baseURL: address("vercel-anthropic"), apiKey });
const google = (createGoogle ?? createGoogleGenerativeAI)({ baseURL: address("vercel-google"), apiKey });
const compatible = createOpenAICompatible({
  name: "probity",
  baseURL: address("vercel-openai-compatible"),
  apiKey,
  includeUsage: true,
  supportsStructuredOutputs: true,
});

await matrix(
  client("vercel-openai-chat", "gpt-5", (model) => openai.chat(model), { openai: { reasoningEffort: "low" } }, {
    losesSeals: true,
    hidesThoughts: true,
  }),
  client("vercel-openai-responses", "gpt-5", (model) => openai.responses(model), {
    openai: { reasoningEffort: "low", reasoningSummary: "auto", store: false },
  }),
  client("vercel-anthropic", "claude-sonnet-4-5", (model) => anthropic(model), {
    anthropic: { thinking: { type: "enabled", budgetTokens: 1024 } },
  }),
  client("vercel-google", "gemini-2.5-pro", (model) => google(model), {
    google: { thinkingConfig: { includeThoughts: true } },
  }, { wrapsResults: true }),
  client("vercel-openai-compatible", "gpt-5", (model) => compatible.chatModel(model), {
    probity: { reasoningEffort: "low" },
  }, { losesSeals: true, asksNoThoughts: true }),
);
