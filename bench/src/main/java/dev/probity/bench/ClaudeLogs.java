package dev.probity.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * What Claude Code's logs exporter sends in five busy seconds: a prompt, six rounds of a model call
 * with a tool, and an answer, with the attributes that version 2.1.329 sends. Every session is a
 * person of its own.
 */
final class ClaudeLogs {
  static final int RECORDS = 20;
  static final int MODEL_CALLS = 6;

  /** 1,202 input, 4,000 read and 300 written cache, 42 output tokens of claude-opus-5-5. */
  static final long CHARGE_NANO_USD = 7_948_000;

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final List<Session> sessions = new ArrayList<>();
  private long exports;

  private record Session(byte[] template, List<ProtoWriter.Hole> holes) {}

  ClaudeLogs(int sessionCount) {
    var random = new Random(1);
    for (int i = 0; i < sessionCount; i++) {
      ProtoWriter request = export(i, random);
      sessions.add(new Session(request.bytes(), List.copyOf(request.holes())));
    }
  }

  int exportBytes() {
    return sessions.getFirst().template.length;
  }

  /** The next export: of each session in turn, with records that never were before. */
  byte[] next(long nowMillis) {
    long number = exports++;
    Session session = sessions.get((int) (number % sessions.size()));
    byte[] bytes = session.template.clone();
    byte[] iso = ISO.format(Instant.ofEpochMilli(nowMillis)).getBytes(US_ASCII);
    int count = 0;
    for (ProtoWriter.Hole hole : session.holes) {
      switch (hole.kind()) {
        case NANOS -> {
          long nanos = nowMillis * 1_000_000 + count++;
          for (int i = 0; i < 8; i++) {
            bytes[hole.at() + i] = (byte) (nanos >>> 8 * i);
          }
        }
        case ISO_TIME -> System.arraycopy(iso, 0, bytes, hole.at(), hole.length());
        case DIGITS -> digits(bytes, hole, number * RECORDS + count / 2);
        case SEQUENCE -> {
          long sequence = number / sessions.size() * RECORDS + count / 2;
          bytes[hole.at()] = (byte) (sequence & 0x7F | 0x80);
          bytes[hole.at() + 1] = (byte) (sequence >>> 7 & 0x7F | 0x80);
          bytes[hole.at() + 2] = (byte) (sequence >>> 14 & 0x7F);
        }
      }
    }
    return bytes;
  }

  private static void digits(byte[] bytes, ProtoWriter.Hole hole, long number) {
    long rest = number;
    for (int i = hole.at() + hole.length() - 1; i >= hole.at(); i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static ProtoWriter export(int index, Random random) {
    var resource = ProtoWriter.withAttributesIn(1);
    resource.with("host.arch", "amd64").with("os.type", "linux").with("os.version", "6.18.44");
    resource.with("service.name", "claude-code").with("service.version", "2.1.329");
    resource.with("team.id", "team-" + index % 40);
    var scope = new ProtoWriter();
    scope.text(1, "com.anthropic.claude_code.events");
    scope.text(2, "2.1.329");
    var scopeLogs = new ProtoWriter();
    scopeLogs.message(1, scope);
    String install = "%064x".formatted(new java.math.BigInteger(250, random));
    String session = new UUID(random.nextLong(), random.nextLong()).toString();
    String account = new UUID(random.nextLong(), random.nextLong()).toString();
    String prompt = new UUID(random.nextLong(), random.nextLong()).toString();
    record Sender(String install, String session, String account, String email, String prompt) {}
    var sender =
        new Sender(install, session, account, "dev%d@example.com".formatted(index), prompt);
    for (int i = 0; i < RECORDS; i++) {
      String name =
          i == 0
              ? "user_prompt"
              : i == RECORDS - 1
                  ? "assistant_response"
                  : List.of("api_request", "tool_decision", "tool_result").get((i - 1) % 3);
      var record = new ProtoWriter();
      record.nanos(1);
      record.nanos(11);
      var body = new ProtoWriter();
      body.text(1, "claude_code." + name);
      record.message(5, body);
      record.with("user.id", sender.install).with("session.id", sender.session);
      record.with("organization.id", "9e6c1a52-8f7c-4c55-9c0f-1f4f1a1b2c3d");
      record.with("user.account_uuid", sender.account).with("user.email", sender.email);
      record.with("anthropic.provider", "firstParty").with("terminal.type", "vscode");
      record.with("event.name", name).withTime("event.timestamp").withSequence("event.sequence");
      record.with("prompt.id", sender.prompt);
      own(record, name);
      scopeLogs.message(2, record);
    }
    var resourceLogs = new ProtoWriter();
    resourceLogs.message(1, resource);
    resourceLogs.message(2, scopeLogs);
    var request = new ProtoWriter();
    request.message(1, resourceLogs);
    return request;
  }

  private static void own(ProtoWriter record, String name) {
    switch (name) {
      case "user_prompt" -> record.with("prompt_length", "142").with("prompt", "<REDACTED>");
      case "api_request" -> {
        record.with("model", "claude-opus-5-5").with("input_tokens", 1202);
        record.with("output_tokens", 42).with("cache_read_tokens", 4000);
        record.with("cache_creation_tokens", 300).with("cache_creation_5m_tokens", 0);
        record.with("cache_creation_1h_tokens", 0).with("cost_usd", 0.007948);
        record.with("cost_usd_micros", 7948).with("duration_ms", 2313).with("ttft_ms", 642);
        record.withNumber("request_id", "req_011CSHoEeqs").with("speed", "normal");
        record.with("query_source", "repl_main_thread").with("effort", "medium");
      }
      case "tool_decision" -> {
        record.with("decision", "accept").with("source", "config").with("tool_name", "Bash");
        record.withNumber("tool_use_id", "toolu_01A09q").with("tool_source", "builtin");
        record.with("permission_mode", "default").withNumber("request_id", "req_011CSHoEeqs");
      }
      case "tool_result" -> {
        record.with("tool_name", "Bash").withNumber("tool_use_id", "toolu_01A09q");
        record.with("success", "true").with("duration_ms", "384");
        record.with("tool_input_size_bytes", "63").with("tool_result_size_bytes", "1542");
        record.withNumber("request_id", "req_011CSHoEeqs");
      }
      default -> {
        record.with("response_length", 512).with("response", "<REDACTED>");
        record.withNumber("request_id", "req_011CSHoEeqs").with("model", "claude-opus-5-5");
        record.with("query_source", "repl_main_thread");
      }
    }
  }
}
