// Google's SDK: a loop with a tool until there is an answer. Arguments: content, streamed or not.
import { createRequire } from "node:module";

const { GoogleGenAI } = createRequire(process.env.PACKAGES)("@google/genai");
const stream = process.argv[3] === "true";
const client = new GoogleGenAI({
  apiKey: process.env.API_KEY,
  httpOptions: { baseUrl: process.env.BASE_URL },
});
const parametersJsonSchema = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
};
const text = 'Weather? simulate: tool weather {"city":"Oslo"}\nsimulate: tool weather {"city":"Rome"}';
const contents = [{ role: "user", parts: [{ text }] }];
const cities = [];

async function all(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return chunks;
}

// The parts of an answer, and what it cost.
async function ask() {
  const request = {
    model: process.env.MODEL,
    contents,
    config: {
      tools: [{ functionDeclarations: [{ name: "weather", parametersJsonSchema }] }],
      thinkingConfig: { includeThoughts: true },
    },
  };
  const chunks = stream
    ? await all(await client.models.generateContentStream(request))
    : [await client.models.generateContent(request)];
  return {
    parts: chunks.flatMap((chunk) => chunk.candidates[0].content.parts),
    tokens: chunks.at(-1).usageMetadata.totalTokenCount,
  };
}

for (;;) {
  const { parts, tokens } = await ask();
  const calls = parts.filter((part) => part.functionCall).map((part) => part.functionCall);
  if (!calls.length) {
    const answer = parts.filter((part) => !part.thought).map((part) => part.text);
    console.log(JSON.stringify({ text: answer.join(""), tokens, cities }));
    break;
  }
  contents.push({ role: "model", parts });
  const results = calls.map(({ id, name, args }) => {
    cities.push(args.city);
    return { functionResponse: { id, name, response: { output: "rain" } } };
  });
  contents.push({ role: "user", parts: results });
}
