package dev.probity.gateway.translate.gemini.request;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model of Google's can do, as far as its name says. A name without a version (such as
 * {@code gemini-flash-latest}) is taken for the newest.
 *
 * @param version ten times the version: 25 for 2.5
 */
record GeminiModel(int version, boolean pro, boolean lite, boolean gemma) {
  private static final Pattern VERSION = Pattern.compile("gemini-(\\d)(?:\\.(\\d))?");
  private static final int NEWEST = 99;

  static GeminiModel of(String name) {
    Matcher matcher = VERSION.matcher(name);
    int version = NEWEST;
    if (matcher.find()) {
      String minor = matcher.group(2);
      version = 10 * Integer.parseInt(matcher.group(1));
      version += minor == null ? 0 : Integer.parseInt(minor);
    }
    return new GeminiModel(
        version, name.contains("pro"), name.contains("lite"), name.contains("gemma"));
  }

  /** Whether a call of the current turn must be signed. */
  boolean wantsSignatures() {
    return isThird();
  }

  /** Whether it takes functions together with Google's own tools. */
  boolean combinesTools() {
    return isThird();
  }

  /** Whether it takes functions together with a format for the answer. */
  boolean formatsWithTools() {
    return isThird();
  }

  /** Whether a function's result may have media in it. */
  boolean readsMediaInResults() {
    return isThird();
  }

  boolean thinks() {
    return version >= 25 && !gemma;
  }

  /** Whether thinking is measured in levels; in tokens otherwise. */
  boolean thinksInLevels() {
    return isThird();
  }

  boolean hasMinimalLevel() {
    return isThird() && !pro && (lite || version <= 36);
  }

  boolean hasMediumLevel() {
    return isThird() && !(pro && version == 30);
  }

  boolean canStopThinking() {
    return thinks() && !isThird() && !pro;
  }

  long leastBudget() {
    return lite ? 512 : pro ? 128 : 1;
  }

  long mostBudget() {
    return pro ? 32_768 : 24_576;
  }

  private boolean isThird() {
    return version >= 30 && !gemma;
  }
}
