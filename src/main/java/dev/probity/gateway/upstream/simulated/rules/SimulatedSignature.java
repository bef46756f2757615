package dev.probity.gateway.upstream.simulated.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** What the simulated model signs its thoughts with, and knows again. */
public final class SimulatedSignature {
  private static final String BEGINNING = "simulated anthropic ";

  private SimulatedSignature() {}

  public static String of(String thought) {
    return Base64.getEncoder().encodeToString((BEGINNING + hash(thought)).getBytes(UTF_8));
  }

  /**
   * Whether it signs this thought.
   *
   * @param thought may be empty, as one is that was left out of the answer
   */
  static boolean isGenuine(String signature, String thought) {
    try {
      String plain = new String(Base64.getDecoder().decode(signature), UTF_8);
      return plain.startsWith(BEGINNING)
          && (thought.isEmpty() || plain.substring(BEGINNING.length()).equals(hash(thought)));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static String hash(String thought) {
    return Integer.toHexString(thought.hashCode());
  }
}
