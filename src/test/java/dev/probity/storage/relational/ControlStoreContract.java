package dev.probity.storage.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.identity.KeyRecord;
import dev.probity.identity.KeyStore;
import dev.probity.identity.Organization;
import dev.probity.identity.OrganizationStore;
import dev.probity.kernel.InvalidCursorException;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Page;
import dev.probity.kernel.Role;
import dev.probity.storage.StorageException;
import dev.probity.storage.events.DayKey;
import dev.probity.storage.events.DayKeys;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every control store keeps, whatever its engine. */
abstract class ControlStoreContract {
  private static final OrganizationId OTHER = new OrganizationId(2);

  abstract OrganizationStore organizations();

  abstract KeyStore keys();

  abstract DayKeys dayKeys();

  /** Closes the stores and opens them again. */
  abstract void reopen();

  @Test
  void organization_isFoundAndNeverOverwritten() {
    Organization home = new Organization(OrganizationId.FIRST, "Home", 1_000);
    organizations().insertIfAbsent(home);
    organizations().insertIfAbsent(new Organization(OrganizationId.FIRST, "Away", 2_000));
    reopen();
    assertThat(organizations().find(OrganizationId.FIRST)).contains(home);
    assertThat(organizations().find(OTHER)).isEmpty();
  }

  @Test
  void key_isFoundAsItWasWithinItsOrganization() {
    prepare();
    KeyRecord key = key("a", 1_000);
    keys().insert(key);
    reopen();
    assertThat(keys().find(OrganizationId.FIRST, key.id())).contains(key);
    assertThat(keys().find(OTHER, key.id())).isEmpty();
    assertThat(keys().find(OrganizationId.FIRST, new KeyId("b"))).isEmpty();
  }

  @Test
  void keyWithATakenId_isRefused() {
    prepare();
    keys().insert(key("a", 1_000));
    assertThatThrownBy(() -> keys().insert(key("a", 2_000))).isInstanceOf(StorageException.class);
    assertThat(keys().live()).containsExactly(key("a", 1_000));
  }

  @Test
  void keyOfAnUnknownOrganization_isRefused() {
    assertThatThrownBy(() -> keys().insert(key("a", 1))).isInstanceOf(StorageException.class);
  }

  @Test
  void revokedKey_isListedButNotLive() {
    prepare();
    keys().insert(key("a", 1_000));
    keys().insert(key("b", 1_000));
    assertThat(keys().revoke(OrganizationId.FIRST, new KeyId("a"), 5_000)).isTrue();
    reopen();
    assertThat(keys().live()).extracting(key -> key.id().value()).containsExactly("b");
    assertThat(keys().list(OrganizationId.FIRST, 10, Optional.empty()).items()).hasSize(2);
    assertThat(keys().find(OrganizationId.FIRST, new KeyId("a")).orElseThrow().revokedAtMillis())
        .hasValue(5_000);
  }

  @Test
  void revokingAgainOrElsewhere_changesNothing() {
    prepare();
    keys().insert(key("a", 1_000));
    assertThat(keys().revoke(OTHER, new KeyId("a"), 4_000)).isFalse();
    assertThat(keys().revoke(OrganizationId.FIRST, new KeyId("a"), 5_000)).isTrue();
    assertThat(keys().revoke(OrganizationId.FIRST, new KeyId("a"), 6_000)).isFalse();
    assertThat(keys().revoke(OrganizationId.FIRST, new KeyId("b"), 6_000)).isFalse();
    assertThat(keys().find(OrganizationId.FIRST, new KeyId("a")).orElseThrow().revokedAtMillis())
        .hasValue(5_000);
  }

  @Test
  void list_givesEveryKeyOnceNewestFirstThenById() {
    prepare();
    List<KeyRecord> all =
        IntStream.range(0, 25).mapToObj(i -> key("key_" + (i * 7) % 25, 1_000 + i / 4)).toList();
    all.forEach(keys()::insert);
    List<KeyRecord> expected =
        all.stream()
            .sorted(
                Comparator.comparingLong(KeyRecord::createdAtMillis)
                    .reversed()
                    .thenComparing(key -> key.id().value()))
            .toList();
    for (int limit : new int[] {1, 3, 25, 100}) {
      assertThat(pages(limit)).isEqualTo(expected);
    }
    assertThat(keys().list(OTHER, 10, Optional.empty()).items()).isEmpty();
  }

  @Test
  void corruptCursor_isTheCallersMistake() {
    for (String cursor : new String[] {"", "x", ".", "12", "x.y", "99999999999999999999.a"}) {
      assertThatThrownBy(() -> keys().list(OrganizationId.FIRST, 10, Optional.of(cursor)))
          .isInstanceOf(InvalidCursorException.class);
    }
  }

  @Test
  void dayKey_isReplacedAndRemoved() {
    LocalDate day = LocalDate.of(2026, 11, 20);
    dayKeys().put(new DayKey(day, "a.db", new byte[] {1}));
    dayKeys().put(new DayKey(day.plusDays(1), "b.db", new byte[] {2}));
    dayKeys().put(new DayKey(day, "c.db", new byte[] {3}));
    reopen();
    assertThat(dayKeys().all()).extracting(DayKey::file).containsExactlyInAnyOrder("b.db", "c.db");
    dayKeys().remove(day);
    dayKeys().remove(day);
    assertThat(dayKeys().all())
        .singleElement()
        .satisfies(key -> assertThat(key.sealedKey()).containsExactly(2));
  }

  private void prepare() {
    organizations().insertIfAbsent(new Organization(OrganizationId.FIRST, "Home", 1));
    organizations().insertIfAbsent(new Organization(OTHER, "Other", 1));
  }

  private List<KeyRecord> pages(int limit) {
    List<KeyRecord> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<KeyRecord> page = keys().list(OrganizationId.FIRST, limit, cursor);
      assertThat(page.items().size()).isBetween(1, limit);
      found.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return found;
  }

  private static KeyRecord key(String id, long createdAtMillis) {
    return new KeyRecord(
        new KeyId(id),
        OrganizationId.FIRST,
        "name of " + id,
        Role.OWNER,
        "00112233445566778899aabbccddeeff",
        "ab".repeat(32),
        "pk-…" + id,
        createdAtMillis,
        OptionalLong.empty(),
        id.equals("a") ? Optional.of("Ada") : Optional.empty());
  }
}
