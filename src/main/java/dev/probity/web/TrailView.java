package dev.probity.web;

import dev.probity.http.Json;
import dev.probity.web.figures.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * An exchange's trail, as a timeline. Read leniently: the log keeps rows of earlier versions.
 *
 * @param raw the trail as it is stored, indented
 */
public record TrailView(List<Candidate> candidates, List<Attempt> attempts, String raw) {
  private static final double WIDTH = 100;

  /** A deployment that was considered. */
  public record Candidate(String deployment, String provider, String model, String reason) {}

  /**
   * A call to a deployment, measured in hundredths of the whole.
   *
   * @param outcome status or error, in words
   * @param bars connecting, waiting, streaming, left to right
   */
  public record Attempt(
      String deployment,
      String model,
      String outcome,
      boolean failed,
      boolean reused,
      long connectMillis,
      long firstByteMillis,
      long totalMillis,
      List<Bar> bars) {}

  /** A piece of an attempt's time. */
  public record Bar(String kind, String label, String x, String width) {}

  static TrailView of(String trail, long latencyMillis) {
    JsonNode root = Json.lenient(trail);
    List<Candidate> candidates = new ArrayList<>();
    for (JsonNode node : root.path("candidates")) {
      candidates.add(
          new Candidate(
              text(node, "deployment"),
              text(node, "provider"),
              text(node, "model"),
              reason(node, root.path("attempts"))));
    }
    List<Attempt> attempts = new ArrayList<>();
    long attempted = 0;
    for (JsonNode node : root.path("attempts")) {
      attempted += number(node, "total_ms");
    }
    long whole = Math.max(1, Math.max(latencyMillis, attempted));
    long begun = 0;
    for (JsonNode node : root.path("attempts")) {
      attempts.add(attempt(node, begun, whole));
      begun += number(node, "total_ms");
    }
    return new TrailView(candidates, attempts, root.isContainer() ? root.toPrettyString() : trail);
  }

  /** Why a candidate was passed over; in place of no reason, what became of it. */
  private static String reason(JsonNode candidate, JsonNode attempts) {
    String reason = text(candidate, "reason").replace('_', ' ');
    if (!reason.isEmpty()) {
      return reason;
    }
    for (JsonNode attempt : attempts) {
      if (text(attempt, "deployment").equals(text(candidate, "deployment"))) {
        return "tried";
      }
    }
    return "held ready";
  }

  private static Attempt attempt(JsonNode node, long begun, long whole) {
    long total = number(node, "total_ms");
    long connect = Math.min(number(node, "connect_ms"), total);
    long firstByte = Math.min(Math.max(number(node, "first_byte_ms"), connect), total);
    List<Bar> bars = new ArrayList<>();
    add(bars, "connect", "Connecting", begun, connect, whole);
    add(bars, "wait", "Waiting for the first byte", begun + connect, firstByte - connect, whole);
    add(bars, "stream", "Answering", begun + firstByte, total - firstByte, whole);
    long status = number(node, "status");
    String error = text(node, "error").replace('_', ' ');
    return new Attempt(
        text(node, "deployment"),
        text(node, "model"),
        (status > 0 ? status + " " : "") + error,
        !error.isEmpty() || status >= 400,
        node.path("reused").asBoolean(false),
        connect,
        firstByte,
        total,
        bars);
  }

  private static void add(
      List<Bar> bars, String kind, String label, long from, long millis, long whole) {
    if (millis > 0) {
      bars.add(
          new Bar(
              kind,
              label + ": " + Format.duration(millis),
              decimal(WIDTH * from / whole),
              decimal(Math.max(0.4, WIDTH * millis / whole))));
    }
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  private static long number(JsonNode node, String name) {
    return Math.max(0, node.path(name).asLong(0));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
