package dev.probity.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Operation;
import dev.probity.gateway.routing.ModelSettings.RouteSettings;
import dev.probity.gateway.routing.Router.Found;
import dev.probity.gateway.routing.Router.NotFound;
import dev.probity.gateway.upstream.Deployment;
import dev.probity.gateway.upstream.DeploymentSettings;
import dev.probity.kernel.Secret;
import dev.probity.pricing.Provider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static Deployment deployment(String name, Provider kind, boolean key) {
    return Deployment.of(
        new DeploymentSettings(
            name,
            kind,
            URI.create("https://" + name + ".example/v1"),
            key ? Optional.of(new Secret("sk-" + name)) : Optional.empty(),
            Optional.empty()));
  }

  private static Router router(Map<String, Deployment> deployments, ModelSettings... models) {
    return new Router(List.of(models), deployments, new HealthBoard());
  }

  private static ModelSettings model(String name, RouteSettings... routes) {
    return new ModelSettings(name, List.of(routes));
  }

  private final Map<String, Deployment> two =
      Map.of(
          "a", deployment("a", Provider.OPENAI, true),
          "b", deployment("b", Provider.OPENAI_COMPATIBLE, true));

  @Test
  void exactName_beatsAGlob_andTheFirstGlobWins() {
    Router router =
        router(
            two,
            model("gpt-*", new RouteSettings("a", "*", 1, 0)),
            model("gpt-5*", new RouteSettings("b", "five", 1, 0)),
            model("gpt-5.5", new RouteSettings("b", "exact", 1, 0)));
    assertThat(found(router, "gpt-5.5").candidates().getFirst().model()).isEqualTo("exact");
    assertThat(found(router, "gpt-5.4").candidates().getFirst().model()).isEqualTo("gpt-5.4");
    assertThat(found(router, "gpt-5.4").candidates().getFirst().configuredModel()).isEmpty();
  }

  @Test
  void unknownModel_saysWhereToLook() {
    Router.Resolution resolution = router(two).resolve("nope", Operation.CHAT_COMPLETION, false);
    assertThat(((NotFound) resolution).refusal().code()).isEqualTo("model_not_found");
    assertThat(((NotFound) resolution).refusal().message()).contains("nope").contains("/v1/models");
  }

  @Test
  void whatHasNoEquivalentInAnotherDialect_isPassedOver_andRefusedWhenNobodyIsLeft() {
    Map<String, Deployment> mixed =
        Map.of(
            "a", deployment("a", Provider.OPENAI, true),
            "c", deployment("c", Provider.ANTHROPIC, true));
    Router router =
        router(
            mixed,
            model("m", new RouteSettings("a", "*", 1, 0), new RouteSettings("c", "*", 1, 1)),
            model("n", new RouteSettings("c", "*", 1, 0)));
    Route route = ((Found) router.resolve("m", Operation.EMBEDDING, false)).route();
    assertThat(route.candidates())
        .extracting(each -> each.deployment().name())
        .containsExactly("a");
    assertThat(route.passedOver().getFirst().reason()).isEqualTo("other_dialect");
    assertThat(((NotFound) router.resolve("n", Operation.EMBEDDING, false)).refusal().code())
        .isEqualTo("other_dialect");
  }

  @Test
  void tokensThatNobodyCanCount_areNotRefused() {
    Router router =
        router(
            Map.of("a", deployment("a", Provider.OPENAI_COMPATIBLE, true)),
            model("m", new RouteSettings("a", "*", 1, 0)));
    assertThat(router.resolve("m", Operation.COUNT_MESSAGE_TOKENS, false))
        .isInstanceOf(Router.NotCounted.class);
  }

  @Test
  void otherDialect_isACandidate_butNeverGetsAClientsOwnProviderKey() {
    Router router =
        router(
            Map.of("a", deployment("a", Provider.OPENAI, true)),
            model("m", new RouteSettings("a", "*", 1, 0)));
    Route route = ((Found) router.resolve("m", Operation.MESSAGE, false)).route();
    assertThat(route.candidates().getFirst().speaks(Operation.MESSAGE)).isFalse();
    assertThat(((NotFound) router.resolve("m", Operation.MESSAGE, true)).refusal().code())
        .isEqualTo("other_dialect");
  }

  @Test
  void deploymentWithoutKey_servesOnlyClientsThatBringOne() {
    Router router =
        router(
            Map.of("open", deployment("open", Provider.OPENAI, false)),
            model("gpt-*", new RouteSettings("open", "*", 1, 0)));
    assertThat(((NotFound) router.resolve("gpt-5", Operation.RESPONSE, false)).refusal())
        .satisfies(
            refusal -> assertThat(refusal.message()).contains("OPENAI_API_KEY", "x-probity-key"));
    assertThat(router.resolve("gpt-5", Operation.RESPONSE, true)).isInstanceOf(Found.class);
  }

  @Test
  void priorities_comeInOrder_andWeightsShareWithinOne() {
    Router router =
        router(
            two,
            model(
                "m",
                new RouteSettings("b", "light", 1, 0),
                new RouteSettings("a", "heavy", 9, 0),
                new RouteSettings("a", "last", 1000, 5)));
    Route route = found(router, "m");
    Random random = new Random(42);
    int heavy = 0;
    for (int i = 0; i < 10_000; i++) {
      String model = route.candidates().get(route.first(random)).model();
      assertThat(model).isNotEqualTo("last");
      heavy += model.equals("heavy") ? 1 : 0;
    }
    assertThat(heavy).isBetween(8_700, 9_300);
    int first = route.first(random);
    int second = route.next(1L << first, random);
    int third = route.next(1L << first | 1L << second, random);
    assertThat(List.of(first, second, third)).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(route.candidates().get(third).model()).isEqualTo("last");
    assertThat(route.next(0b111, random)).isEqualTo(-1);
  }

  @Test
  void glob_matchesAnyRun() {
    assertThat(Router.matches("gpt-*", "gpt-")).isTrue();
    assertThat(Router.matches("*-mini", "gpt-5-mini")).isTrue();
    assertThat(Router.matches("a*b*c", "aXbYbZc")).isTrue();
    assertThat(Router.matches("a*b*c", "aXbYbZ")).isFalse();
    assertThat(Router.matches("*", "")).isTrue();
    assertThat(Router.matches("gpt", "gpt-5")).isFalse();
  }

  @Test
  void trail_isJson_withCandidatesAndAttempts() {
    Router router =
        router(
            two,
            model("m", new RouteSettings("a", "*", 1, 0), new RouteSettings("b", "x\"y", 1, 1)));
    Route route = found(router, "m");
    Trail trail = new Trail();
    trail.routed(route, "m");
    trail.attempted(route.candidates().get(0), "m", 503, "status_503", true, 0, 12, 13);
    trail.passedOn(route.candidates().get(0), "503");
    assertThat(trail.brief(route.candidates().get(1))).isEqualTo("a:503,b");
    tools.jackson.databind.JsonNode json =
        new tools.jackson.databind.json.JsonMapper().readTree(trail.stored());
    assertThat(json.get("candidates").get(1).get("model").asString()).isEqualTo("x\"y");
    assertThat(json.get("attempts").get(0).get("status").asInt()).isEqualTo(503);
    assertThat(json.get("attempts").get(0).get("reused").asBoolean()).isTrue();
  }

  private static Route found(Router router, String model) {
    return ((Found) router.resolve(model, Operation.CHAT_COMPLETION, false)).route();
  }
}
