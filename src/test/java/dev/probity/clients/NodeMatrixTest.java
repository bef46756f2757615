package dev.probity.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The SDKs and frameworks for Node, unchanged, on every kind of provider. Each script of {@code
 * src/test/clients} is one process that tries all cases; {@code matrix.mjs} has them.
 */
class NodeMatrixTest extends ClientTest {
  private static final List<String> CASES =
      List.of(
          "text",
          "stream",
          "usage",
          "usage, streamed",
          "tools",
          "tools, streamed",
          "structured",
          "reasoning",
          "reasoning, streamed",
          "image",
          "cancelled",
          "error",
          "broken",
          "cut");

  @TestFactory
  Stream<DynamicContainer> openai(@TempDir Path folder) throws Exception {
    return run(
        folder, "openai.mjs", "/openai", List.of("openai-node-chat", "openai-node-responses"));
  }

  @TestFactory
  Stream<DynamicContainer> anthropic(@TempDir Path folder) throws Exception {
    return run(folder, "anthropic.mjs", "/anthropic", List.of("anthropic-node"));
  }

  @TestFactory
  Stream<DynamicContainer> google(@TempDir Path folder) throws Exception {
    return run(folder, "genai.mjs", "/genai", List.of("google-genai-node"));
  }

  @TestFactory
  Stream<DynamicContainer> langchain(@TempDir Path folder) throws Exception {
    return run(
        folder,
        "langchain.mjs",
        "",
        List.of(
            "langchain-openai-chat",
            "langchain-openai-responses",
            "langchain-anthropic",
            "langchain-google-genai"));
  }

  @TestFactory
  Stream<DynamicContainer> vercel(@TempDir Path folder) throws Exception {
    return run(
        folder,
        "vercel.mjs",
        "",
        List.of(
            "vercel-openai-chat",
            "vercel-openai-responses",
            "vercel-anthropic",
            "vercel-google",
            "vercel-openai-compatible"));
  }

  /** The clients' addresses as the page has them, some by way of a prefix that it names, too. */
  private String addresses(String prefix) {
    Map<String, String> addresses = new LinkedHashMap<>();
    page(MODEL)
        .addresses()
        .forEach(
            (client, address) -> addresses.put(client, address.replace(base(), base() + prefix)));
    return JsonMapper.shared().writeValueAsString(addresses);
  }

  private Stream<DynamicContainer> run(
      Path folder, String script, String prefix, List<String> clients) throws Exception {
    Map<String, JsonNode> results = new LinkedHashMap<>();
    Map<String, List<String>> quirks = new LinkedHashMap<>();
    try (Sandbox sandbox = new Sandbox(folder, probity.baseUri())) {
      Sandbox.Result result =
          sandbox.run(
              Map.of(
                  "ADDRESSES",
                  addresses(prefix),
                  "API_KEY",
                  key(),
                  "PACKAGES",
                  sandbox.packages() + "/",
                  "PROVIDERS",
                  String.join(",", Providers.words())),
              List.of("node", sandbox.script(script).toString()));
      assertThat(result.exitCode()).describedAs(result.errors()).isZero();
      for (String line : result.out().lines().filter(line -> line.startsWith("{")).toList()) {
        JsonNode json = JsonMapper.shared().readTree(line);
        if (json.has("quirks")) {
          List<String> words = json.path("quirks").valueStream().map(JsonNode::asString).toList();
          quirks.put(json.path("client").asString(), words);
          continue;
        }
        results.put(
            name(
                json.path("client").asString(),
                json.path("provider").asString(),
                json.path("case").asString()),
            json);
      }
    }
    assertThat(quirks.keySet()).containsExactlyElementsOf(clients);
    Map<String, List<String>> told = page(MODEL).quirks();
    clients.forEach(client ->
        assertThat(quirks.get(client))
            .describedAs(client)
            .containsExactlyInAnyOrderElementsOf(told.getOrDefault(client, List.of())));
    return clients.stream()
        .map(client ->
            DynamicContainer.dynamicContainer(
                client,
                Providers.words().stream()
                    .flatMap(provider -> CASES.stream().map(each -> name(client, provider, each)))
                    .map(name ->
                        DynamicTest.dynamicTest(name, () -> assertFine(results.get(name), name)))));
  }

  private static String name(String client, String provider, String caseName) {
    return client + " on " + provider + ": " + caseName;
  }

  private static void assertFine(JsonNode result, String name) {
    assertThat(result).describedAs(name + " was not tried").isNotNull();
    assertThat(result.path("problem").asString()).describedAs(name).isEmpty();
  }
}
