package dev.probity.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoggingTest {
  private final LineFormatter formatter = new LineFormatter();

  @Test
  void record_isOneLineOfTimeLevelPlaceAndMessage() {
    LogRecord record = record("{0} connections", "dev.probity.gateway.door");
    record.setParameters(new Object[] {7});
    assertThat(formatter.format(record))
        .isEqualTo("2026-11-20T22:10:05.123Z WARN  gateway.door  7 connections\n");
  }

  @Test
  void stackTrace_followsIndentedAndMasked() {
    LogRecord record = record("failed", "other");
    record.setThrown(new IllegalStateException("upstream said sk-ant-abcdef123456"));
    List<String> lines = formatter.format(record).lines().toList();
    assertThat(lines.getFirst()).endsWith("WARN  other  failed");
    assertThat(lines.get(1))
        .isEqualTo("java.lang.IllegalStateException: upstream said sk-[redacted]");
    assertThat(lines.subList(2, lines.size())).isNotEmpty().allMatch(l -> l.startsWith("    "));
  }

  @Test
  void message_canNeitherForgeLinesNorControlATerminal() {
    String text = formatter.format(record("a\n2026 ERROR b\r\u001b[2J\u2028c\td", "x"));
    assertThat(text.lines()).hasSize(2);
    assertThat(text).contains("a\n    2026 ERROR b?[2J?c  d\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key pk-01hx_AbCdEfGhIjKlMnOpQr was refused",
        "OPENAI_API_KEY=sk-proj-AbCd1234",
        "sk-ant-api03-AbCd_1234-xyz",
        "url https://x/v1beta/models?key=AIzaSyAbCd1234 failed",
        "?alt=sse&key=AbCd1234efgh",
        "Authorization: Bearer AbCd1234",
        "authorization: AbCd1234",
        "bearer AbCd1234.AbCd1234",
        "Proxy-Authorization: Basic AbCd1234==",
        "{\"api_key\": \"AbCd1234\"}",
        "{'x-api-key':'AbCd1234'}",
        "x-goog-api-key: AbCd1234",
        "x-probity-key: AbCd1234",
        "the token (AbCd1234AbCd1234AbCd1234) expired",
        "jdbc:x://user:AbCd1234@host/db",
        "got eyJhbGciOiJIUzI1NiJ9.AbCd1234.AbCd1234",
        "password=AbCd1234;",
      })
  void credentials_areMasked(String text) {
    assertThat(Redaction.mask(text)).contains("[redacted]").doesNotContain("AbCd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exchange ex_0000000000000 took 12 ms",
        "model claude-opus-5-5 at https://api.anthropic.com:443/v1/messages",
        "no key was given",
        "the keyboard token",
        "key environment was revoked",
        "2 problems in the settings:\n  1. probity.yaml:3:4: unknown key hots",
        "pk- and sk- are beginnings",
      })
  void plainText_staysAsItIs(String text) {
    assertThat(Redaction.mask(text)).isEqualTo(text);
  }

  private static LogRecord record(String message, String logger) {
    LogRecord record = new LogRecord(Level.WARNING, message);
    record.setLoggerName(logger);
    record.setInstant(Instant.parse("2026-11-20T22:10:05.123Z"));
    return record;
  }
}
