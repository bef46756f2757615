package dev.probity.identity;

import dev.probity.kernel.Caller;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Role;
import dev.probity.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every live key, in memory: authenticates each request without a lock or a database. A change is a
 * new map, so a key that is revoked stops with the next request.
 */
public final class KeyRing {
  /** Longest text that is looked at; no key is nearly as long. */
  private static final int LONGEST = 1_024;

  /** Stands in for keys that are unknown, so that they cost what known ones cost. */
  private static final Entry NOBODY =
      new Entry(
          Optional.empty(),
          new byte[Digests.SALT_BYTES],
          new byte[Digests.BYTES],
          Optional.empty(),
          Optional.empty());

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private final Optional<Caller> operator =
      Optional.of(new Caller(OrganizationId.FIRST, KeyId.ENVIRONMENT, Role.OWNER));

  /** SHA-256 of the operator's key; empty if there is none. */
  private final byte[] operatorDigest;

  private volatile Map<String, Entry> entries = Map.of();

  /**
   * @param operatorKey the owner key from the environment ({@code PROBITY_ADMIN_KEY}), whose length
   *     was checked; empty if there is none
   */
  public KeyRing(Optional<Secret> operatorKey) {
    this.operatorDigest =
        operatorKey.map(key -> Digests.plain(bytes(key.reveal()))).orElse(new byte[0]);
  }

  /**
   * Whose key this is. Called on event loops: allocates next to nothing and never blocks.
   *
   * @return empty if it is nobody's, mistyped or revoked
   */
  public Optional<Caller> authenticate(CharSequence presented) {
    if (presented.length() > LONGEST) {
      return Optional.empty();
    }
    Scratch scratch = SCRATCH.get();
    if (KeyFormat.read(presented, scratch.key)) {
      Entry entry = entries.getOrDefault(scratch.id(), NOBODY);
      byte[] digest = scratch.digest(entry.salt);
      if (MessageDigest.isEqual(digest, entry.digest) && entry.caller.isPresent()) {
        return entry.caller;
      }
    }
    return isOperator(presented) ? operator : Optional.empty();
  }

  /** The person whom a live key was issued for; empty for one that several share. */
  public Optional<String> personOf(KeyId id) {
    return entries.getOrDefault(id.value(), NOBODY).person;
  }

  /** What a live key is called. */
  public Optional<String> nameOf(KeyId id) {
    return entries.getOrDefault(id.value(), NOBODY).name;
  }

  /** Takes in every live key, in place of those it held. */
  synchronized void load(Collection<KeyRecord> live) {
    entries =
        live.stream()
            .collect(Collectors.toUnmodifiableMap(key -> key.id().value(), KeyRing::entry));
  }

  synchronized void add(KeyRecord key) {
    Map<String, Entry> changed = new HashMap<>(entries);
    changed.put(key.id().value(), entry(key));
    entries = Map.copyOf(changed);
  }

  synchronized void remove(KeyId id) {
    Map<String, Entry> changed = new HashMap<>(entries);
    changed.remove(id.value());
    entries = Map.copyOf(changed);
  }

  int size() {
    return entries.size();
  }

  private boolean isOperator(CharSequence presented) {
    return operatorDigest.length > 0
        && MessageDigest.isEqual(Digests.plain(bytes(presented)), operatorDigest);
  }

  private static byte[] bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Entry entry(KeyRecord key) {
    return new Entry(
        Optional.of(new Caller(key.organization(), key.id(), key.role())),
        HexFormat.of().parseHex(key.salt()),
        HexFormat.of().parseHex(key.digest()),
        Optional.of(key.name()),
        key.person());
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record Entry(
      Optional<Caller> caller,
      byte[] salt,
      byte[] digest,
      Optional<String> name,
      Optional<String> person) {}

  /** What one thread needs to digest a key without allocating. */
  private static final class Scratch {
    private final byte[] key = new byte[KeyFormat.LENGTH];
    private final MessageDigest sha256 = Digests.sha256();

    private String id() {
      return new String(key, KeyFormat.ID_START, KeyFormat.ID_LENGTH, StandardCharsets.ISO_8859_1);
    }

    private byte[] digest(byte[] salt) {
      sha256.update(salt);
      sha256.update(key, KeyFormat.SECRET_START, KeyFormat.SECRET_LENGTH);
      return sha256.digest();
    }
  }
}
