package dev.probity.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.GatewaySettings.ClientGone;
import dev.probity.gateway.routing.ModelSettings;
import dev.probity.gateway.routing.ModelSettings.RouteSettings;
import dev.probity.gateway.upstream.DeploymentSettings;
import dev.probity.kernel.Secret;
import dev.probity.pricing.PriceRow.TierPrice;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.intake.IntakeSettings;
import dev.probity.telemetry.place.PlaceSettings;
import dev.probity.telemetry.place.Precision;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
  @TempDir Path folder;

  @Test
  void emptyFile_isTheDefaults() throws SettingsException {
    Map<String, String> environment = Map.of("OPENAI_API_KEY", "sk-o");
    for (String text : List.of("", "# nothing", "null", "{}", "server:\n  port: 8080")) {
      assertThat(SettingsFile.parse("f", text, environment))
          .isEqualTo(Settings.defaults(environment));
    }
  }

  @Test
  void defaults_areTheGatewaysOwn() {
    Settings settings = Settings.defaults(Map.of());
    assertThat(settings.gateway()).isEqualTo(GatewaySettings.DEFAULT);
    assertThat(settings.door().port()).isEqualTo(8080);
    assertThat(settings.otlpGrpcPort()).hasValue(4317);
    assertThat(settings.otlpHttpPort()).hasValue(4318);
    assertThat(settings.retention())
        .isEqualTo(new Settings.Retention(Settings.Retention.Plan.STANDARD, 90, 365, 30));
  }

  @Test
  void places_areOffUntilSwitchedOn() throws Exception {
    assertThat(Settings.defaults(Map.of()).telemetry())
        .isEqualTo(
            new Settings.Telemetry(IntakeSettings.DEFAULT, PlaceSettings.OFF, List.of(), false));
    Path file =
        Files.writeString(
            folder.resolve("probity.yaml"),
            """
            telemetry:
              places: city
              places_file: geo/cities.mmdb
              places_attribution: "Cities by somebody"
              proxies: [10.0.0.0/8, "2001:db8::1"]
              capture_prompts: true
            """);

    Settings.Telemetry telemetry = SettingsFile.read(file, Map.of()).telemetry();

    assertThat(telemetry.places())
        .isEqualTo(
            new PlaceSettings(
                Precision.CITY,
                Optional.of(folder.resolve("geo/cities.mmdb")),
                Optional.of("Cities by somebody")));
    assertThat(telemetry.proxies())
        .extracting(Object::toString)
        .containsExactly("10.0.0.0/8", "2001:db8:0:0:0:0:0:1/128");
    assertThat(telemetry.capturePrompts()).isTrue();
  }

  @Test
  void places_thatCantBe_areToldWithWhatIsExpected() {
    String text = "telemetry:\n  places: street\n  proxies: [everybody]\n";
    assertThat(
            catchThrowableOfType(
                SettingsException.class, () -> SettingsFile.parse("f", text, Map.of())))
        .hasMessageContainingAll("off | country | city", "everybody", "10.0.0.0/8");
    assertThat(
            catchThrowableOfType(
                SettingsException.class,
                () -> SettingsFile.parse("f", "telemetry: { places: city }", Map.of())))
        .hasMessageContaining("places_file");
  }

  @Test
  void defaults_haveEveryVendorAndTakeKeysFromTheEnvironment() {
    Settings settings =
        Settings.defaults(Map.of("ANTHROPIC_API_KEY", "sk-a", "GOOGLE_API_KEY", "AIza", "X", "y"));
    assertThat(settings.deployments())
        .extracting(DeploymentSettings::name, DeploymentSettings::apiKey)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("openai", Optional.empty()),
            org.assertj.core.groups.Tuple.tuple("anthropic", Optional.of(new Secret("sk-a"))),
            org.assertj.core.groups.Tuple.tuple("gemini", Optional.of(new Secret("AIza"))),
            org.assertj.core.groups.Tuple.tuple("simulated", Optional.empty()));
    List<String> names = settings.models().stream().map(ModelSettings::name).toList();
    assertThat(names)
        .contains("gpt-*", "o1*", "o3*", "o4*", "chatgpt-*", "codex-*", "claude-*", "gemini-*")
        .contains("gemma-*", "simulated", "simulated-*");
    assertThat(names.indexOf("text-embedding-00*")).isLessThan(names.indexOf("text-embedding-*"));
  }

  @Test
  void upstreams_areRead() throws SettingsException {
    Settings settings =
        SettingsFile.parse(
            "f",
            """
            deployments:
              - { name: main, kind: openai, base_url: "https://x.example/v1/", api_key: "${KEY}" }
              - { name: az, kind: azure-openai, base_url: "https://a.example", api_version: 2026-01 }
            models:
              - name: "gpt-*"
                routes: [ { deployment: main, model: gpt-5, weight: 3, priority: 1 },
                          { deployment: az } ]
            simulated: false
            """,
            Map.of("KEY", "sk-secret"));
    assertThat(settings.deployments())
        .containsExactly(
            new DeploymentSettings(
                "main",
                Provider.OPENAI,
                URI.create("https://x.example/v1"),
                Optional.of(new Secret("sk-secret")),
                Optional.empty()),
            new DeploymentSettings(
                "az",
                Provider.AZURE_OPENAI,
                URI.create("https://a.example"),
                Optional.empty(),
                Optional.of("2026-01")));
    assertThat(settings.models())
        .containsExactly(
            new ModelSettings(
                "gpt-*",
                List.of(
                    new RouteSettings("main", "gpt-5", 3, 1), new RouteSettings("az", "*", 1, 0))));
  }

  @Test
  void behaviour_isRead() throws SettingsException {
    Settings settings =
        SettingsFile.parse(
            "f",
            """
            server: { host: 127.0.0.1, port: 9, otlp_grpc_port: 10, otlp_http_port: 11 }
            unpriced: refuse
            client_gone: estimate
            drain: { bytes: 1KiB, time: 300ms }
            timeouts: { connect: 1s, first_byte: 2m, total: 2h }
            limits: { body_bytes: 1MiB, json_depth: 64 }
            journal: { max_bytes: 64MiB, segment_bytes: 1MiB }
            retention: { plan: 24h, request_log_days: 30, prompt_content_days: 7 }
            """,
            Map.of());
    assertThat(settings.door().host()).isEqualTo("127.0.0.1");
    assertThat(settings.door().port()).isEqualTo(9);
    assertThat(settings.otlpGrpcPort()).hasValue(10);
    assertThat(settings.otlpHttpPort()).hasValue(11);
    GatewaySettings gateway = settings.gateway();
    assertThat(gateway.refuseUnpriced()).isTrue();
    assertThat(gateway.clientGone()).isEqualTo(ClientGone.ESTIMATE);
    assertThat(gateway.drainLimit()).isEqualTo(new GatewaySettings.DrainLimit(1024, 300));
    assertThat(gateway.timeouts().connect()).isEqualTo(1_000);
    assertThat(gateway.timeouts().firstByte()).isEqualTo(120_000);
    assertThat(gateway.timeouts().total()).isEqualTo(7_200_000);
    assertThat(gateway.limits().bodyBytes()).isEqualTo(1 << 20);
    assertThat(gateway.limits().jsonDepth()).isEqualTo(64);
    assertThat(settings.journal()).isEqualTo(new Settings.Journal(64 << 20, 1 << 20));
    assertThat(settings.retention())
        .isEqualTo(new Settings.Retention(Settings.Retention.Plan.HOURS_24, 30, 365, 7));
  }

  @Test
  void prices_areRead() throws SettingsException {
    Settings settings =
        SettingsFile.parse(
            "f",
            """
            prices:
              - { provider: openai, model: gpt-9, from: 2026-01-02, input: 1.5, output: 2,
                  tiers: [ { above: 10, input: 3, output: 4 } ], batch: 0.5,
                  priority: { input: 9, output: 9 } }
              - { provider: openai, model: "*", factor: 0.85 }
            """,
            Map.of());
    assertThat(settings.prices()).hasSize(2);
    assertThat(settings.prices().getFirst().row().orElseThrow())
        .satisfies(row -> {
          assertThat(row.standard().input()).isEqualTo(1_500_000);
          assertThat(row.longContext().getFirst().aboveTokens()).isEqualTo(10);
          assertThat(row.tiers())
              .containsEntry(ServiceTier.BATCH, new TierPrice.Factor(new BigDecimal("0.5")));
          assertThat(row.tiers().get(ServiceTier.PRIORITY)).isInstanceOf(TierPrice.Explicit.class);
        });
    assertThat(settings.prices().getLast().factor()).isEqualTo(new BigDecimal("0.85"));
  }

  @Test
  void everyProblem_isListedWithItsPlace() {
    SettingsException e =
        problems(
            """
            server: { port: 80800, hots: x }
            deployments:
              - { name: main, kind: opnai }
              - name: main
            models:
              - name: "a"
                routes: [ { deployment: mani, weight: 0 } ]
            timeouts:
              connect: 5
              stall: [1]
            unpriced: maybe
            """);
    assertThat(e.problems()).hasSize(8);
    assertThat(e)
        .hasMessageContaining("8 problems in the settings:")
        .hasMessageContaining("1. f:1:17: found \"80800\" (expected: a port (0: any free one)")
        .hasMessageContaining("2. f:1:24: unknown key hots; did you mean host?")
        .hasMessageContaining("3. f:3:25: found \"opnai\" (expected: openai | anthropic")
        .hasMessageContaining("4. f:4:5: kind is missing")
        .hasMessageContaining("f:7:43: found \"0\" (expected: a share, 1 to 1000)")
        .hasMessageContaining("f:9:12: found \"5\" (expected: a duration such as 300ms, 5s or 2m")
        .hasMessageContaining("f:10:10: found a list")
        .hasMessageContaining("f:11:11: found \"maybe\" (expected: record | refuse)");
  }

  @Test
  void whatDoesNotGoTogether_isAProblem() {
    assertThat(
            problems(
                """
                deployments:
                  - { name: a, kind: openai }
                  - { name: a, kind: openai }
                  - { name: b, kind: openai-compatible }
                  - { name: c, kind: openai, api_version: "1" }
                models:
                  - { name: "m-*", routes: [ { deployment: aa } ] }
                  - { name: "m-*", routes: [ { deployment: a, model: "x*" } ] }
                  - { name: "n", routes: [] }
                journal: { max_bytes: 1MiB, segment_bytes: 2MiB }
                prices:
                  - { provider: openai, model: x }
                  - { provider: openai, model: x, input: 1 }
                """))
        .hasMessageContaining("f:3:13: the name \"a\" is taken: line 2 has it already")
        .hasMessageContaining("f:4:13: base_url is missing")
        .hasMessageContaining("f:5:43: api_version does not go with kind openai")
        .hasMessageContaining("f:7:44: there is no deployment \"aa\"; did you mean a?")
        .hasMessageContaining("f:8:13: \"m-*\" can never match: line 7 has it already")
        .hasMessageContaining("model \"x*\" in a route of \"m-*\"")
        .hasMessageContaining("f:9:13: \"n\" has no routes")
        .hasMessageContaining("segment_bytes is larger than max_bytes")
        .hasMessageContaining("f:12:5: price: neither prices nor a factor")
        .hasMessageContaining("f:13:5: price: a price needs both input and output")
        .extracting(e -> ((SettingsException) e).problems().size())
        .isEqualTo(10);
  }

  @Test
  void crossChecksRun_evenIfSomethingElseIsWrong() {
    assertThat(
            problems(
                    """
                    unpriced: maybe
                    models: [ { name: x, routes: [ { deployment: nowhere } ] } ]
                    """)
                .problems())
        .hasSize(2);
    assertThat(
            problems(
                    """
                    deployments: [ { name: there, kind: nonsense } ]
                    models: [ { name: x, routes: [ { deployment: there } ] } ]
                    """)
                .problems())
        .as("a deployment that could not be read is not called unknown")
        .hasSize(1);
  }

  @Test
  void baseUrl_mustBePlainHttp() {
    for (String bad :
        List.of("ftp://x", "https://u:pw@x", "x", "https://x?a=b", "https:///v1", "https://x#y")) {
      assertThat(problems("deployments: [ { name: a, kind: openai, base_url: \"" + bad + "\" } ]"))
          .hasMessageContaining("expected: an http:// or https:// address")
          .hasMessageNotContaining("pw@");
    }
  }

  @Test
  void environment_isPutIntoValuesAndNeverShown() throws SettingsException {
    Map<String, String> environment = Map.of("HOST", "h.example", "PORT", "hunter2", "EMPTY", "");
    Settings settings =
        SettingsFile.parse(
            "f",
            "server: { host: \"${HOST}\", port: \"${NONE:-81}\" }\n"
                + "deployments: [ { name: a, kind: openai, api_key: \"a$${b}${EMPTY:-}c\" } ]",
            environment);
    assertThat(settings.door().host()).isEqualTo("h.example");
    assertThat(settings.door().port()).isEqualTo(81);
    assertThat(settings.deployments().getFirst().apiKey().orElseThrow().reveal())
        .isEqualTo("a${b}c");
    SettingsException e =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                SettingsFile.parse(
                    "f",
                    """
                    server: { host: "${MISSING}", port: "${PORT}" }
                    unpriced: "${EMPTY}"
                    client_gone: "${BROKEN"
                    """,
                    environment));
    assertThat(e)
        .hasMessageContaining("the environment variable MISSING is not set")
        .hasMessageContaining("found \"${PORT}\" (expected: a port")
        .hasMessageContaining("the environment variable EMPTY is empty")
        .hasMessageContaining("found a broken reference")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void whatIsNoYaml_saysWhere() {
    assertThat(problems("server: { port: 1"))
        .hasMessageContaining("f:")
        .hasMessageContaining("not YAML");
    assertThat(problems("- a")).hasMessageContaining("f:1:1: found no keys and values");
    assertThat(problems("server:\n\tport: 1")).hasMessageContaining("f:2:1: not YAML");
    assertThat(problems("server: {port: 1}\nserver: {port: 2}"))
        .hasMessageContaining("f:2:1: server stands twice");
    assertThat(problems("? [a]\n: b")).hasMessageContaining("found a key that is no word");
    assertThat(problems("server: &s { a: *s }")).hasMessageContaining("unknown key a");
  }

  @Test
  void simulated_staysUnlessSwitchedOff() throws SettingsException {
    String catchAll =
        """
        deployments: [ { name: a, kind: openai } ]
        models: [ { name: "s1", routes: [ { deployment: a } ] },
                  { name: "*", routes: [ { deployment: a } ] } ]
        """;
    assertThat(SettingsFile.parse("f", catchAll, Map.of()).models())
        .extracting(ModelSettings::name)
        .containsExactly("s1", "simulated", "simulated-*", "*");
    Settings without = SettingsFile.parse("f", catchAll + "simulated: false", Map.of());
    assertThat(without.models()).extracting(ModelSettings::name).containsExactly("s1", "*");
    assertThat(without.deployments()).hasSize(1);
  }

  @Test
  void usualModels_goToTheGivenDeployments() throws SettingsException {
    Settings settings =
        SettingsFile.parse(
            "f",
            """
            deployments:
              - { name: a, kind: openai }
              - { name: b, kind: azure-openai, base_url: "https://b" }
            """,
            Map.of());
    assertThat(settings.models())
        .filteredOn(model -> model.name().equals("gpt-*"))
        .singleElement()
        .satisfies(model ->
            assertThat(model.routes())
                .extracting(RouteSettings::deployment)
                .containsExactly("a", "b"));
    assertThat(settings.models()).extracting(ModelSettings::name).doesNotContain("claude-*");
  }

  @Test
  void tlsFiles_areRelativeToTheSettingsFile() throws Exception {
    Path file = folder.resolve("probity.yaml");
    Files.writeString(file, "server: { tls: { certificate: c.pem, key: /k.pem } }");
    assertThat(SettingsFile.read(file, Map.of()).door().tls().orElseThrow())
        .satisfies(tls -> {
          assertThat(tls.certificate()).isEqualTo(folder.resolve("c.pem"));
          assertThat(tls.key()).isEqualTo(Path.of("/k.pem"));
        });
  }

  @Test
  void unreadableFiles_sayWhy() throws Exception {
    assertThat(failure(folder.resolve("none.yaml"))).hasMessageContaining("there is no such file");
    Path binary = folder.resolve("binary.yaml");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xfd});
    assertThat(failure(binary)).hasMessageContaining("not UTF-8");
    Path large = folder.resolve("large.yaml");
    Files.write(large, new byte[(1 << 20) + 1]);
    assertThat(failure(large)).hasMessageContaining("larger than 1 MiB");
  }

  private static SettingsException failure(Path file) {
    return catchThrowableOfType(SettingsException.class, () -> SettingsFile.read(file, Map.of()));
  }

  private static SettingsException problems(String text) {
    return catchThrowableOfType(
        SettingsException.class, () -> SettingsFile.parse("f", text, Map.of()));
  }
}
