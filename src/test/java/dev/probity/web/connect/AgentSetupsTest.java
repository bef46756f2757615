package dev.probity.web.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.http.Json;
import dev.probity.http.Origin;
import dev.probity.privacy.KeptFor;
import dev.probity.web.connect.Snippet.Block;
import dev.probity.web.health.Intake;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AgentSetupsTest {
  private static final Collector COLLECTOR =
      new Collector("https://ai.example.org:4318", "https://ai.example.org:4317");

  @Test
  void everyAgent_isGivenTheKeyAndTheAddress() {
    for (AgentSetup setup : AgentSetups.all(COLLECTOR)) {
      String http = text(setup.blocks());
      assertThat(http).as(setup.id()).contains("YOUR_KEY", "https://ai.example.org:4318");
      assertThat(http).doesNotContain(":4317");
      if (!setup.grpc().isEmpty()) {
        assertThat(text(setup.grpc()))
            .as(setup.id())
            .contains("YOUR_KEY", "https://ai.example.org:4317");
      }
      assertThat(setup.title()).isNotEmpty();
    }
  }

  @Test
  void nothing_switchesContentOn() {
    for (AgentSetup setup : AgentSetups.all(COLLECTOR)) {
      for (List<Block> blocks : List.of(setup.blocks(), setup.grpc(), setup.more())) {
        assertThat(text(blocks))
            .as(setup.id())
            .doesNotContain("OTEL_LOG_", "logPrompts\": true", "LOG_PROMPTS=true")
            .doesNotContain("log_user_prompt = true", "captureContent\": true");
      }
    }
  }

  @Test
  void settingsFiles_areJson() {
    for (AgentSetup setup : AgentSetups.all(COLLECTOR)) {
      for (List<Block> blocks : List.of(setup.blocks(), setup.grpc(), setup.more())) {
        for (Block block : blocks) {
          if (block.label().endsWith(".json")) {
            assertThat(Json.lenient(block.text()).isObject()).as(block.text()).isTrue();
          }
        }
      }
    }
  }

  @Test
  void address_hasTheHostOfTheRequestAndThePortOfTheIntake() {
    assertThat(Collector.of(new Origin("https", "ai.example.org:8080"), Intake.USUAL).http())
        .isEqualTo("http://ai.example.org:4318");
    assertThat(Collector.of(new Origin("http", "[::1]:8080"), tls()).grpc())
        .isEqualTo("https://[::1]:4317");
    assertThat(Collector.of(new Origin("http", "[::1]"), tls()).grpc())
        .isEqualTo("https://[::1]:4317");
    assertThat(Collector.of(new Origin("https", "ai.example.org"), tls()).http())
        .isEqualTo("https://ai.example.org");
  }

  @Test
  void grpc_isOfferedWhereItIsServed() {
    AgentSetup without = AgentSetups.of("codex", new Collector("http://localhost:4318", ""));

    assertThat(without.grpc()).isEmpty();
    assertThat(AgentSetups.of("codex", COLLECTOR).grpc()).isNotEmpty();
  }

  private static Intake tls() {
    return new Intake(
        OptionalInt.empty(),
        OptionalInt.of(4317),
        true,
        false,
        KeptFor.STANDARD,
        organization -> List.of(),
        organization -> List.of());
  }

  private static String text(List<Block> blocks) {
    return String.join("\n", blocks.stream().map(Block::text).toList());
  }
}
