package dev.probity.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.probity.gateway.routing.Affinity;
import dev.probity.gateway.routing.Condition;
import dev.probity.gateway.routing.ModelSettings;
import dev.probity.gateway.routing.ModelSettings.RouteSettings;
import dev.probity.gateway.routing.Policy;
import dev.probity.gateway.upstream.BreakerSettings;
import dev.probity.gateway.upstream.HealthCheckSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RoutingSettingsTest {
  private static final String DEPLOYMENTS =
      """
      deployments:
        - { name: a, kind: openai, api_key: k }
        - { name: b, kind: openai, api_key: k }
      """;

  private static Settings read(String text) throws SettingsException {
    return SettingsFile.parse("probity.yaml", text, Map.of());
  }

  private static List<String> problems(String models) {
    Throwable thrown = catchThrowable(() -> read(DEPLOYMENTS + models));
    assertThat(thrown).isInstanceOf(SettingsException.class);
    return thrown.getMessage().lines().toList();
  }

  private static ModelSettings model(Settings settings, String name) {
    return settings.models().stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everythingThatCanBeSaid_isUnderstood() throws Exception {
    Settings settings =
        read(
            """
            deployments:
              - name: a
                kind: openai
                api_key: k
                breaker: { failures: 2, share: 0.25, window: 1m, pause: 10s }
                health_check: { every: 30s, path: /health }
              - { name: b, kind: openai, api_key: k }
            models:
              - name: m
                aliases: [n, o]
                policy: latency
                affinity: prefix
                routes:
                  - deployment: a
                    when:
                      header: { X-Team: "red*" }
                      keys: [laptop, "k_*"]
                      body: { above: 1KiB, below: 1MiB }
                      hours: "mon-fri 22-06; sat,sun 00-24"
                      stream: true
                  - deployment: b
            """);
    assertThat(settings.deployments().getFirst().breaker())
        .isEqualTo(new BreakerSettings(2, 0.25, 60_000, 10_000));
    assertThat(settings.deployments().getFirst().healthCheck())
        .contains(new HealthCheckSettings(30_000, Optional.of("/health")));
    assertThat(settings.deployments().get(1).breaker()).isEqualTo(BreakerSettings.DEFAULT);
    assertThat(settings.deployments().get(1).healthCheck()).isEmpty();
    ModelSettings model = model(settings, "m");
    assertThat(model.aliases()).containsExactly("n", "o");
    assertThat(model.policy()).isEqualTo(Policy.LATENCY);
    assertThat(model.affinity()).isEqualTo(Affinity.By.PREFIX);
    Condition when = model.routes().getFirst().when().getFirst();
    assertThat(when.headers()).isEqualTo(Map.of("x-team", "red*"));
    assertThat(when.keys()).containsExactly("laptop", "k_*");
    assertThat(when.above()).isEqualTo(OptionalLong.of(1_024));
    assertThat(when.below()).isEqualTo(OptionalLong.of(1 << 20));
    assertThat(when.hours()).hasSize(2);
    assertThat(when.stream()).contains(true);
    assertThat(model.routes().get(1).when()).isEmpty();
  }

  @Test
  void chain_takesTheOtherModelsRoutes_withTheirSharesAndOrder() throws Exception {
    Settings settings =
        read(
            DEPLOYMENTS
                + """
                models:
                  - name: outer
                    routes:
                      - { deployment: a, model: x, weight: 1 }
                      - { model: inner, weight: 3 }
                  - name: inner
                    aliases: [alias]
                    routes:
                      - { deployment: a, weight: 1 }
                      - { deployment: b, weight: 2, when: { stream: true } }
                      - { deployment: b, model: y, priority: 7 }
                  - name: last
                    routes:
                      - { model: alias, priority: 3, when: { stream: false } }
                      - { deployment: b, model: z, priority: 2 }
                  - name: simple
                    routes: [ { model: simulated-fast } ]
                """);
    List<RouteSettings> outer = model(settings, "outer").routes();
    assertThat(outer)
        .extracting(route ->
            route.deployment()
                + " "
                + route.model()
                + " "
                + route.weight()
                + " "
                + route.priority())
        .containsExactly("a x 1000 0", "a inner 1000 0", "b inner 2000 0", "b y 3000 1");
    assertThat(outer.get(2).when()).hasSize(1);
    List<RouteSettings> last = model(settings, "last").routes();
    assertThat(last)
        .extracting(route -> route.deployment() + " " + route.model() + " " + route.priority())
        .containsExactly("a inner 1", "b inner 1", "b y 2", "b z 0");
    assertThat(last.get(1).when()).hasSize(2);
    assertThat(model(settings, "simple").routes().getFirst().deployment()).isEqualTo("simulated");
  }

  @Test
  void circle_isToldWithItsLine() {
    assertThat(
            problems(
                """
                models:
                  - name: one
                    routes: [ { model: two } ]
                  - name: two
                    routes: [ { deployment: a }, { model: one } ]
                """))
        .anyMatch(line -> line.contains("probity.yaml:6:") && line.contains("two -> one -> two"))
        .anyMatch(line -> line.contains("probity.yaml:8:") && line.contains("one -> two -> one"));
    assertThat(
            problems(
                """
                models:
                  - name: me
                    routes: [ { model: me } ]
                """))
        .anyMatch(line -> line.contains("probity.yaml:6:") && line.contains("me -> me"));
  }

  @Test
  void routesThatLeadNowhere_areTold() {
    assertThat(
            problems(
                """
                models:
                  - name: claude
                    routes: [ { model: cluade } ]
                  - name: x
                    routes: [ { weight: 2 } ]
                """))
        .anyMatch(
            line -> line.contains(":6:") && line.contains("\"cluade\"") && line.contains("claude"))
        .anyMatch(line -> line.contains(":8:") && line.contains("without a deployment"));
  }

  @Test
  void aliasesThatCanNotWork_areTold() {
    assertThat(
            problems(
                """
                models:
                  - name: m
                    aliases: [m, "x*"]
                    routes: [ { deployment: a } ]
                  - name: "g-*"
                    aliases: [short]
                    routes: [ { deployment: a } ]
                """))
        .anyMatch(line -> line.contains(":6:15") && line.contains("line 5"))
        .anyMatch(line -> line.contains(":6:18") && line.contains("has a *"))
        .anyMatch(line -> line.contains(":9:15") && line.contains("\"short\""));
  }

  @Test
  void conditionsThatAreNone_areToldWithLineAndColumn() {
    assertThat(
            problems(
                """
                models:
                  - name: m
                    routes:
                      - deployment: a
                        when: { header: { Authorization: x } }
                      - deployment: a
                        when: { hours: "25-26" }
                      - deployment: a
                        when: { colour: red }
                      - deployment: a
                        when: { stream: maybe }
                """))
        .anyMatch(line -> line.contains("probity.yaml:8:27") && line.contains("no credential"))
        .anyMatch(line -> line.contains("probity.yaml:10:24") && line.contains("mon-fri"))
        .anyMatch(line -> line.contains("probity.yaml:12:17") && line.contains("colour"))
        .anyMatch(line -> line.contains("probity.yaml:14:25") && line.contains("true or false"));
  }

  @Test
  void conditionsThatNeverHold_areToldWithLineAndColumn() {
    assertThat(
            problems(
                """
                models:
                  - name: m
                    routes:
                      - deployment: a
                        when: { body: { above: 2MiB, below: 1MiB } }
                      - deployment: a
                        when: {}
                      - deployment: a
                        when: { keys: [] }
                """))
        .anyMatch(line -> line.contains("probity.yaml:8:23") && line.contains("no body is above"))
        .anyMatch(line -> line.contains("probity.yaml:10:15") && line.contains("says nothing"))
        .anyMatch(line -> line.contains("probity.yaml:12:15") && line.contains("names nobody"));
  }

  @Test
  void simulatedProvider_isNotChecked() {
    Throwable thrown =
        catchThrowable(() ->
            read(
                """
                deployments:
                  - name: s
                    kind: simulated
                    health_check: { every: 1s }
                """));
    assertThat(thrown).hasMessageContaining("probity.yaml:4:19").hasMessageContaining("simulated");
  }

  @Test
  void examplesOfTheReference_canBeLoaded() throws Exception {
    String page = Files.readString(Path.of("docs/reference/routing.md"));
    var examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
    int count = 0;
    while (examples.find()) {
      Settings settings =
          SettingsFile.parse(
              "example " + ++count,
              examples.group(1),
              Map.of(
                  "ANTHROPIC_API_KEY",
                  "k",
                  "SECOND_API_KEY",
                  "k",
                  "AZURE_KEY",
                  "k",
                  "OPENAI_API_KEY",
                  "k"));
      assertThat(settings.models()).isNotEmpty();
    }
    assertThat(count).isGreaterThanOrEqualTo(5);
  }
}
