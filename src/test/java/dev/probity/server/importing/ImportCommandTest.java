package dev.probity.server.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.routing.ModelSettings;
import dev.probity.gateway.routing.ModelSettings.RouteSettings;
import dev.probity.gateway.upstream.DeploymentSettings;
import dev.probity.pricing.Provider;
import dev.probity.server.settings.Settings;
import dev.probity.server.settings.SettingsFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private static final String LITELLM =
      """
      model_list:
        - model_name: gpt-4o
          litellm_params:
            model: azure/gpt-4o-eu
            api_base: https://eu.openai.azure.com/
            api_key: os.environ/AZURE_API_KEY_EU
            api_version: "2025-01-01-preview"
            rpm: 6
        - model_name: gpt-4o
          litellm_params:
            model: openai/gpt-4o
            api_key: sk-literal-0123456789
            weight: 3
            order: 2
        - model_name: claude
          litellm_params:
            model: anthropic/claude-sonnet-4-5
            input_cost_per_token: 3e-06
            output_cost_per_token: 0.000015
        - model_name: local
          litellm_params:
            model: hosted_vllm/qwen
            api_base: http://10.0.0.5:8000
            tpm: 100
        - model_name: "openai/*"
          litellm_params: { model: "openai/*", api_key: os.environ/OPENAI_API_KEY }
        - model_name: bed
          litellm_params: { model: bedrock/anthropic.claude-v2, aws_region_name: us-east-1 }
      litellm_settings:
        drop_params: true
        num_retries: 2
        fallbacks: [ { claude: [ gpt-4o ] }, { nothing: [ gpt-4o ] } ]
      router_settings:
        routing_strategy: latency-based-routing
        allowed_fails: 3
        cooldown_time: 60
        model_group_alias: { smart: claude }
      general_settings:
        master_key: sk-1234
        database_url: postgresql://x
      """;

  private static final String CHANNELS =
      """
      {"success": true, "data": [
        {"id": 1, "type": 1, "status": 1, "name": "OpenAI main", "key": "sk-a\\nsk-b", "weight": 5,
         "priority": 10, "models": "gpt-4o,gpt-4o-mini", "group": "vip", "base_url": "",
         "model_mapping": "{\\"gpt-4o\\": \\"gpt-4o-2024-11-20\\"}"},
        {"id": 2, "type": 36, "status": 1, "name": "DS", "key": "sk-ds", "models": "deepseek-chat"},
        {"id": 3, "type": 14, "status": 2, "name": "off", "key": "x", "models": "claude-3"},
        {"id": 4, "type": 33, "status": 1, "name": "aws", "key": "x", "models": "claude-3"},
        {"id": 5, "type": 8, "status": 1, "name": "custom", "key": "k'q", "models": "m",
         "base_url": "https://llm.example/"}
      ]}
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run(String source, String text) throws Exception {
    Path file = Files.writeString(folder.resolve("theirs"), text);
    PrintStream out = new PrintStream(printed, true, UTF_8);
    return new ImportCommand(Map.of(), out, out).run(source, file, output());
  }

  private Path output() {
    return folder.resolve("probity.yaml");
  }

  private String said() {
    return printed.toString(UTF_8);
  }

  private Settings written(Map<String, String> variables) throws Exception {
    return SettingsFile.read(output(), variables);
  }

  private static ModelSettings model(Settings settings, String name) {
    return settings.models().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void litellm_isCarriedOver() throws Exception {
    assertThat(run("litellm", LITELLM)).as(said()).isZero();
    Settings settings =
        written(
            Map.of(
                "AZURE_API_KEY_EU",
                "az",
                "OPENAI_KEY",
                "sk-literal-0123456789",
                "OPENAI_API_KEY",
                "o",
                "ANTHROPIC_API_KEY",
                "a"));
    assertThat(settings.deployments().stream().map(DeploymentSettings::kind))
        .contains(
            Provider.AZURE_OPENAI, Provider.OPENAI, Provider.ANTHROPIC, Provider.OPENAI_COMPATIBLE);
    assertThat(model(settings, "gpt-4o").routes())
        .containsExactly(
            new RouteSettings("azure-openai", "gpt-4o-eu", 6, 0),
            new RouteSettings("openai", "gpt-4o", 3, 20));
    assertThat(model(settings, "openai/*").routes())
        .containsExactly(new RouteSettings("openai-2", "*", 1, 0));
    assertThat(model(settings, "claude").routes().stream().map(RouteSettings::deployment))
        .as("a fallback is a route of lower rank")
        .containsExactly("anthropic", "azure-openai", "openai");
    assertThat(model(settings, "smart").routes().getFirst())
        .isEqualTo(model(settings, "claude").routes().getFirst());
    assertThat(settings.prices()).hasSize(1);
  }

  @Test
  void whatLitellmHasBesides_isReported() throws Exception {
    run("litellm", LITELLM);
    assertThat(said())
        .contains("Not carried over:")
        .contains("bedrock/anthropic.claude-v2")
        .contains("aws_region_name")
        .contains("master_key: Probity makes its own keys")
        .contains("database_url: nothing of the kind is needed")
        .contains("fallbacks of \"nothing\"")
        .contains("tpm 100")
        .contains("rpm 6 is its share");
  }

  @Test
  void literalKeys_standInAFileOfTheirOwn() throws Exception {
    run("litellm", LITELLM);
    assertThat(Files.readString(output())).doesNotContain("sk-literal").doesNotContain("sk-1234");
    Path secrets = folder.resolve("probity.yaml.env");
    assertThat(Files.readString(secrets)).isEqualTo("OPENAI_KEY='sk-literal-0123456789'\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
        .isEqualTo("rw-------");
    assertThat(said()).doesNotContain("sk-literal").doesNotContain("sk-1234");
  }

  @Test
  void channels_areCarriedOver() throws Exception {
    assertThat(run("one-api", CHANNELS)).as(said()).isZero();
    Settings settings =
        written(
            Map.of(
                "OPENAI_MAIN_KEY",
                "sk-a",
                "OPENAI_MAIN_KEY_2",
                "sk-b",
                "DS_KEY",
                "d",
                "CUSTOM_KEY",
                "k"));
    assertThat(model(settings, "gpt-4o").routes())
        .containsExactly(
            new RouteSettings("OpenAI-main", "gpt-4o-2024-11-20", 5, 0),
            new RouteSettings("OpenAI-main-2", "gpt-4o-2024-11-20", 5, 0));
    assertThat(settings.deployments())
        .anySatisfy(d -> assertThat(d.baseUrl()).hasToString("https://api.deepseek.com/v1"))
        .anySatisfy(d -> assertThat(d.baseUrl()).hasToString("https://llm.example/v1"));
    assertThat(said())
        .contains("channel 3 \"off\": it is switched off")
        .contains("its type 33")
        .contains("its group \"vip\"");
    assertThat(Files.readString(folder.resolve("probity.yaml.env")))
        .contains("CUSTOM_KEY='k'\\''q'");
  }

  @Test
  void mistakes_sayWhatToDo() throws Exception {
    assertThat(run("litellm", "model_list: []")).isEqualTo(1);
    assertThat(said()).contains("no model could be carried over");
    assertThat(run("one-api", "{")).isEqualTo(1);
    assertThat(run("litellm", "a: [")).isEqualTo(1);
    assertThat(said()).contains("can't be read");
    assertThat(run("one-api", "[]")).isEqualTo(1);
    Files.writeString(output(), "mine");
    assertThat(run("one-api", CHANNELS)).isEqualTo(1);
    assertThat(said()).contains("is there already");
    assertThat(Files.readString(output())).isEqualTo("mine");
  }

  @Test
  void whatIsWritten_hasNothingButText() throws Exception {
    String odd =
        "model_list: [ { model_name: \"a\\\"b\\\\c\\nd\", litellm_params: { model: gpt-4o } } ]";
    assertThat(run("litellm", odd)).as(said()).isZero();
    assertThat(model(written(Map.of("OPENAI_API_KEY", "k")), "a\"b\\c d").routes()).hasSize(1);
  }
}
