package dev.probity.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  @Test
  void run_hasDefaultsAndOptions() {
    assertThat(parse("run"))
        .isEqualTo(new CommandLine.Run(Optional.empty(), OptionalInt.empty(), Path.of("data")));
    assertThat(parse("run", "--config", "a.yaml", "--port=0", "--data", "/d"))
        .isEqualTo(
            new CommandLine.Run(Optional.of(Path.of("a.yaml")), OptionalInt.of(0), Path.of("/d")));
  }

  @Test
  void otherWords_areKnown() {
    assertThat(parse("data-map")).isEqualTo(new CommandLine.DataMap());
    assertThat(parse("train")).isEqualTo(new CommandLine.Train());
    assertThat(parse("version")).isEqualTo(new CommandLine.Version());
  }

  @Test
  void import_namesWhatIsRead() {
    assertThat(parse("import", "litellm", "c.yaml"))
        .isEqualTo(new CommandLine.Import("litellm", Path.of("c.yaml"), Path.of("probity.yaml")));
    assertThat(parse("import", "one-api", "c.json", "--output", "o.yaml"))
        .isEqualTo(new CommandLine.Import("one-api", Path.of("c.json"), Path.of("o.yaml")));
    assertThat(message("import", "kong", "x")).contains("litellm config.yaml");
    assertThat(message("import", "litellm", "x", "--out", "y")).contains("--output FILE");
  }

  @Test
  void prices_areChecked() {
    assertThat(parse("prices", "check", "api.json"))
        .isEqualTo(new CommandLine.CheckPrices(Path.of("api.json"), Optional.empty()));
    assertThat(parse("prices", "check", "api.json", "--config", "p.yaml"))
        .isEqualTo(
            new CommandLine.CheckPrices(Path.of("api.json"), Optional.of(Path.of("p.yaml"))));
    assertThat(message("prices", "buy")).contains("check FILE");
  }

  @Test
  void mistakes_sayWhatIsExpected() {
    assertThat(message()).contains("run, import, prices, data-map, version");
    assertThat(message("walk")).contains("there is no word \"walk\"");
    assertThat(message("run", "--prot", "1")).contains("--prot").contains("--port PORT");
    assertThat(message("run", "--port")).contains("--port needs a value");
    assertThat(message("run", "--port", "70000")).contains("0 to 65535");
    assertThat(message("run", "--port", "x")).contains("0 to 65535");
    assertThat(message("run", "--data", "\0")).contains("expected: a path");
    assertThat(message("version", "now")).contains("takes no options");
  }

  private static CommandLine parse(String... arguments) {
    return CommandLine.parse(List.of(arguments));
  }

  private static String message(String... arguments) {
    return ((CommandLine.Mistake) parse(arguments)).message();
  }
}
