package dev.probity.pricing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Other spellings under which a book may list a model, for names it does not list as they are. Only
 * what vendors document: the day that Anthropic ({@code -20251001}) and OpenAI ({@code
 * -2025-08-07}) append to a name, Google's stable version ({@code -001}), and Google's {@code
 * models/} in front.
 */
final class ModelNames {
  private static final Pattern VERSION_SUFFIX =
      Pattern.compile("-(20\\d{6}|20\\d{2}-\\d{2}-\\d{2}|00\\d)$");
  private static final String RESOURCE_PREFIX = "models/";

  private ModelNames() {}

  /** The name itself first, then the documented spellings of it. */
  static List<String> spellings(String model) {
    List<String> spellings = new ArrayList<>(4);
    spellings.add(model);
    String bare =
        model.startsWith(RESOURCE_PREFIX) ? model.substring(RESOURCE_PREFIX.length()) : model;
    add(spellings, bare);
    add(spellings, VERSION_SUFFIX.matcher(bare).replaceFirst(""));
    return spellings;
  }

  private static void add(List<String> spellings, String spelling) {
    if (!spelling.isEmpty() && !spellings.contains(spelling)) {
      spellings.add(spelling);
    }
  }
}
