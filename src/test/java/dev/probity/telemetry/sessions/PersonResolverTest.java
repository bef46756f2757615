package dev.probity.telemetry.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.sessions.PersonRow.Basis;
import dev.probity.telemetry.sessions.PersonRow.Tie;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PersonResolverTest {
  private static final OrganizationId ORGANIZATION = OrganizationId.FIRST;
  private static final KeyId SHARED = new KeyId("shared");
  private static final KeyId LAPTOP = new KeyId("laptop");
  private static final KeyId DESKTOP = new KeyId("desktop");

  private final HeapTies ties = new HeapTies();
  private final Map<KeyId, String> owners = new HashMap<>();
  private final PersonResolver resolver = new PersonResolver(new Owners(), ties, new Ids()::next);

  private final class Owners implements KeyPeople {
    @Override
    public Optional<String> personOf(KeyId key) {
      return Optional.ofNullable(owners.get(key));
    }

    @Override
    public Optional<String> nameOf(KeyId key) {
      return Optional.of(key.value());
    }
  }

  /** 0, 1, 2 and so on. */
  private static final class Ids {
    private long last = -1;

    long next() {
      return ++last;
    }
  }

  @Test
  void nothingGiven_isNobody() {
    assertThat(person(SHARED, "", "", "", "")).isZero();
    assertThat(ties.ties).isEmpty();
  }

  @Test
  void keyOfAPerson_standsForThem_whicheverKey() {
    owners.put(LAPTOP, "Ada");
    owners.put(DESKTOP, "Ada");
    long ada = person(LAPTOP, "", "", "", "");
    assertThat(ada).isPositive();
    assertThat(person(DESKTOP, "", "", "", "i1")).isEqualTo(ada);
    assertThat(person(SHARED, "", "", "", "i1")).isEqualTo(ada);
  }

  @Test
  void givenValues_areTiedToTheSurestThatIsKnown() {
    long ada = person(SHARED, "ada@", "", "", "");
    assertThat(person(SHARED, "ada@", "acc1", "e1", "i1")).isEqualTo(ada);
    assertThat(person(SHARED, "", "acc1", "", "")).isEqualTo(ada);
    assertThat(person(SHARED, "", "", "e1", "")).isEqualTo(ada);
    assertThat(person(SHARED, "", "", "", "i1")).isEqualTo(ada);
    owners.put(LAPTOP, "Ada");
    assertThat(person(LAPTOP, "", "acc1", "", "")).isEqualTo(ada);
    assertThat(person(LAPTOP, "", "", "", "")).isEqualTo(ada);
  }

  @Test
  void somebodyWhoRestsOnAnInstallation_becomesTheOneWhoIsNamed() {
    long unknown = person(SHARED, "", "", "", "i1");
    assertThat(person(SHARED, "", "", "", "i1")).isEqualTo(unknown);
    assertThat(person(SHARED, "ada@", "", "", "i1")).as("nobody else yet").isEqualTo(unknown);

    long second = person(SHARED, "", "", "", "i2");
    assertThat(second).isNotEqualTo(unknown);
    assertThat(person(SHARED, "ada@", "", "", "i2")).as("merged").isEqualTo(unknown);
    assertThat(person(SHARED, "", "", "", "i2")).isEqualTo(unknown);
    assertThat(ties.ties.values()).containsOnly(unknown);
  }

  @Test
  void twoEmailAddresses_stayTwoPeople() {
    long ada = person(SHARED, "ada@", "", "", "i1");
    long bob = person(SHARED, "bob@", "", "", "i1");
    assertThat(bob).isNotEqualTo(ada);
    assertThat(person(SHARED, "", "", "", "i1")).isEqualTo(ada);
    assertThat(person(SHARED, "ada@", "", "", "i1")).isEqualTo(ada);
    long carol = person(SHARED, "carol@", "acc-of-ada", "", "");
    assertThat(person(SHARED, "ada@", "acc-of-ada", "", "")).isEqualTo(ada);
    assertThat(person(SHARED, "carol@", "", "", "")).isEqualTo(carol).isNotEqualTo(ada);
  }

  @Test
  void usualCase_asksNoTable() {
    long ada = person(SHARED, "ada@", "acc1", "", "i1");
    int before = ties.questions;
    for (int i = 0; i < 100; i++) {
      assertThat(person(SHARED, "ada@", "acc1", "", "i1")).isEqualTo(ada);
    }
    assertThat(ties.questions).isEqualTo(before);
    ties.ties.clear();
    resolver.forget();
    assertThat(person(SHARED, "ada@", "acc1", "", "i1")).isNotEqualTo(ada);
  }

  @Test
  void organizations_areApart() {
    long here = person(SHARED, "ada@", "", "", "");
    long there = resolver.personOf(new OrganizationId(2), SHARED, facts("ada@", "", "", ""), 1);
    assertThat(there).isNotEqualTo(here);
  }

  /** With or without what is remembered, and never two of a sure kind in one person by machine. */
  @Test
  void memory_changesNothing() {
    Random random = new Random(20261120);
    for (int round = 0; round < 50; round++) {
      HeapTies others = new HeapTies();
      PersonResolver remembering = new PersonResolver(new Owners(), others, new Ids()::next);
      HeapTies plain = new HeapTies();
      Ids ids = new Ids();
      for (int i = 0; i < 200; i++) {
        SessionFacts facts =
            facts(any("m", random), any("a", random), any("e", random), any("i", random));
        long expected =
            new PersonResolver(new Owners(), plain, ids::next)
                .personOf(ORGANIZATION, SHARED, facts, i);
        assertThat(remembering.personOf(ORGANIZATION, SHARED, facts, i)).isEqualTo(expected);
      }
      assertThat(others.ties).isEqualTo(plain.ties);
    }
  }

  @Test
  void installationsAlone_neverJoinPeople() {
    Random random = new Random(20261120);
    for (int i = 0; i < 2_000; i++) {
      person(SHARED, any("m", random), "", "", any("i", random));
    }
    Map<Long, Long> emailsOfPeople =
        ties.ties.entrySet().stream()
            .filter(tie -> tie.getKey().basis() == Basis.EMAIL)
            .collect(Collectors.groupingBy(Map.Entry::getValue, Collectors.counting()));
    assertThat(emailsOfPeople).isNotEmpty();
    assertThat(emailsOfPeople.values()).containsOnly(1L);
  }

  @Test
  void labels_areTheKeysPersonOrAPseudonym() {
    assertThat(PersonLabels.label(0x12345678_9abc7f3aL, List.of())).isEqualTo("person 7f3a");
    assertThat(
            PersonLabels.label(
                1, List.of(new Tie(Basis.KEY, "Ada", 1), new Tie(Basis.EMAIL, "hash", 1))))
        .isEqualTo("Ada");
    assertThat(PersonLabels.label(1, List.of(new Tie(Basis.EMAIL, "hash", 1))))
        .isEqualTo("person 0001");
  }

  private static String any(String kind, Random random) {
    return random.nextInt(3) == 0 ? "" : kind + random.nextInt(12);
  }

  private long person(KeyId key, String email, String account, String endUser, String install) {
    return resolver.personOf(ORGANIZATION, key, facts(email, account, endUser, install), 1);
  }

  private static SessionFacts facts(String email, String account, String endUser, String install) {
    return new SessionFacts(
        "claude-code", "s", "", email, account, install, endUser, "", "", "", "", "", "", "");
  }
}
