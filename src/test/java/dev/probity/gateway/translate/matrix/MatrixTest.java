package dev.probity.gateway.translate.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.Translators;
import dev.probity.kernel.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every pair of dialects, everything that can be asked and answered: it arrives, or the caller is
 * told that it does not. To rewrite the page: {@code mvn -Dquick test -Dtest=MatrixTest
 * -Dwrite.docs}.
 */
class MatrixTest {
  private static final Path PAGE = Path.of("docs/reference/dialects.md");
  private static final Usage USAGE = new Usage(100, 40, 0, 0, 50, 7, 0);

  @Test
  void whatIsAsked_arrivesOrIsToldToBeMissing() throws Exception {
    List<String> silent = new ArrayList<>();
    for (Asking asking : Asking.all()) {
      for (Dialect client : Dialect.values()) {
        for (Dialect provider : Dialect.values()) {
          if (ask(asking, client, provider).isSilent()) {
            silent.add(asking.what() + ", " + client + " to " + provider);
          }
        }
      }
    }
    assertThat(silent).isEmpty();
  }

  /** What a client can't say, a cell says with a dash. */
  static Cell ask(Asking asking, Dialect client, Dialect provider) throws Exception {
    RawJson sent = clientsOwn(asking, client);
    if (sent == null) {
      return Cell.UNSAYABLE;
    }
    if (client == provider) {
      return Cell.SAME;
    }
    Losses losses = new Losses();
    JsonWriter out = new JsonWriter();
    try {
      Prompt read = Translators.requestDecoder(Wire.operation(client, false)).decode(sent, losses);
      Translators.requestEncoder(provider)
          .encode(read, new Target(model(provider), false), out, losses);
    } catch (Untranslatable e) {
      return Cell.refused(e.refusal().code());
    }
    Losses onTheFarSide = new Losses();
    Prompt arrived =
        Translators.requestDecoder(Wire.operation(provider, false))
            .decode(RawJson.of(out.toString()), onTheFarSide);
    boolean isThere =
        asking.isThere().test(arrived)
            // Gemini is strict about all functions or none; who reads that can't say it of one.
            || asking.what().equals("strict functions") && onTheFarSide.words().contains("strict");
    return Cell.asked(isThere, losses.words());
  }

  /** The request as a client of the dialect writes it; null if it has no way to. */
  private static RawJson clientsOwn(Asking asking, Dialect client) throws MalformedJson {
    Prompt prompt = asking.prompt();
    if (prompt.tools().stream().anyMatch(Tool.Server.class::isInstance)) {
      Tool.Server.Kind kind = ((Tool.Server) prompt.tools().getFirst()).kind();
      prompt =
          new Prompts().tool(ServerTools.in(client, kind)).turn(prompt.turns().getFirst()).build();
    }
    if (!prompt.rest().isEmpty()) {
      String plain = encode(new Prompts().turn(prompt.turns().getFirst()).build(), client);
      String member = prompt.rest().toString().replaceAll("[{](\\w+)=(.*)[}]", "\"$1\":$2");
      return RawJson.of("{" + member + "," + plain.substring(1));
    }
    try {
      String body = encode(prompt, client);
      if (client == Dialect.MESSAGES && !asking.what().equals("cache marks")) {
        // Put there on behalf of clients that have no marks.
        body = body.replaceAll(",?\"cache_control\":[{][^}]*[}]", "");
      }
      Prompt again =
          Translators.requestDecoder(Wire.operation(client, false))
              .decode(RawJson.of(body), new Losses());
      return asking.isThere().test(again) ? RawJson.of(body) : null;
    } catch (Untranslatable _) {
      return null;
    }
  }

  private static String encode(Prompt prompt, Dialect dialect) throws MalformedJson {
    JsonWriter out = new JsonWriter();
    try {
      Translators.requestEncoder(dialect)
          .encode(prompt, new Target(model(dialect), false), out, new Losses());
    } catch (Untranslatable e) {
      return "{\"messages\":[],\"input\":[],\"contents\":[]}";
    }
    return out.toString();
  }

  /** A model of today, as what can be said to it may depend on it. */
  private static String model(Dialect provider) {
    return switch (provider) {
      case CHAT, RESPONSES -> "gpt-5.5";
      case MESSAGES -> "claude-opus-5-5";
      case GEMINI -> "gemini-3.5-pro";
    };
  }

  @Test
  void whatIsAnswered_isHeard() throws Exception {
    for (Answering answering : Answering.all()) {
      for (Dialect client : Dialect.values()) {
        for (Dialect provider : Dialect.values()) {
          Cell whole = answer(answering, client, provider, false, false);
          for (boolean from : new boolean[] {false, true}) {
            for (boolean to : new boolean[] {false, true}) {
              assertThat(answer(answering, client, provider, from, to))
                  .as(answering.what() + ", " + provider + " to " + client + ", " + from + " " + to)
                  .isEqualTo(whole);
            }
          }
        }
      }
    }
  }

  @Test
  void usage_addsUpInEveryDialect() throws Exception {
    List<AnswerEvent> said = Answering.all().getFirst().by(Dialect.CHAT);
    for (Dialect dialect : Dialect.values()) {
      for (boolean stream : new boolean[] {false, true}) {
        Wire.Bytes answer = Wire.encode(dialect, stream, said, USAGE);
        Usage heard = answer.usage();
        assertThat(answer.complete()).as(dialect.text()).isTrue();
        assertThat(heard.input()).as(dialect.text()).isEqualTo(USAGE.input());
        assertThat(heard.cacheRead()).as(dialect.text()).isEqualTo(USAGE.cacheRead());
        assertThat(heard.output()).as(dialect.text()).isEqualTo(USAGE.output());
      }
    }
  }

  static Cell answer(
      Answering answering, Dialect client, Dialect provider, boolean from, boolean to)
      throws Exception {
    List<AnswerEvent> said = answering.by(provider);
    if (said.isEmpty()) {
      return Cell.UNSAYABLE;
    }
    try {
      List<AnswerEvent> read = Wire.decode(Wire.encode(provider, from, said, USAGE));
      if (!answering.isThere().test(Heard.of(read))) {
        return Cell.UNSAYABLE;
      }
      if (client == provider) {
        return Cell.SAME;
      }
      Wire.Bytes given = Wire.encode(client, to, read, USAGE);
      assertThat(given.complete()).as("a whole answer of " + client).isTrue();
      return answering.isThere().test(Heard.of(Wire.decode(given))) ? Cell.YES : Cell.NO;
    } catch (Untranslatable e) {
      return Cell.refused(e.refusal().code());
    }
  }

  @Test
  void page_saysWhatHappens() throws Exception {
    Map<String, List<Row>> asked = new LinkedHashMap<>();
    for (Asking asking : Asking.all()) {
      Row row = new Row(asking.what(), new LinkedHashMap<>());
      for (Dialect client : Dialect.values()) {
        Map<Dialect, Cell> to = new EnumMap<>(Dialect.class);
        for (Dialect provider : Dialect.values()) {
          to.put(provider, ask(asking, client, provider));
        }
        row.cells().put(client, to);
      }
      asked.computeIfAbsent(asking.group(), _ -> new ArrayList<>()).add(row);
    }
    List<Row> answered = new ArrayList<>();
    for (Answering answering : Answering.all()) {
      Row row = new Row(answering.what(), new LinkedHashMap<>());
      for (Dialect client : Dialect.values()) {
        Map<Dialect, Cell> to = new EnumMap<>(Dialect.class);
        for (Dialect provider : Dialect.values()) {
          to.put(provider, answer(answering, client, provider, true, true));
        }
        row.cells().put(client, to);
      }
      answered.add(row);
    }
    String page = MatrixPage.markdown(asked, answered);
    if (System.getProperty("write.docs") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).content().isEqualTo(page);
  }

  /** A capability, by client's and provider's dialect. */
  record Row(String what, Map<Dialect, Map<Dialect, Cell>> cells) {}
}
