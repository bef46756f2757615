package dev.probity.identity;

import dev.probity.kernel.Clock;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Role;
import dev.probity.kernel.Secret;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Issues, lists and revokes keys, and keeps the {@link KeyRing} in step with the store. */
public final class Keys {
  /** Live keys of the whole installation; all of them are in memory. */
  static final int MOST = 100_000;

  /** Of a key's name, and of the name of the person whose key it is. */
  static final int LONGEST_NAME = 100;

  private final KeyStore store;
  private final KeyRing ring;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * Reads every live key into the ring.
   *
   * @param random a secure source
   */
  public Keys(KeyStore store, KeyRing ring, Clock clock, RandomGenerator random) {
    this.store = store;
    this.ring = ring;
    this.clock = clock;
    this.random = random;
    ring.load(store.live());
  }

  /** What {@link #create} made of a wish. */
  public sealed interface Creation {}

  /**
   * A new key, which works from now on.
   *
   * @param key the key itself: this is the only time that anybody sees it
   */
  public record Created(KeyRecord record, Secret key) implements Creation {}

  /** No key was made. */
  public record Refused(Refusal refusal) implements Creation {}

  /** Issues a key that nobody in particular holds. */
  public Creation create(OrganizationId organization, String name, Role role) {
    return create(organization, name, role, Optional.empty());
  }

  /**
   * Issues a key.
   *
   * @param name what its owner calls it
   * @param person the one person who will hold it: what is reported with it is that person's
   */
  public Creation create(
      OrganizationId organization, String name, Role role, Optional<String> person) {
    String stripped = name.strip();
    Optional<String> holder = person.map(String::strip).filter(text -> !text.isEmpty());
    if (stripped.isEmpty() || !isName(stripped)) {
      return refused(
          "invalid_name",
          "Give the key a name of 1 to " + LONGEST_NAME + " characters, without line breaks.");
    }
    if (!isName(holder.orElse(""))) {
      return refused(
          "invalid_person",
          "Name the person in at most " + LONGEST_NAME + " characters, without line breaks.");
    }
    if (ring.size() >= MOST) {
      return refused("too_many_keys", "There are " + MOST + " keys. Revoke some first.");
    }
    String key = KeyFormat.create(random);
    byte[] salt = new byte[Digests.SALT_BYTES];
    random.nextBytes(salt);
    KeyRecord keyRecord =
        new KeyRecord(
            new KeyId(KeyFormat.id(key)),
            organization,
            stripped,
            role,
            HexFormat.of().formatHex(salt),
            HexFormat.of().formatHex(Digests.salted(salt, KeyFormat.secret(key))),
            KeyFormat.preview(key),
            clock.millis(),
            OptionalLong.empty(),
            holder);
    store.insert(keyRecord);
    ring.add(keyRecord);
    return new Created(keyRecord, new Secret(key));
  }

  /** The organization's keys, newest first, revoked ones too. */
  public Page<KeyRecord> list(OrganizationId organization, int limit, Optional<String> cursor) {
    return store.list(organization, limit, cursor);
  }

  public Optional<KeyRecord> find(OrganizationId organization, KeyId id) {
    return store.find(organization, id);
  }

  /** Whether the organization has ever had a key; a new installation is given its first. */
  public boolean hasAny(OrganizationId organization) {
    List<KeyRecord> first = store.list(organization, 1, Optional.empty()).items();
    return !first.isEmpty();
  }

  /**
   * Revokes a key: requests that come after this are refused. Doing it again changes nothing.
   *
   * @return whether there is such a key
   */
  public boolean revoke(OrganizationId organization, KeyId id) {
    if (store.find(organization, id).isEmpty()) {
      return false;
    }
    // The ring first: should the store fail, the key is refused now, and good again only after a
    // restart, of which the caller was told by the error.
    ring.remove(id);
    store.revoke(organization, id, clock.millis());
    return true;
  }

  private static boolean isName(String text) {
    return text.length() <= LONGEST_NAME && text.chars().noneMatch(Character::isISOControl);
  }

  private static Refused refused(String code, String message) {
    return new Refused(new Refusal(Refusal.Reason.INVALID, code, message));
  }
}
