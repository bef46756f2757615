package dev.probity.web.connect;

import dev.probity.http.Origin;
import dev.probity.web.connect.Snippet.Block;
import java.util.List;

/** The texts of {@link ConnectPage}, one per client. {@code YOUR_KEY} is where the key goes. */
final class Snippets {
  static final String SIMULATED = "simulated";

  private static final String KEY = "YOUR_KEY";

  private Snippets() {}

  static List<Snippet> all(
      Origin origin, String openAiModel, String anthropicModel, String geminiModel) {
    String base = origin.toString();
    return List.of(
        curl(base, openAiModel),
        claudeCode(base, anthropicModel),
        codex(base, openAiModel),
        geminiCli(origin, geminiModel),
        openAi(base, openAiModel),
        anthropic(base, anthropicModel));
  }

  private static Snippet curl(String base, String model) {
    return new Snippet(
        "curl",
        "curl",
        "The quickest way to see a row appear under Exchanges.",
        List.of(
            new Block(
                "Shell",
                """
                curl %s/v1/chat/completions \\
                  -H "Authorization: Bearer %s" \\
                  -H "Content-Type: application/json" \\
                  -d '{"model": "%s", "messages": [{"role": "user", "content": "Say hello"}]}'
                """
                    .formatted(base, KEY, model))));
  }

  private static Snippet claudeCode(String base, String model) {
    // Claude Code asks for models of its own choice, unless it is told.
    String models =
        model.equals(SIMULATED)
            ? "export ANTHROPIC_MODEL=\"%1$s\" ANTHROPIC_SMALL_FAST_MODEL=\"%1$s\"\n"
                .formatted(model)
            : "";
    return new Snippet(
        "claude-code",
        "Claude Code",
        "The address has no /v1. Add the lines to your shell's profile to keep them.",
        List.of(
            new Block(
                "Shell",
                """
                export ANTHROPIC_BASE_URL="%s"
                export ANTHROPIC_AUTH_TOKEN="%s"
                %sclaude
                """
                    .formatted(base, KEY, models))));
  }

  private static Snippet codex(String base, String model) {
    return new Snippet(
        "codex",
        "Codex CLI",
        "Codex speaks the Responses API only.",
        List.of(
            new Block(
                "~/.codex/config.toml",
                """
                model = "%s"
                model_provider = "probity"

                [model_providers.probity]
                name = "Probity"
                base_url = "%s/v1"
                env_key = "PROBITY_KEY"
                wire_api = "responses"
                """
                    .formatted(model, base)),
            new Block(
                "Shell",
                """
                export PROBITY_KEY="%s"
                codex
                """
                    .formatted(KEY))));
  }

  private static Snippet geminiCli(Origin origin, String model) {
    String hint =
        origin.isSecure() || origin.host().matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:.*)?")
            ? ""
            : "Gemini CLI insists on https unless the address is localhost: give Probity a"
                + " certificate, or put it behind a proxy that has one.";
    return new Snippet(
        "gemini-cli",
        "Gemini CLI",
        hint,
        List.of(
            new Block(
                "Shell",
                """
                export GOOGLE_GEMINI_BASE_URL="%s"
                export GEMINI_API_KEY="%s"
                gemini%s
                """
                    .formatted(origin, KEY, model.equals(SIMULATED) ? " --model " + model : ""))));
  }

  private static Snippet openAi(String base, String model) {
    return new Snippet(
        "openai",
        "OpenAI SDK",
        "",
        List.of(
            new Block(
                "Python",
                """
                from openai import OpenAI

                client = OpenAI(base_url="%s/v1", api_key="%s")
                answer = client.chat.completions.create(
                    model="%s",
                    messages=[{"role": "user", "content": "Say hello"}],
                )
                print(answer.choices[0].message.content)
                """
                    .formatted(base, KEY, model)),
            new Block(
                "Node",
                """
                import OpenAI from "openai";

                const client = new OpenAI({ baseURL: "%s/v1", apiKey: "%s" });
                const answer = await client.chat.completions.create({
                  model: "%s",
                  messages: [{ role: "user", content: "Say hello" }],
                });
                console.log(answer.choices[0].message.content);
                """
                    .formatted(base, KEY, model)),
            new Block(
                "Java",
                """
                import com.openai.client.OpenAIClient;
                import com.openai.client.okhttp.OpenAIOkHttpClient;
                import com.openai.models.chat.completions.ChatCompletion;
                import com.openai.models.chat.completions.ChatCompletionCreateParams;

                OpenAIClient client =
                    OpenAIOkHttpClient.builder().baseUrl("%s/v1").apiKey("%s").build();
                ChatCompletion answer =
                    client.chat().completions().create(
                        ChatCompletionCreateParams.builder()
                            .model("%s")
                            .addUserMessage("Say hello")
                            .build());
                """
                    .formatted(base, KEY, model))));
  }

  private static Snippet anthropic(String base, String model) {
    return new Snippet(
        "anthropic",
        "Anthropic SDK",
        "The address has no /v1: the SDK adds it.",
        List.of(
            new Block(
                "Python",
                """
                from anthropic import Anthropic

                client = Anthropic(base_url="%s", api_key="%s")
                message = client.messages.create(
                    model="%s",
                    max_tokens=1024,
                    messages=[{"role": "user", "content": "Say hello"}],
                )
                print(message.content[0].text)
                """
                    .formatted(base, KEY, model)),
            new Block(
                "Node",
                """
                import Anthropic from "@anthropic-ai/sdk";

                const client = new Anthropic({ baseURL: "%s", apiKey: "%s" });
                const message = await client.messages.create({
                  model: "%s",
                  max_tokens: 1024,
                  messages: [{ role: "user", content: "Say hello" }],
                });
                console.log(message.content[0].text);
                """
                    .formatted(base, KEY, model))));
  }
}
