package dev.probity.gateway.upstream.simulated.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** The encrypted content of the simulated provider's own thoughts. */
public final class SealedReasoning {
  private static final String MARK = "simulated: ";

  private SealedReasoning() {}

  public static String of(String thought) {
    return Base64.getEncoder().encodeToString((MARK + thought).getBytes(UTF_8));
  }

  /** Whether {@link #of} made it. */
  static boolean isOurs(String encryptedContent) {
    try {
      return new String(Base64.getDecoder().decode(encryptedContent), UTF_8).startsWith(MARK);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
