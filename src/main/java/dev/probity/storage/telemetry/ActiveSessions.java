package dev.probity.storage.telemetry;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.storage.Sql;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.counting.SessionLedger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The sessions that reports came for lately. For the writer's thread. */
final class ActiveSessions {
  /**
   * How much is remembered between batches; what is not is read again when it is needed.
   *
   * @param sessions about 1 KB each
   * @param fingerprints of all of them, 8 to 16 bytes each
   */
  record Bounds(int sessions, long fingerprints) {
    static final Bounds DEFAULT = new Bounds(20_000, 2_000_000);
  }

  private final Refs refs;
  private final Bounds bounds;
  private final Map<Name, ActiveSession> sessions = new LinkedHashMap<>(1024, 0.75f, true);
  private final Set<ActiveSession> changed = new LinkedHashSet<>();
  private long fingerprints;
  private long lastId = -1;

  ActiveSessions(MasterKey master, Bounds bounds) {
    refs = new Refs(master);
    this.bounds = bounds;
  }

  /** The session that facts are of, which may be new. */
  ActiveSession get(
      Sql sql, OrganizationId organization, KeyId key, SessionFacts facts, long epochDay) {
    Name name =
        Name.of(organization.value(), facts.agent(), facts.session(), key.value(), epochDay);
    ActiveSession known = sessions.get(name);
    if (known != null) {
      return known;
    }
    long ref = refs.of(name);
    ActiveSession session =
        SessionTable.load(sql, ref)
            .orElseGet(() ->
                new ActiveSession(nextId(sql), ref, organization, SessionLedger.begin(), true));
    sessions.put(name, session);
    return session;
  }

  /** Notes that a session is to be written. */
  void changed(ActiveSession session) {
    changed.add(session);
  }

  /** Writes what has changed, and forgets what has been quiet for longest. */
  void save(Sql sql) {
    for (ActiveSession session : changed) {
      fingerprints += session.fingerprints() - session.accountedFingerprints;
      session.accountedFingerprints = session.fingerprints();
      SessionTable.save(sql, session);
    }
    changed.clear();
    Iterator<ActiveSession> eldestFirst = sessions.values().iterator();
    while (eldestFirst.hasNext()
        && (sessions.size() > bounds.sessions || fingerprints > bounds.fingerprints)) {
      ActiveSession eldest = eldestFirst.next();
      fingerprints -= eldest.accountedFingerprints;
      eldest.forgetFingerprints();
      if (sessions.size() > bounds.sessions) {
        eldestFirst.remove();
      }
    }
  }

  /** Forgets those that are no more. */
  void removeIf(Predicate<ActiveSession> gone) {
    sessions
        .values()
        .removeIf(session -> {
          boolean remove = gone.test(session);
          fingerprints -= remove ? session.accountedFingerprints : 0;
          return remove;
        });
  }

  void forget() {
    sessions.clear();
    changed.clear();
    fingerprints = 0;
    lastId = -1;
  }

  /** In the order of first use, so that replaying the journal numbers them as before. */
  private long nextId(Sql sql) {
    if (lastId < 0) {
      lastId = sql.first("SELECT max(id) FROM sessions", row -> row.getLong(1)).orElse(0L);
    }
    return ++lastId;
  }

  /**
   * What makes a session one.
   *
   * @param session the agent's own id; empty where it gives none
   * @param key then what came with the same key on the same day belongs together; otherwise empty
   * @param epochDay likewise; otherwise 0
   */
  private record Name(long organization, String agent, String session, String key, long epochDay) {
    private static Name of(
        long organization, String agent, String session, String key, long epochDay) {
      return session.isEmpty()
          ? new Name(organization, agent, "", key, epochDay)
          : new Name(organization, agent, session, "", 0);
    }
  }

  /** Makes sessions' numbers: 64 bits of a keyed hash. For one thread. */
  private static final class Refs {
    private final Mac mac;

    private Refs(MasterKey master) {
      try {
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(master.derive("session refs", MasterKey.BYTES), "HmacSHA256"));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has HmacSHA256", e);
      }
    }

    private long of(Name name) {
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
}
