package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Trees;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What a vendor's formats have in common: how errors look, and the headers of every answer. */
enum Vendor {
  OPENAI {
    @Override
    ObjectNode error(Rejection rejection, String requestId) {
      String type =
          switch (rejection.status()) {
            case 401, 403 -> "authentication_error";
            case 429 -> "requests";
            default -> rejection.status() < 500 ? "invalid_request_error" : "server_error";
          };
      String code =
          rejection.code().isEmpty() && rejection.status() == 429
              ? "rate_limit_exceeded"
              : rejection.code();
      return Trees.object(
          "error",
          Trees.object(
              "message",
              rejection.message(),
              "type",
              type,
              "param",
              rejection.parameter().isEmpty() ? null : rejection.parameter(),
              "code",
              code.isEmpty() ? null : code));
    }

    @Override
    Rejection missing(String field) {
      return new Rejection(
          400, "missing_required_parameter", field, "Missing required parameter: '" + field + "'.");
    }

    @Override
    Map<String, String> headers(String requestId, long remaining, Instant now) {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("x-request-id", requestId);
      headers.put("openai-version", "2020-10-01");
      headers.put("openai-organization", "simulated");
      headers.put("openai-processing-ms", "1");
      headers.put("x-ratelimit-limit-requests", Long.toString(REQUESTS_A_MINUTE));
      headers.put("x-ratelimit-limit-tokens", Long.toString(TOKENS_A_MINUTE));
      headers.put("x-ratelimit-remaining-requests", Long.toString(remaining));
      headers.put("x-ratelimit-remaining-tokens", Long.toString(TOKENS_A_MINUTE));
      headers.put("x-ratelimit-reset-requests", secondsLeft(now) + "s");
      headers.put("x-ratelimit-reset-tokens", "0s");
      return headers;
    }
  },

  ANTHROPIC {
    @Override
    ObjectNode error(Rejection rejection, String requestId) {
      String type =
          switch (rejection.status()) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> rejection.status() < 500 ? "invalid_request_error" : "api_error";
          };
      return Trees.object(
          "type",
          "error",
          "error",
          Trees.object("type", type, "message", rejection.message()),
          "request_id",
          requestId);
    }

    @Override
    Rejection missing(String field) {
      return Rejection.invalid(field + ": Field required");
    }

    @Override
    Map<String, String> headers(String requestId, long remaining, Instant now) {
      String reset = now.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60).toString();
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("request-id", requestId);
      headers.put("anthropic-organization-id", "00000000-0000-4000-8000-000000000000");
      headers.put("anthropic-ratelimit-requests-limit", Long.toString(REQUESTS_A_MINUTE));
      headers.put("anthropic-ratelimit-requests-remaining", Long.toString(remaining));
      headers.put("anthropic-ratelimit-requests-reset", reset);
      for (String kind : new String[] {"tokens", "input-tokens", "output-tokens"}) {
        headers.put("anthropic-ratelimit-" + kind + "-limit", Long.toString(TOKENS_A_MINUTE));
        headers.put("anthropic-ratelimit-" + kind + "-remaining", Long.toString(TOKENS_A_MINUTE));
        headers.put("anthropic-ratelimit-" + kind + "-reset", reset);
      }
      return headers;
    }
  },

  GOOGLE {
    @Override
    ObjectNode error(Rejection rejection, String requestId) {
      String status =
          switch (rejection.status()) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 503, 529 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> rejection.status() < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
          };
      return Trees.object(
          "error",
          Trees.object(
              "code", rejection.status(), "message", rejection.message(), "status", status));
    }

    @Override
    Rejection missing(String field) {
      return Rejection.invalid(
          "* GenerateContentRequest." + field + ": " + field + " is not specified\n");
    }

    @Override
    Map<String, String> headers(String requestId, long remaining, Instant now) {
      return Map.of("server-timing", "gfet4t7; dur=1", "vary", "Origin");
    }
  };

  static final long REQUESTS_A_MINUTE = 10_000;
  private static final long TOKENS_A_MINUTE = 2_000_000;

  abstract ObjectNode error(Rejection rejection, String requestId);

  /** The vendor's words for a field that was left out. */
  abstract Rejection missing(String field);

  /**
   * @param remaining requests in the minute that {@code now} is in
   */
  abstract Map<String, String> headers(String requestId, long remaining, Instant now);

  private static long secondsLeft(Instant now) {
    return 60 - Math.floorMod(now.getEpochSecond(), 60L);
  }
}
