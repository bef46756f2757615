package dev.probity.identity;

import dev.probity.kernel.InvalidCursorException;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Keys and organizations on the heap, for tests of what is above the stores. */
public final class HeapKeyStore implements KeyStore, OrganizationStore {
  private final ConcurrentHashMap<KeyId, KeyRecord> keys = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<OrganizationId, Organization> organizations =
      new ConcurrentHashMap<>();

  @Override
  public void insert(KeyRecord key) {
    if (keys.putIfAbsent(key.id(), key) != null) {
      throw new IllegalStateException(key.id() + " (expected: a new id)");
    }
  }

  @Override
  public List<KeyRecord> live() {
    return keys.values().stream().filter(key -> !key.isRevoked()).toList();
  }

  @Override
  public Page<KeyRecord> list(OrganizationId organization, int limit, Optional<String> cursor) {
    int skip = cursor.map(HeapKeyStore::place).orElse(0);
    List<KeyRecord> all =
        keys.values().stream()
            .filter(key -> key.organization().equals(organization))
            .sorted(
                Comparator.comparingLong(KeyRecord::createdAtMillis)
                    .reversed()
                    .thenComparing(key -> key.id().value()))
            .toList();
    int end = Math.min(all.size(), skip + limit);
    return new Page<>(
        all.subList(Math.min(skip, end), end),
        end < all.size() ? Optional.of(Integer.toString(end)) : Optional.empty());
  }

  private static int place(String cursor) {
    try {
      return Integer.parseInt(cursor);
    } catch (NumberFormatException e) {
      throw new InvalidCursorException();
    }
  }

  @Override
  public Optional<KeyRecord> find(OrganizationId organization, KeyId id) {
    return Optional.ofNullable(keys.get(id)).filter(k -> k.organization().equals(organization));
  }

  @Override
  public boolean revoke(OrganizationId organization, KeyId id, long atMillis) {
    if (find(organization, id).filter(key -> !key.isRevoked()).isEmpty()) {
      return false;
    }
    keys.computeIfPresent(
        id,
        (same, key) ->
            new KeyRecord(
                key.id(),
                key.organization(),
                key.name(),
                key.role(),
                key.salt(),
                key.digest(),
                key.preview(),
                key.createdAtMillis(),
                OptionalLong.of(atMillis),
                key.person()));
    return true;
  }

  @Override
  public Optional<Organization> find(OrganizationId id) {
    return Optional.ofNullable(organizations.get(id));
  }

  @Override
  public void insertIfAbsent(Organization organization) {
    organizations.putIfAbsent(organization.id(), organization);
  }
}
