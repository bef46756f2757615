package dev.probity.gateway.translate.gemini.request;

import dev.probity.gateway.json.RawText;

/** What Google documents as stand-ins for signatures of calls that its models did not make. */
public final class Placeholders {
  static final RawText UNCHECKED = RawText.of("skip_thought_signature_validator");

  private Placeholders() {}

  /** Whether it stands in for a signature, and so proves nothing. */
  public static boolean isOne(RawText signature) {
    return signature.equals(UNCHECKED) || signature.is("context_engineering_is_the_way_to_go");
  }
}
