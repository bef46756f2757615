package dev.probity.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
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
  void questionsToARunningProbity_sayWhichAndWithWhatKey() {
    CommandLine.Remote usual =
        new CommandLine.Remote(URI.create("http://127.0.0.1:8080"), Optional.empty());
    CommandLine.Remote other =
        new CommandLine.Remote(URI.create("https://h:1"), Optional.of(new Secret("k")));
    assertThat(parse("explain", "ex_1")).isEqualTo(new CommandLine.Explain("ex_1", usual));
    assertThat(parse("explain", "ex_1", "--url=https://h:1", "--key", "k"))
        .isEqualTo(new CommandLine.Explain("ex_1", other));
    assertThat(parse("reprice"))
        .isEqualTo(new CommandLine.Reprice(Optional.empty(), Optional.empty(), false, usual));
    assertThat(
            parse(
                "reprice",
                "--apply",
                "--from",
                "2026-11-01",
                "--to=2026-11-20",
                "--url",
                "https://h:1",
                "--key=k"))
        .isEqualTo(
            new CommandLine.Reprice(
                Optional.of(LocalDate.parse("2026-11-01")),
                Optional.of(LocalDate.parse("2026-11-20")),
                true,
                other));
    assertThat(message("explain")).contains("explain EXCHANGE");
    assertThat(message("explain", "--url", "http://h")).contains("explain EXCHANGE");
    assertThat(message("explain", "ex_1", "ex_2")).contains("ex_2").contains("--url URL");
    assertThat(message("reprice", "--form", "x")).contains("--form").contains("--apply");
    assertThat(message("reprice", "--from")).contains("--from needs a value");
    assertThat(message("reprice", "--to", "yesterday")).contains("yesterday", "2026-11-20");
    for (String url : List.of("h:8080", "ftp://h", "http://", "http://a b")) {
      assertThat(message("reprice", "--url", url)).contains("http://127.0.0.1:8080");
    }
  }

  @Test
  void mistakes_sayWhatIsExpected() {
    assertThat(message()).contains("run, explain, reprice, import, prices, data-map, version");
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
