package dev.probity.telemetry;

import dev.probity.kernel.seal.MasterKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns what identifies a person into keyed hashes (HMAC-SHA-256, 128 bits kept): equal for equal
 * values of this installation, and nothing to anybody without its master key.
 */
public final class PersonalValues {
  private static final int KEPT_BYTES = 16;

  /** People who report at the same time; when there are more, it begins anew. */
  private static final int MOST_REMEMBERED = 10_000;

  private final SecretKeySpec key;
  private final Map<Named, String> remembered = new ConcurrentHashMap<>();

  private record Named(String kind, String value) {}

  public PersonalValues(MasterKey master) {
    key = new SecretKeySpec(master.derive("personal values", 32), "HmacSHA256");
  }

  /** The hash of an email address; upper and lower case are the same. Empty for an empty one. */
  public String email(String address) {
    return address.isBlank() ? "" : hash("email", address.strip().toLowerCase(Locale.ROOT));
  }

  /**
   * The hash of another value, as 32 hexadecimal digits.
   *
   * @param kind keeps equal values of different kinds apart
   */
  public String hash(String kind, String value) {
    Named named = new Named(kind, value);
    String known = remembered.get(named);
    if (known != null) {
      return known;
    }
    if (remembered.size() >= MOST_REMEMBERED) {
      remembered.clear();
    }
    String hash = made(kind, value);
    remembered.put(named, hash);
    return hash;
  }

  private String made(String kind, String value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] hash = mac.doFinal((kind + '\0' + value).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, KEPT_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
