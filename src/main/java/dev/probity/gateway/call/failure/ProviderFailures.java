package dev.probity.gateway.call.failure;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.answer.ProviderError;
import dev.probity.gateway.answer.ProviderError.Kind;
import dev.probity.gateway.call.failure.Failure.Help;
import dev.probity.gateway.routing.Health.Ending;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.OptionalLong;

/** What a provider's errors mean to a call, and what its client is told of them. */
public final class ProviderFailures {
  private static final int MOST_WORD = 64;

  /** What Anthropic's clients know an overload by. */
  private static final int ANTHROPIC_OVERLOADED = 529;

  private ProviderFailures() {}

  /** By status and headers, before the body has come. */
  public static Failure byHead(int status, HttpHeaders headers) {
    ProviderError error = ProviderError.of(status);
    return failure(error, RetryAdvice.of(headers), refusal(error, Dialect.CHAT, false));
  }

  /**
   * @param client whose words the refusal is in
   * @param ownKey whether the client's own provider key was used
   */
  public static Failure read(
      int status, HttpHeaders headers, byte[] body, Dialect client, boolean ownKey) {
    ProviderError error = ProviderError.read(status, body);
    return failure(error, RetryAdvice.of(headers), refusal(error, client, ownKey));
  }

  /** An error within an answer that claims success. */
  public static Failure inside(String word, Refusal refusal) {
    return failure(ProviderError.of(word), RetryAdvice.NONE, word, refusal);
  }

  public static Failure inside(String word, Dialect client, boolean ownKey) {
    return inside(word, refusal(ProviderError.of(word), client, ownKey));
  }

  private static Failure failure(ProviderError error, RetryAdvice advice, Refusal refusal) {
    return failure(error, advice, "status_" + error.status(), refusal);
  }

  private static Failure failure(
      ProviderError error, RetryAdvice advice, String word, Refusal refusal) {
    OptionalLong wait = advice.waitMillis().isPresent() ? advice.waitMillis() : error.waitMillis();
    Kind kind = error.kind();
    return new Failure(word, refusal, advice.over(help(kind)), ending(kind), wait);
  }

  private static Help help(Kind kind) {
    return switch (kind) {
      case CONTEXT_FULL, TOO_LARGE, INVALID -> Help.NOTHING;
      case QUOTA, CREDENTIAL, FORBIDDEN, NOT_FOUND -> Help.OTHERS;
      case RATE_LIMITED, OVERLOADED, TIMEOUT, FAULT -> Help.TIME;
    };
  }

  private static Ending ending(Kind kind) {
    return switch (kind) {
      case CONTEXT_FULL, TOO_LARGE, INVALID, FORBIDDEN, NOT_FOUND -> Ending.SERVED;
      case RATE_LIMITED, OVERLOADED, QUOTA -> Ending.LIMITED;
      case CREDENTIAL, TIMEOUT, FAULT -> Ending.FAILED;
    };
  }

  /** What the client is told, with the words that its kind acts upon. */
  public static Refusal refusal(ProviderError error, Dialect client, boolean ownKey) {
    Kind kind = error.kind();
    if (kind == Kind.CREDENTIAL && !ownKey) {
      return new Refusal(
          Reason.UPSTREAM_FAILED,
          "provider_credential",
          "The provider does not accept the key that Probity has for it. Your own key is all right;"
              + " the operator must look at the deployment's api_key.");
    }
    return new Refusal(
        reason(kind), code(error, kind), message(error, kind, client), status(error, kind, client));
  }

  private static Reason reason(Kind kind) {
    return switch (kind) {
      case CONTEXT_FULL, INVALID -> Reason.INVALID;
      case RATE_LIMITED, QUOTA -> Reason.RATE_LIMITED;
      case OVERLOADED -> Reason.UNAVAILABLE;
      case CREDENTIAL -> Reason.UNAUTHENTICATED;
      case FORBIDDEN -> Reason.FORBIDDEN;
      case NOT_FOUND -> Reason.NOT_FOUND;
      case TOO_LARGE -> Reason.TOO_LARGE;
      case TIMEOUT -> Reason.UPSTREAM_TIMEOUT;
      case FAULT -> Reason.UPSTREAM_FAILED;
    };
  }

  private static int status(ProviderError error, Kind kind, Dialect client) {
    if (error.status() >= 400) {
      return error.status();
    }
    return kind == Kind.OVERLOADED && client == Dialect.MESSAGES
        ? ANTHROPIC_OVERLOADED
        : reason(kind).status();
  }

  private static String code(ProviderError error, Kind kind) {
    return switch (kind) {
      case CONTEXT_FULL -> "context_length_exceeded";
      case RATE_LIMITED -> "rate_limit_exceeded";
      case QUOTA -> "insufficient_quota";
      case OVERLOADED -> "overloaded";
      default -> plainWord(error);
    };
  }

  /** The provider's own word, if it is one. */
  private static String plainWord(ProviderError error) {
    String word = error.word();
    return word.matches("[a-z0-9_.-]{1," + MOST_WORD + "}") ? word : "provider_error";
  }

  private static String message(ProviderError error, Kind kind, Dialect client) {
    String said =
        error.message().isEmpty()
            ? error.status() > 0
                ? "The provider answered with status " + error.status() + "."
                : "The provider failed in the middle of its answer."
            : error.message();
    return kind == Kind.CONTEXT_FULL ? ContextFull.in(client, said) : said;
  }
}
