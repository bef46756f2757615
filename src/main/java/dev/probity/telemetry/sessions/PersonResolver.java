package dev.probity.telemetry.sessions;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.sessions.PersonRow.Basis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Finds out who a report is from. Of what a report gives, the surest that is known decides; the
 * rest is tied to the same person. An installation alone says little: whoever rests on nothing else
 * becomes one with the person that something surer names, and somebody who is new is never taken
 * for a known person only because of the machine.
 *
 * <p>A tie to a key holds the name of the person that the key was issued for, so that several keys
 * of a person are one.
 *
 * <p>Not for several threads at once.
 */
public final class PersonResolver {
  /** What was found lately, so that the usual case asks no table. */
  private static final int REMEMBERED = 10_000;

  private final KeyPeople keys;
  private final TieTable ties;
  private final LongSupplier newIds;
  private final Map<Given, Long> found = new LinkedHashMap<>(16, 0.75f, true);

  /** What a report says of who it is from; empty text for what it does not. */
  private record Given(
      OrganizationId organization,
      String keyPerson,
      String email,
      String account,
      String endUser,
      String install) {

    /** What is given, the surest first. */
    List<Value> values() {
      List<Value> values = new ArrayList<>(Basis.values().length);
      add(Basis.KEY, keyPerson, values);
      add(Basis.EMAIL, email, values);
      add(Basis.ACCOUNT, account, values);
      add(Basis.END_USER, endUser, values);
      add(Basis.INSTALL, install, values);
      return values;
    }

    private static void add(Basis basis, String text, List<Value> values) {
      if (!text.isEmpty()) {
        values.add(new Value(basis, text));
      }
    }
  }

  private record Value(Basis basis, String text) {}

  /**
   * @param newIds random ids for people who are new
   */
  public PersonResolver(KeyPeople keys, TieTable ties, LongSupplier newIds) {
    this.keys = keys;
    this.ties = ties;
    this.newIds = newIds;
  }

  /**
   * The person of a report, who may be new.
   *
   * @return 0 if nothing says who it is
   */
  public long personOf(OrganizationId organization, KeyId key, SessionFacts facts, long atMillis) {
    Given given =
        new Given(
            organization,
            keys.personOf(key).orElse(""),
            facts.email(),
            facts.account(),
            facts.endUser(),
            facts.install());
    Long known = found.get(given);
    if (known != null) {
      return known;
    }
    long person = resolve(organization, given.values(), atMillis);
    if (found.size() >= REMEMBERED) {
      found.remove(found.keySet().iterator().next());
    }
    found.put(given, person);
    return person;
  }

  /** Asks the table again from now on: ties were changed by somebody else. */
  public void forget() {
    found.clear();
  }

  private long resolve(OrganizationId organization, List<Value> values, long atMillis) {
    if (values.isEmpty()) {
      return 0;
    }
    long person = decide(organization, values);
    for (Value value : values) {
      OptionalLong other = ties.find(organization, value.basis, value.text);
      if (other.isEmpty()) {
        ties.tie(organization, value.basis, value.text, person, atMillis);
      } else if (other.getAsLong() != person
          && ties.restsOnlyOnInstall(organization, other.getAsLong())) {
        ties.merge(organization, other.getAsLong(), person);
        forget();
      }
    }
    return person;
  }

  private long decide(OrganizationId organization, List<Value> values) {
    for (Value value : values) {
      OptionalLong known = ties.find(organization, value.basis, value.text);
      if (known.isPresent()) {
        boolean onlyMachine = value.basis == Basis.INSTALL && values.size() > 1;
        return onlyMachine && !ties.restsOnlyOnInstall(organization, known.getAsLong())
            ? newPerson()
            : known.getAsLong();
      }
    }
    return newPerson();
  }

  private long newPerson() {
    long id = newIds.getAsLong();
    while (id == 0) {
      id = newIds.getAsLong();
    }
    return id;
  }
}
