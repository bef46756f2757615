package dev.probity.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Caller;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Role;
import dev.probity.kernel.Secret;
import dev.probity.testing.FixedClock;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final String OPERATOR = "an operator's own words, ünïcode too";

  private final HeapKeyStore store = new HeapKeyStore();
  private final KeyRing ring = new KeyRing(Optional.of(new Secret(OPERATOR)));
  private final Keys keys = new Keys(store, ring, new FixedClock(), new SecureRandom());

  @Test
  void createdKey_authenticatesAsItsOrganizationAndRole() {
    Keys.Created created = create("laptop", Role.MEMBER);

    assertThat(ring.authenticate(created.key().reveal()))
        .contains(new Caller(OrganizationId.FIRST, created.record().id(), Role.MEMBER));
  }

  @Test
  void createdKey_hasTheDocumentedForm() {
    String key = create("laptop", Role.MEMBER).key().reveal();

    assertThat(key).matches("pk-[0-9a-z]{12}-[0-9A-Za-z]{43}[0-9A-Za-z]{6}");
  }

  @Test
  void record_holdsNothingOfTheSecretButItsEnd() {
    Keys.Created created = create("laptop", Role.OWNER);
    String secret = KeyFormat.secret(created.key().reveal());

    assertThat(created.record().toString()).doesNotContain(secret);
    assertThat(created.record().preview())
        .isEqualTo(
            "pk-"
                + created.record().id().value().substring(0, 3)
                + "…"
                + created.key().reveal().substring(61));
    assertThat(created.key().toString()).doesNotContain(secret);
  }

  @Test
  void everyMistypedCharacter_isRefused() {
    String key = create("laptop", Role.MEMBER).key().reveal();

    for (int i = 0; i < key.length(); i++) {
      char other = key.charAt(i) == 'x' ? 'y' : 'x';
      String mistyped = key.substring(0, i) + other + key.substring(i + 1);
      assertThat(ring.authenticate(mistyped)).as(mistyped).isEmpty();
      assertThat(KeyFormat.read(mistyped, new byte[KeyFormat.LENGTH])).isFalse();
    }
    assertThat(ring.authenticate(key.substring(1))).isEmpty();
    assertThat(ring.authenticate(key + "x")).isEmpty();
  }

  @Test
  void wellFormedKeyOfNobody_isRefused() {
    String stranger = KeyFormat.create(new SecureRandom());

    assertThat(KeyFormat.read(stranger, new byte[KeyFormat.LENGTH])).isTrue();
    assertThat(ring.authenticate(stranger)).isEmpty();
  }

  @Test
  void anothersSecretUnderAKnownId_isRefused() {
    Keys.Created created = create("laptop", Role.MEMBER);
    // With the right checksum, so that only the digest can tell.
    String forged =
        KeyFormat.withChecksum(
            new StringBuilder("pk-" + created.record().id().value() + "-" + "A".repeat(43)));

    assertThat(KeyFormat.read(forged, new byte[KeyFormat.LENGTH])).isTrue();
    assertThat(ring.authenticate(forged)).isEmpty();
  }

  @Test
  void revokedKey_stopsAtOnceAndForGood() {
    Keys.Created created = create("laptop", Role.MEMBER);
    Keys.Created other = create("phone", Role.MEMBER);

    assertThat(keys.revoke(OrganizationId.FIRST, created.record().id())).isTrue();

    assertThat(ring.authenticate(created.key().reveal())).isEmpty();
    assertThat(ring.authenticate(other.key().reveal())).isPresent();
    KeyRing restarted = new KeyRing(Optional.empty());
    restarted.load(store.live());
    assertThat(restarted.authenticate(created.key().reveal())).isEmpty();
    assertThat(restarted.authenticate(other.key().reveal())).isPresent();
  }

  @Test
  void anotherOrganizationsKey_cannotBeRevoked() {
    Keys.Created created = create("laptop", Role.MEMBER);

    assertThat(keys.revoke(new OrganizationId(2), created.record().id())).isFalse();
    assertThat(ring.authenticate(created.key().reveal())).isPresent();
  }

  @Test
  void operatorsKey_isAnOwnerOfTheFirstOrganization() {
    assertThat(ring.authenticate(new StringBuilder(OPERATOR)))
        .contains(new Caller(OrganizationId.FIRST, KeyId.ENVIRONMENT, Role.OWNER));
    assertThat(ring.authenticate(OPERATOR + " ")).isEmpty();
    assertThat(new KeyRing(Optional.empty()).authenticate(OPERATOR)).isEmpty();
    assertThat(new KeyRing(Optional.empty()).authenticate("")).isEmpty();
  }

  @Test
  void operatorsKeyThatLooksLikeOneOfOurs_works() {
    String key = KeyFormat.create(new SecureRandom());

    assertThat(new KeyRing(Optional.of(new Secret(key))).authenticate(key))
        .map(Caller::key)
        .contains(KeyId.ENVIRONMENT);
  }

  @Test
  void overlongText_isRefusedUnread() {
    assertThat(ring.authenticate("x".repeat(1 << 20))).isEmpty();
  }

  @Test
  void badNames_areRefusedWithWhatToDo() {
    for (String name : new String[] {"", "  ", "x".repeat(101), "two\nlines"}) {
      assertThat(keys.create(OrganizationId.FIRST, name, Role.MEMBER))
          .isInstanceOfSatisfying(
              Keys.Refused.class,
              refused -> assertThat(refused.refusal().message()).contains("1 to 100"));
    }
    assertThat(keys.hasAny(OrganizationId.FIRST)).isFalse();
  }

  private Keys.Created create(String name, Role role) {
    return (Keys.Created) keys.create(OrganizationId.FIRST, name, role);
  }
}
