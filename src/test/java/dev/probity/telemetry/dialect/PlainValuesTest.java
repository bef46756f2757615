package dev.probity.telemetry.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Usage;
import dev.probity.telemetry.AgentEvent;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, repositories, numbers and tokens, as they are made plain. */
class PlainValuesTest {
  @ParameterizedTest
  @CsvSource({
    "claude-opus-5-5, claude-opus-5-5",
    "claude-opus-4-8[1m], claude-opus-4-8",
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0, claude-sonnet-4-5-20250929",
    "anthropic.claude-3-5-sonnet-20241022-v2:0, claude-3-5-sonnet-20241022",
    "global.anthropic.claude-opus-4-8-v1:0[1m], claude-opus-4-8",
    "anthropic.claude-opus-4-8, claude-opus-4-8",
    "arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.anthropic.claude-opus-4-8-v1:0,"
        + " claude-opus-4-8",
    "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3, a1b2c3",
    "claude-sonnet-4-5@20250929, claude-sonnet-4-5-20250929",
    "claude-sonnet-4-5@default, claude-sonnet-4-5",
    "publishers/anthropic/models/claude-opus-4-8, claude-opus-4-8",
    "models/gemini-2.5-pro, gemini-2.5-pro",
    "gpt-5.5, gpt-5.5",
    "gpt-oss:20b, gpt-oss:20b",
    "meta.llama3-1-70b-instruct-v1:0, meta.llama3-1-70b-instruct-v1:0",
    "acme/claude-like, acme/claude-like",
    "'', ''"
  })
  void model_isItsVendorsName(String said, String plain) {
    assertThat(ModelName.of(said)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/acme/rockets.git, acme/rockets",
    "https://ada:secret@github.com/acme/rockets, acme/rockets",
    "https://host:8443/group/sub/name/, group/sub/name",
    "git@github.com:acme/rockets.git, acme/rockets",
    "ssh://git@host:22/acme/rockets.git, acme/rockets",
    "github.com/acme/rockets?x=secret, acme/rockets",
    "acme/rockets, acme/rockets",
    "file:///home/ada/rockets, ''",
    "/home/ada/rockets, ''",
    "~/rockets, ''",
    "C:/Users/ada/rockets, ''",
    "C:\\Users\\ada\\rockets, ''",
    "https://secret, ''",
    "'', ''"
  })
  void repository_hasNoHostAndNoCredentials(String url, String name) {
    assertThat(Repository.at(url)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "a_b.c:d/e@f-1, a_b.c:d/e@f-1",
    "two words, ''",
    "/home/ada, ''",
    "../up, ''",
    "C:/Users, ''",
    "~/ada, ''",
    "ada@example.com, ''",
    "plug-in@market, plug-in@market",
    "naïve, ''"
  })
  void identifier_isHarmlessOrNothing(String said, String kept) {
    assertThat(Words.identifier(said)).isEqualTo(kept);
  }

  @Test
  void texts_areBounded() {
    assertThat(Words.identifier("x".repeat(101))).isEmpty();
    assertThat(Words.bounded("x".repeat(500))).hasSize(Words.LONGEST_TEXT);
    assertThat(Words.bounded(" a\u0000b\n")).isEqualTo("ab");
    assertThat(Words.bounded("🚀".repeat(300)).codePoints().count()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/home/ada/Plan.JAVA, java",
    "C:\\secret\\x.ts, ts",
    "Makefile, ''",
    ".env, ''",
    "a.b/c, ''",
    "x.verylongextension, ''",
    "x.a b, ''"
  })
  void path_isItsExtension(String path, String extension) {
    assertThat(Words.extension(path)).isEqualTo(extension);
  }

  @ParameterizedTest
  @CsvSource({
    "0.007948, 7948000",
    "0.0000000005, 1",
    "0.0000000004, 0",
    "0, 0",
    "-1, -9223372036854775808",
    "1e9, -9223372036854775808",
    "NaN, -9223372036854775808",
    "Infinity, -9223372036854775808"
  })
  void cost_isRoundedHalfUpOrUnknown(double usd, long nanoUsd) {
    assertThat(Numbers.nanoUsd(usd)).isEqualTo(nanoUsd);
    assertThat(AgentEvent.UNKNOWN).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void geminisTotal_saysWhatIsContained() {
    Usage beside = new Usage(900, 100, 0, 0, 50, 20, 5);
    assertThat(Tokens.gemini(1000, 100, 50, 20, 5, 1075)).isEqualTo(beside);
    assertThat(Tokens.gemini(1000, 100, 50, 20, 5, 0)).isEqualTo(beside);
    assertThat(Tokens.gemini(1000, 100, 50, 20, 5, 1070))
        .isEqualTo(new Usage(895, 100, 0, 0, 50, 20, 5));
    assertThat(Tokens.gemini(1000, 100, 50, 20, 5, 1055))
        .isEqualTo(new Usage(900, 100, 0, 0, 30, 20, 5));
    assertThat(Tokens.gemini(1000, 100, 50, 20, 5, 1050))
        .isEqualTo(new Usage(895, 100, 0, 0, 30, 20, 5));
  }

  @Test
  void inclusiveCounts_neverCountTwice() {
    assertThat(Tokens.inclusive(1000, 600, 100, 50, 20))
        .isEqualTo(new Usage(300, 600, 100, 0, 30, 20, 0));
    // More was cached than there is input: so input does not contain it.
    assertThat(Tokens.inclusive(10, 600, 100, 50, 90))
        .isEqualTo(new Usage(10, 600, 100, 0, 0, 50, 0));
  }

  @Test
  void anyCounts_makeDisjointUsage() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long input = random.nextLong(3_000);
      long cached = random.nextLong(3_000);
      long output = random.nextLong(500);
      long thoughts = random.nextLong(500);
      long tools = random.nextLong(100);
      long total = random.nextBoolean() ? 0 : input + output + (random.nextBoolean() ? tools : 0);

      Usage inclusive = Tokens.inclusive(input, cached, tools, output, thoughts);
      assertThat(inclusive.output()).isEqualTo(output);
      assertThat(inclusive.input()).isBetween(input, input + cached + tools);
      Usage gemini = Tokens.gemini(input, cached, output, thoughts, tools, total);
      assertThat(gemini.total()).isBetween(input + output, input + output + thoughts + tools);
    }
  }
}
