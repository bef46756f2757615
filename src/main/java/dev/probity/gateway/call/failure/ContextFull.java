package dev.probity.gateway.call.failure;

import dev.probity.gateway.Dialect;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a prompt is too long, in the words of each vendor: its clients look for them in the message,
 * and shorten the conversation.
 */
final class ContextFull {
  /** OpenAI names the limit first, the others what was sent. */
  private static final Pattern LIMIT_FIRST =
      Pattern.compile("maximum context length is (\\d+) tokens.*?(\\d+) tokens", Pattern.DOTALL);

  private static final Pattern SENT_FIRST =
      Pattern.compile(
          "(?:too long[^0-9]*(\\d+) tokens? > (\\d+))|(?:token count \\(?(\\d+)\\)? exceeds[^0-9]*(\\d+))");

  private ContextFull() {}

  static String in(Dialect client, String said) {
    if (said.toLowerCase(Locale.ROOT).contains(mark(client))) {
      return said;
    }
    Matcher limitFirst = LIMIT_FIRST.matcher(said);
    if (limitFirst.find()) {
      return in(client, limitFirst.group(2), limitFirst.group(1));
    }
    Matcher sentFirst = SENT_FIRST.matcher(said);
    if (sentFirst.find()) {
      return sentFirst.group(1) == null
          ? in(client, sentFirst.group(3), sentFirst.group(4))
          : in(client, sentFirst.group(1), sentFirst.group(2));
    }
    return switch (client) {
      case CHAT, RESPONSES -> "Your input exceeds the context window of this model. " + said;
      case MESSAGES -> "prompt is too long: " + said;
      case GEMINI -> "The input token count exceeds the maximum number of tokens allowed. " + said;
    };
  }

  private static String mark(Dialect client) {
    return switch (client) {
      case CHAT, RESPONSES -> "context";
      case MESSAGES -> "prompt is too long";
      case GEMINI -> "input token count";
    };
  }

  private static String in(Dialect client, String sent, String limit) {
    return switch (client) {
      case CHAT, RESPONSES ->
          "This model's maximum context length is "
              + limit
              + " tokens. However, your messages resulted in "
              + sent
              + " tokens. Please reduce the length of the messages.";
      case MESSAGES -> "prompt is too long: " + sent + " tokens > " + limit + " maximum";
      case GEMINI ->
          "The input token count ("
              + sent
              + ") exceeds the maximum number of tokens allowed ("
              + limit
              + ").";
    };
  }
}
