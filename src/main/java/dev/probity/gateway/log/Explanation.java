package dev.probity.gateway.log;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.Outcome;
import dev.probity.gateway.routing.Trail;
import dev.probity.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Why an exchange went where it went and what became of it, in plain English, one sentence after
 * the other. Reads trails leniently: the log keeps rows of earlier versions.
 */
public final class Explanation {
  private final Exchange exchange;
  private final JsonNode trail;
  private final List<String> sentences = new ArrayList<>();

  private Explanation(Exchange exchange) {
    this.exchange = exchange;
    this.trail = Json.lenient(Trail.json(exchange));
  }

  /** The sentences; at least one. */
  public static List<String> of(Exchange exchange) {
    Explanation explanation = new Explanation(exchange);
    explanation.asked();
    explanation.choice();
    explanation.attempts();
    explanation.degraded();
    explanation.end();
    return List.copyOf(explanation.sentences);
  }

  private void asked() {
    String model = exchange.requestedModel().isEmpty() ? "no model" : exchange.requestedModel();
    sentences.add(
        "Asked for "
            + model
            + " in the "
            + exchange.operation().dialect().text()
            + " format"
            + (exchange.stream() ? ", as a stream." : "."));
    if (exchange.outcome() == Outcome.REFUSED) {
      sentences.add("It was refused: " + words(exchange.error()) + ".");
    }
  }

  private void choice() {
    JsonNode candidates = trail.path("candidates");
    List<String> able = new ArrayList<>();
    List<String> unable = new ArrayList<>();
    for (JsonNode candidate : candidates) {
      String reason = text(candidate, "reason");
      if (reason.isEmpty()) {
        able.add(text(candidate, "deployment"));
      } else {
        unable.add(text(candidate, "deployment") + " (" + TrailWords.reason(reason) + ")");
      }
    }
    long more = trail.path("omitted").asLong(0);
    if (!able.isEmpty()) {
      sentences.add(
          able.size() == 1
              ? "One deployment could serve it: " + able.getFirst() + "."
              : able.size() + " deployments could serve it: " + listed(able) + ".");
    }
    if (!unable.isEmpty()) {
      sentences.add("Passed over: " + listed(unable) + (more > 0 ? ", and more." : "."));
    }
    first();
  }

  private void first() {
    JsonNode attempts = trail.path("attempts");
    String why = text(trail, "first");
    if (attempts.isEmpty() || why.isEmpty() || why.equals("only_candidate")) {
      return;
    }
    JsonNode affinity = trail.path("affinity");
    sentences.add(
        text(attempts.get(0), "deployment")
            + " was tried first because "
            + TrailWords.first(why, affinity.path("age_ms").asLong(0))
            + ".");
    String left = text(affinity, "left");
    if (!left.isEmpty()) {
      sentences.add(
          "The prompt was likely cached at "
              + text(affinity, "deployment")
              + ", but "
              + TrailWords.left(left)
              + ".");
    }
  }

  private void attempts() {
    JsonNode attempts = trail.path("attempts");
    for (int i = 0; i < attempts.size(); i++) {
      for (JsonNode wait : trail.path("waits")) {
        if (i > 0 && wait.path("after_attempts").asInt(-1) == i) {
          sentences.add(
              "Then it waited "
                  + TrailWords.time(wait.path("ms").asLong(0))
                  + " ("
                  + words(text(wait, "why"))
                  + ").");
        }
      }
      attempt(attempts.get(i), i, attempts.size());
    }
    for (JsonNode hedge : trail.path("hedges")) {
      sentences.add(
          text(hedge, "deployment")
              + " was called beside it after "
              + TrailWords.time(hedge.path("after_ms").asLong(0))
              + " without an answer.");
    }
  }

  private void attempt(JsonNode attempt, int index, int count) {
    String who = text(attempt, "deployment");
    long status = attempt.path("status").asLong(0);
    String error = text(attempt, "error");
    long firstByte = attempt.path("connect_ms").asLong(0) + attempt.path("first_byte_ms").asLong(0);
    StringBuilder sentence = new StringBuilder(who);
    if (index > 0) {
      sentence.append(error.isEmpty() ? " took over and" : " was tried next and");
    }
    if (status > 0) {
      sentence.append(" answered ").append(status);
      sentence.append(" after ").append(TrailWords.time(firstByte));
      if (!error.isEmpty() && !error.equals("status_" + status)) {
        sentence.append(", but then: ").append(words(error));
      }
    } else {
      sentence.append(" did not answer: ").append(words(error));
      sentence.append(", after ").append(TrailWords.time(attempt.path("total_ms").asLong(0)));
    }
    if (attempt.path("translated").asBoolean(false)) {
      sentence.append("; the request was translated into ").append(dialectOf(who));
    }
    sentences.add(sentence.append('.').toString());
    if (index + 1 == count && exchange.outcome() == Outcome.UPSTREAM_FAILED) {
      sentences.add("Nobody else was left to try.");
    }
  }

  private String dialectOf(String deployment) {
    for (JsonNode candidate : trail.path("candidates")) {
      if (text(candidate, "deployment").equals(deployment)) {
        return "the " + text(candidate, "dialect") + " format";
      }
    }
    return "another format";
  }

  private void degraded() {
    JsonNode degraded = trail.path("degraded");
    if (!degraded.isEmpty()) {
      sentences.add(
          "Not everything could be said there: "
              + StreamSupport.stream(degraded.spliterator(), false)
                  .map(each -> words(each.asString("")))
                  .collect(Collectors.joining("; "))
              + ".");
    }
  }

  private void end() {
    switch (exchange.outcome()) {
      case REFUSED -> {
        return;
      }
      case COMPLETED -> {}
      case CANCELLED -> sentences.add("The client left before the end.");
      case BROKEN -> sentences.add("The answer broke off.");
      case UPSTREAM_FAILED -> sentences.add("The client got status " + exchange.status() + ".");
    }
    String took = "It took " + TrailWords.time(exchange.latencyMillis());
    String tokens =
        exchange.usage().total() == 0
            ? ""
            : ", read "
                + TrailWords.count(exchange.usage().input(), "token")
                + cached()
                + " and wrote "
                + TrailWords.number(exchange.usage().output());
    sentences.add(took + tokens + cost() + ".");
  }

  private String cached() {
    long cached = exchange.usage().cacheRead();
    return cached == 0 ? "" : " (" + TrailWords.number(cached) + " from the cache)";
  }

  private String cost() {
    if (exchange.charge().unpriced()) {
      return ", and has no known price";
    }
    return exchange.usage().total() == 0
        ? " and cost nothing"
        : ", and cost " + TrailWords.usd(exchange.charge().nanoUsd());
  }

  private static String listed(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.getFirst()
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private static String words(String word) {
    return word.isEmpty() ? "no reason known" : word.replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
