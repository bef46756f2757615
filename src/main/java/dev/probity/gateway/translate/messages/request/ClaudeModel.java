package dev.probity.gateway.translate.messages.request;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a model takes, as far as its name says it: Anthropic's models differ, and refuse what they
 * don't know. A name without {@code claude} in it (others speak this format, too) is taken for one
 * that knows what all have in common.
 *
 * @param version major times 100 and minor: 406 for 4.6
 */
record ClaudeModel(Family family, int version) {
  /** The lines of models. */
  enum Family {
    HAIKU,
    SONNET,
    OPUS,
    /** Fable, Mythos, and lines that are not known yet: the newest ways. */
    NEWER,
    /** Not Anthropic's, or a name of somebody's own. */
    UNKNOWN
  }

  /** How a model is told to think. */
  enum ThinkingKind {
    NONE,
    BUDGET,
    ADAPTIVE
  }

  /** What is asked for where the client says nothing, if the model can write that much. */
  static final long DEFAULT_MAX_TOKENS = 64_000;

  private static final int NEWEST = 9900;
  private static final Pattern NAMED =
      Pattern.compile("claude-([a-z]+)(?:-(\\d{1,2})(?:[.-](\\d{1,2}))?(?!\\d))?");
  private static final Pattern NUMBERED = Pattern.compile("claude-(\\d)(?:[.-](\\d))?-([a-z]+)");

  static ClaudeModel of(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    if (numbered.find()) {
      return new ClaudeModel(
          family(numbered.group(3)), version(numbered.group(1), numbered.group(2)));
    }
    Matcher named = NAMED.matcher(name);
    if (!named.find()) {
      return new ClaudeModel(Family.UNKNOWN, 0);
    }
    Family family = family(named.group(1));
    int version = named.group(2) == null ? NEWEST : version(named.group(2), named.group(3));
    return new ClaudeModel(family, version);
  }

  private static Family family(String word) {
    return switch (word) {
      case "haiku" -> Family.HAIKU;
      case "sonnet" -> Family.SONNET;
      case "opus" -> Family.OPUS;
      case "instant" -> Family.UNKNOWN;
      default -> Family.NEWER;
    };
  }

  private static int version(String major, @Nullable String minor) {
    return Integer.parseInt(major) * 100 + (minor == null ? 0 : Integer.parseInt(minor));
  }

  private boolean isKnown() {
    return family != Family.UNKNOWN;
  }

  private boolean isFrom(int haiku, int sonnet, int opus) {
    return switch (family) {
      case HAIKU -> version >= haiku;
      case SONNET -> version >= sonnet;
      case OPUS -> version >= opus;
      case NEWER -> true;
      case UNKNOWN -> false;
    };
  }

  ThinkingKind thinking() {
    if (isFrom(505, 406, 406)) {
      return ThinkingKind.ADAPTIVE;
    }
    return !isKnown() || version >= 307 ? ThinkingKind.BUDGET : ThinkingKind.NONE;
  }

  /** Whether thinking can be switched off. */
  boolean canBeThoughtless() {
    return family != Family.NEWER && !isFrom(NEWEST, 505, 505);
  }

  /** Whether it thinks at least between calls of tools, which is then the least to be had. */
  boolean thinksBetweenTools() {
    return family == Family.SONNET && version >= 505;
  }

  /** Whether a forced choice of tools is taken while it thinks. */
  boolean choosesWhileThinking() {
    return thinking() == ThinkingKind.ADAPTIVE && isFrom(505, 500, 500);
  }

  /** Whether a choice of tools can be forced. */
  boolean takesForcedChoice() {
    return switch (family) {
      case HAIKU, UNKNOWN -> true;
      case SONNET, OPUS -> version < 505;
      case NEWER -> version == 500;
    };
  }

  /** Whether temperature and the like are taken. */
  boolean takesSampling() {
    return !isFrom(505, 500, 407);
  }

  /** Whether temperature is taken beside {@code top_p}. */
  boolean takesBothSamplings() {
    return !isFrom(405, 405, 405);
  }

  boolean takesExtraEffort() {
    return isFrom(505, 500, 407);
  }

  /** Whether an answer may be begun in the assistant's name. */
  boolean takesPrefill() {
    return !isFrom(505, 406, 406);
  }

  /** Whether answers and inputs of tools can be held to a schema. */
  boolean takesSchemas() {
    return !isKnown() || isFrom(405, 405, 401);
  }

  /** The most tokens that it can write; a great many if that is not known. */
  long mostTokens() {
    if (!isKnown()) {
      return Long.MAX_VALUE;
    }
    if (isFrom(505, 406, 406)) {
      return 128_000;
    }
    if (version < 305) {
      return 4_096;
    }
    if (version < 307) {
      return 8_192;
    }
    return family == Family.OPUS && version < 405 ? 32_000 : 64_000;
  }
}
