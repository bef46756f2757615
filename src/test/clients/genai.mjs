// Google's SDK.
import { createRequire } from "node:module";
import { address, apiKey, matrix, packages } from "./matrix.mjs";

const { ApiError, GoogleGenAI } = createRequire(packages)("@google/genai");
const client = new GoogleGenAI({ apiKey, httpOptions: { baseUrl: address("google-genai-node") } });
const parametersJsonSchema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const spoken = (parts) => parts.filter((part) => part.text && !part.thought).map((part) => part.text).join("");

await matrix({
  name: "google-genai-node",
  family: "gemini-2.5-pro",
  // An error amid a stream the SDK raises as an ApiError, a broken connection as the runtime's own.
  own: (error) => error instanceof ApiError || /terminated|fetch failed|parse|JSON/.test(error.message),
  status: (error) => error.status,

  async ask(model, prompt, streamed, { onPiece, signal }) {
    const contents = [{ role: "user", parts: [{ text: prompt }] }];
    const { parts, usage, finish } = await this.generate(model, contents, { abortSignal: signal }, streamed, onPiece);
    return {
      text: spoken(parts),
      finish: finish === "STOP" ? "stop" : finish,
      input: usage.promptTokenCount,
      cached: usage.cachedContentTokenCount,
      output: usage.candidatesTokenCount + (usage.thoughtsTokenCount ?? 0),
    };
  },

  async generate(model, contents, config, streamed, onPiece) {
    const parts = [];
    let last;
    const chunks = streamed
      ? await client.models.generateContentStream({ model, contents, config })
      : [await client.models.generateContent({ model, contents, config })];
    for await (const chunk of chunks) {
      last = chunk;
      const more = chunk.candidates?.[0]?.content?.parts ?? [];
      parts.push(...more);
      onPiece?.(spoken(more));
    }
    return { parts, usage: last.usageMetadata, finish: last.candidates[0].finishReason };
  },

  async tools(model, prompt, streamed, weather) {
    return (await this.loop(model, prompt, {}, streamed, weather)).text;
  },

  async thoughts(model, prompt, streamed, weather) {
    return this.loop(model, prompt, { thinkingConfig: { includeThoughts: true } }, streamed, weather);
  },

  async loop(model, prompt, more, streamed, weather) {
    const config = { ...more, tools: [{ functionDeclarations: [{ name: "weather", parametersJsonSchema }] }] };
    const contents = [{ role: "user", parts: [{ text: prompt }] }];
    let thought = "";
    for (;;) {
      const { parts } = await this.generate(model, contents, config, streamed);
      thought ||= parts.filter((part) => part.thought).map((part) => part.text).join("");
      const calls = parts.filter((part) => part.functionCall).map((part) => part.functionCall);
      if (!calls.length) {
        return { thought, text: spoken(parts) };
      }
      contents.push({ role: "model", parts });
      const results = calls.map(({ id, name, args }) => ({
        functionResponse: { id, name, response: { output: weather(args.city) } },
      }));
      contents.push({ role: "user", parts: results });
    }
  },

  async structured(model, prompt, responseJsonSchema) {
    const config = { responseMimeType: "application/json", responseJsonSchema };
    return JSON.parse((await client.models.generateContent({ model, contents: prompt, config })).text);
  },

  async look(model, prompt, data) {
    const parts = [{ inlineData: { mimeType: "image/png", data } }, { text: prompt }];
    const { parts: answer } = await this.generate(model, [{ role: "user", parts }], {}, false);
    return spoken(answer);
  },
});
