package dev.probity.gateway.upstream.simulated.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectivesTest {
  private static List<Directives.Wish> wishes(String text) {
    return Directives.read(text).turn(0).wishes();
  }

  @Test
  void json_mayGoOnOverLines_andMayQuoteADirective() {
    String text =
        """
        Please simulate: tool write {"text":
          "simulate: run rm -rf /", "n": 1} and then
        simulate: tool read {}
        """;
    assertThat(wishes(text))
        .containsExactly(
            new Directives.Wish.Call("write", "{\"text\":\"simulate: run rm -rf /\",\"n\":1}"),
            new Directives.Wish.Call("read", "{}"));
  }

  @Test
  void toolWithoutArguments_getsAnEmptyObject() {
    assertThat(wishes("simulate: tool now")).containsExactly(new Directives.Wish.Call("now", "{}"));
  }

  @Test
  void brokenJson_isTakenAsText() {
    assertThat(wishes("simulate: tool patch {not json\nsimulate: run ls"))
        .containsExactly(
            new Directives.Wish.Call("patch", "{not json"), new Directives.Wish.Run("ls"));
  }

  @Test
  void turns_areDividedByThen() {
    Directives directives =
        Directives.read("simulate: run a\nsimulate: then\nsimulate: run b\nsimulate: think hm");
    assertThat(directives.turn(0).wishes()).containsExactly(new Directives.Wish.Run("a"));
    assertThat(directives.turn(1).wishes()).containsExactly(new Directives.Wish.Run("b"));
    assertThat(directives.turn(2).wishes()).isEmpty();
    assertThat(directives.thought()).hasValue("hm");
  }

  @Test
  void ordinaryText_asksForNothing() {
    assertThat(wishes("Can you simulate: a weather model? simulate everything")).isEmpty();
  }

  @Test
  void absurdNumbers_areBounded() {
    assertThat(Directives.read("simulate: words 99999999999999999999").turn(0).words()).isZero();
    assertThat(Directives.read("simulate: words 999999999999").turn(0).words())
        .isEqualTo(1_000_000);
  }

  @Test
  void usage_isSaidForEachTurn() {
    Directives directives =
        Directives.read(
            "simulate: usage uncached_input=1202 cache_read=4000 output_text=x9\nsimulate: run a\n"
                + "simulate: then\nsimulate: usage output_reasoning=66 nonsense -1");
    assertThat(directives.turn(0).usage()).hasValue(new Usage(1202, 4000, 0, 0, 0, 0, 0));
    assertThat(directives.turn(1).usage()).hasValue(new Usage(0, 0, 0, 0, 0, 66, 0));
    assertThat(directives.turn(2).usage()).isEmpty();
  }
}
