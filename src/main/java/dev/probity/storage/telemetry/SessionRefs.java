package dev.probity.storage.telemetry;

import dev.probity.kernel.seal.MasterKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes sessions' numbers: 64 bits of a keyed hash. For one thread. */
final class SessionRefs {
  /**
   * What makes a session one.
   *
   * @param session the agent's own id; empty where it gives none
   * @param key then what came with the same key on the same day belongs together; otherwise empty
   * @param epochDay likewise; otherwise 0
   */
  record Name(long organization, String agent, String session, String key, long epochDay) {
    static Name of(long organization, String agent, String session, String key, long epochDay) {
      return session.isEmpty()
          ? new Name(organization, agent, "", key, epochDay)
          : new Name(organization, agent, session, "", 0);
    }
  }

  private final Mac mac;

  SessionRefs(MasterKey master) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(master.derive("session refs", MasterKey.BYTES), "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  long of(Name name) {
    mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, name.organization));
    mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, name.epochDay));
    for (String part : new String[] {name.agent, name.session, name.key}) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
      mac.update(bytes);
    }
    return ByteBuffer.wrap(mac.doFinal()).getLong();
  }
}
