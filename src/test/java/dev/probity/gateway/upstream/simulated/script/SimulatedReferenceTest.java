package dev.probity.gateway.upstream.simulated.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps docs/reference/simulated.md true. */
class SimulatedReferenceTest {
  @Test
  void everyFault_isDescribed() throws IOException {
    String page = Files.readString(Path.of("docs/reference/simulated.md"));
    for (Fault fault : Fault.values()) {
      assertThat(page).contains("| `" + fault.key() + "` |");
    }
    for (String directive :
        List.of("tool", "run", "read", "then", "say", "look", "think", "words", "search")) {
      assertThat(page).contains("| `simulate: " + directive);
    }
    for (String word : Faults.modelWords()) {
      assertThat(page).contains("`simulated-" + word + "`");
    }
  }
}
