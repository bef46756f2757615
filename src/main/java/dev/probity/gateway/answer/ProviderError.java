package dev.probity.gateway.answer;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A provider's error, whatever the vendor's shape:
 *
 * <pre>{"error":{"message","type","code"}}                          OpenAI and its like
 * {"type":"error","error":{"type","message"}}                  Anthropic
 * {"error":{"code","message","status","details":[...]}}        Google, also as an array of one
 * {"type":"response.failed","response":{"error":{...}}}        in a stream of responses
 * {"message"} {"detail"} {"error":"..."}                       others</pre>
 *
 * @param status the HTTP status; 0 within a success
 * @param word the vendor's most telling word for it, in lower case; may be empty
 * @param message the vendor's own; may be empty
 * @param waitMillis how long to wait, where the body says so
 */
public record ProviderError(int status, String word, String message, OptionalLong waitMillis) {
  private static final int MOST_MESSAGE = 4_000;

  /** What it comes to. */
  public enum Kind {
    /** The prompt is longer than the model takes. */
    CONTEXT_FULL,
    RATE_LIMITED,
    /** The account has no money or no quota left. */
    QUOTA,
    OVERLOADED,
    /** The provider does not accept the key. */
    CREDENTIAL,
    FORBIDDEN,
    NOT_FOUND,
    TOO_LARGE,
    INVALID,
    TIMEOUT,
    /** The provider's own fault. */
    FAULT
  }

  /** By its status alone, before the body has come. */
  public static ProviderError of(int status) {
    return new ProviderError(status, "", "", OptionalLong.empty());
  }

  /** By a word that was read off an answer ({@link AnswerReader#error}). */
  public static ProviderError of(String word) {
    int status = 0;
    if (word.matches("status_[45]\\d\\d")) {
      status = Integer.parseInt(word.substring(7));
    }
    return new ProviderError(status, status > 0 ? "" : word, "", OptionalLong.empty());
  }

  /** An answer with an error status. */
  public static ProviderError read(int status, byte[] body) {
    Optional<RawJson> json = RawJson.check(body, 0, body.length);
    return json.map(document -> read(status, document)).orElseGet(() -> of(status));
  }

  /** An error in an event, or in a document, of an answer that claims success; empty if none. */
  public static Optional<ProviderError> inside(RawJson event) {
    ProviderError read = read(0, event);
    return read.word.isEmpty() && read.message.isEmpty() ? Optional.empty() : Optional.of(read);
  }

  private static ProviderError read(int status, RawJson document) {
    Reading reading = new Reading();
    try {
      reading.document(document);
    } catch (MalformedJson _) {
      // What was read until then is better than nothing.
    }
    int said = status > 0 ? status : reading.status;
    return new ProviderError(said, reading.word(), reading.message, reading.waitMillis);
  }

  /** What it comes to. */
  public Kind kind() {
    if (isContextFull()) {
      return Kind.CONTEXT_FULL;
    }
    return byMessage().or(this::byWord).orElseGet(this::byStatus);
  }

  private boolean isContextFull() {
    return word.contains("context_length") || word.contains("context_window") || saysTooLong();
  }

  private boolean saysTooLong() {
    if (!(status == 0 || status == 400 || status == 413 || status == 422)) {
      return false;
    }
    String said = message.toLowerCase(Locale.ROOT);
    return said.contains("prompt is too long")
        || said.contains("maximum context length")
        || said.contains("context window")
        || said.contains("input is too long")
        || said.contains("input token count") && said.contains("exceeds the maximum");
  }

  /** Where the words and the status hide what matters. */
  private Optional<Kind> byMessage() {
    if (message.contains("credit balance is too low")) {
      return Optional.of(Kind.QUOTA);
    }
    return message.startsWith("API key not valid") || message.startsWith("API key expired")
        ? Optional.of(Kind.CREDENTIAL)
        : Optional.empty();
  }

  private Optional<Kind> byWord() {
    return Optional.ofNullable(
        switch (word) {
          case "insufficient_quota",
              "billing_error",
              "billing_hard_limit_reached",
              "billing_not_active",
              "usage_not_included" ->
              Kind.QUOTA;
          case "overloaded_error",
              "overloaded",
              "server_is_overloaded",
              "engine_overloaded",
              "slow_down",
              "unavailable",
              "service_unavailable" ->
              Kind.OVERLOADED;
          case "rate_limit_error",
              "rate_limit_exceeded",
              "resource_exhausted",
              "too_many_requests" ->
              Kind.RATE_LIMITED;
          case "authentication_error",
              "invalid_api_key",
              "unauthenticated",
              "api_key_invalid",
              "api_key_expired" ->
              Kind.CREDENTIAL;
          case "permission_error", "permission_denied" -> Kind.FORBIDDEN;
          case "not_found_error", "not_found", "model_not_found" -> Kind.NOT_FOUND;
          case "request_too_large" -> Kind.TOO_LARGE;
          case "timeout_error", "deadline_exceeded", "timeout" -> Kind.TIMEOUT;
          default -> status == 0 && isTheRequests(word) ? Kind.INVALID : null;
        });
  }

  private static boolean isTheRequests(String word) {
    return word.startsWith("invalid_")
        || word.startsWith("unsupported_")
        || word.contains("content_policy")
        || word.contains("content_filter")
        || word.equals("failed_precondition")
        || word.equals("out_of_range");
  }

  private Kind byStatus() {
    return switch (status) {
      case 401 -> Kind.CREDENTIAL;
      case 402 -> Kind.QUOTA;
      case 403 -> Kind.FORBIDDEN;
      case 404 -> Kind.NOT_FOUND;
      case 408, 504, 524 -> Kind.TIMEOUT;
      case 413 -> Kind.TOO_LARGE;
      case 429 -> Kind.RATE_LIMITED;
      case 503, 529 -> Kind.OVERLOADED;
      default -> status >= 400 && status < 500 ? Kind.INVALID : Kind.FAULT;
    };
  }

  /** Gathers what an error document says. */
  private static final class Reading {
    private String type = "";
    private String code = "";
    private String reason = "";
    private String message = "";
    private int status;
    private OptionalLong waitMillis = OptionalLong.empty();

    /** The code says more than the type, and Google's reason more than either. */
    String word() {
      String told = reason.isEmpty() ? code.isEmpty() ? type : code : reason;
      return told.toLowerCase(Locale.ROOT);
    }

    void document(RawJson document) throws MalformedJson {
      if (document.isArray()) {
        JsonCursor elements = document.cursor();
        elements.enterArray();
        while (elements.nextElement()) {
          RawJson element = elements.raw();
          if (element.isObject()) {
            document(element);
          }
        }
        return;
      }
      if (!document.isObject()) {
        return;
      }
      JsonCursor json = document.cursor();
      String ownType = "";
      boolean errorSeen = false;
      json.enterObject();
      while (json.nextMember()) {
        switch (json.name()) {
          case "error" -> errorSeen |= error(json.raw());
          case "response" -> {
            RawJson response = json.raw();
            if (response.isObject()) {
              response(response);
            }
          }
          case "type" -> ownType = text(json.raw());
          case "code" -> code(json.raw());
          case "message", "detail" -> message(json.raw());
          default -> json.skip();
        }
      }
      if (!errorSeen && ownType.contains("error") && !ownType.equals("error")) {
        type = ownType;
      }
    }

    private void response(RawJson response) throws MalformedJson {
      JsonCursor json = response.cursor();
      json.enterObject();
      while (json.nextMember()) {
        if (json.name().equals("error")) {
          error(json.raw());
        }
      }
    }

    private boolean error(RawJson error) throws MalformedJson {
      if (!error.isObject()) {
        message(error);
        return error.isString();
      }
      JsonCursor json = error.cursor();
      json.enterObject();
      while (json.nextMember()) {
        switch (json.name()) {
          case "message" -> message(json.raw());
          case "type" -> type = text(json.raw());
          case "code" -> code(json.raw());
          case "status" -> code(json.raw());
          case "details" -> details(json.raw());
          default -> json.skip();
        }
      }
      return true;
    }

    private void message(RawJson said) {
      String text = text(said);
      if (!text.isEmpty()) {
        message = text.substring(0, Math.min(MOST_MESSAGE, text.length()));
      }
    }

    /** A word, or an HTTP status. */
    private void code(RawJson said) {
      Optional<Long> number = said.integer();
      if (number.isPresent() && number.get() >= 400 && number.get() < 600) {
        status = number.get().intValue();
      } else if (!text(said).isEmpty()) {
        code = text(said);
      }
    }

    private void details(RawJson details) throws MalformedJson {
      if (!details.isArray()) {
        return;
      }
      JsonCursor elements = details.cursor();
      elements.enterArray();
      while (elements.nextElement()) {
        RawJson element = elements.raw();
        if (element.isObject()) {
          detail(element.cursor());
        }
      }
    }

    private void detail(JsonCursor json) throws MalformedJson {
      json.enterObject();
      while (json.nextMember()) {
        switch (json.name()) {
          case "reason" -> {
            String said = text(json.raw());
            if (said.startsWith("API_KEY_")) {
              reason = said;
            }
          }
          case "retryDelay" -> waitMillis = seconds(text(json.raw()));
          default -> json.skip();
        }
      }
    }

    private static OptionalLong seconds(String text) {
      if (!text.matches("\\d{1,6}(\\.\\d{1,9})?s")) {
        return OptionalLong.empty();
      }
      double seconds = Double.parseDouble(text.substring(0, text.length() - 1));
      return OptionalLong.of((long) Math.ceil(seconds * 1000));
    }

    private static String text(RawJson value) {
      return value.kind() == JsonKind.STRING ? value.text().orElseThrow().plain() : "";
    }
  }
}
