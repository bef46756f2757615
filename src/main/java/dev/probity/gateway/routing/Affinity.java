package dev.probity.gateway.routing;

import dev.probity.kernel.Clock;
import dev.probity.kernel.OrganizationId;
import java.util.Locale;
import java.util.Optional;

/**
 * Which deployment served a session, a prompt's beginning or a stored answer before, so that it
 * serves it again: only there the provider's prompt cache, or the answer, is. Keeps keyed hashes
 * and names of deployments, nothing else, in tables of a fixed size.
 */
public final class Affinity {
  /** What a model's calls are kept together by ({@code affinity:}). */
  public enum By {
    /** The session, where the client names one; else the prompt's beginning. */
    SESSION_OR_PREFIX,
    SESSION,
    PREFIX,
    OFF;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As long as providers keep a prompt in their caches after its last use. */
  static final long CACHE_NANOS = 300_000_000_000L;

  /** Clients come back to an answer within a day, or hardly ever. */
  private static final long ANSWER_NANOS = 24 * 3_600_000_000_000L;

  private static final int ENTRIES = 1 << 15;

  private final Clock clock;
  private final KeyedHash hash;
  private final StickyTable prompts;
  private final StickyTable answers;

  /**
   * @param key0 makes the hashes unlike those of any other process, with {@code key1}
   */
  public Affinity(Clock clock, long key0, long key1) {
    this(clock, key0, key1, ENTRIES);
  }

  Affinity(Clock clock, long key0, long key1, int entries) {
    this.clock = clock;
    this.hash = new KeyedHash(key0, key1);
    this.prompts = new StickyTable(entries, CACHE_NANOS);
    this.answers = new StickyTable(entries, ANSWER_NANOS);
  }

  /** What a call belongs to: two hashes of the same. */
  record Key(long kept, long common, boolean bySession) {}

  /**
   * A session's or a prompt's key; sessions of different organizations, and of different models,
   * have nothing to do with each other.
   */
  Key key(OrganizationId organization, String model, String session) {
    return new Key(
        hash.of(organization.value(), model, session),
        KeyedHash.COMMON.of(organization.value(), model, session),
        true);
  }

  Key key(OrganizationId organization, String model, long prefix) {
    long both = organization.value() * 0x9E3779B97F4A7C15L ^ prefix;
    return new Key(hash.of(both, model, ""), KeyedHash.COMMON.of(both, model, ""), false);
  }

  Optional<StickyTable.Entry> find(Key key, long nowNanos) {
    return prompts.find(key.kept, nowNanos);
  }

  void remember(Key key, String deployment, long nowNanos) {
    prompts.put(key.kept, deployment, nowNanos);
  }

  /** An answer that can be gone on from was made by a deployment: that must be asked again. */
  public void remember(String responseId, String deployment) {
    answers.put(hash.of(0, "answer", responseId), deployment, clock.nanos());
  }

  /** The deployment that made an answer; empty if that was never known or is long ago. */
  public Optional<String> deploymentOf(String responseId) {
    return answers
        .find(hash.of(0, "answer", responseId), clock.nanos())
        .map(StickyTable.Entry::deployment);
  }
}
