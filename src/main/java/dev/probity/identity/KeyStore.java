package dev.probity.identity;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import java.util.List;
import java.util.Optional;

/**
 * Where keys are kept. Only {@link Keys} and {@link KeyRing} ask it; requests are authenticated
 * from memory.
 */
public interface KeyStore {
  /** Adds a key whose id is new. Durable when this returns. */
  void insert(KeyRecord key);

  /** Every key of every organization that is not revoked, in any order; read at start. */
  List<KeyRecord> live();

  /** The organization's keys, revoked ones too: by creation, newest first, then by id. */
  Page<KeyRecord> list(OrganizationId organization, int limit, Optional<String> cursor);

  Optional<KeyRecord> find(OrganizationId organization, KeyId id);

  /**
   * Marks a key as revoked. Durable when this returns.
   *
   * @return whether this call did it: false if there is no such key or it was revoked before (its
   *     first time stays)
   */
  boolean revoke(OrganizationId organization, KeyId id, long atMillis);
}
