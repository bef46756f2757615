package dev.probity.storage.telemetry;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.counting.SessionLedger;
import dev.probity.telemetry.sessions.Fingerprints;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A session that reports come for: what is needed to tell duplicates and to add up. */
final class ActiveSession {
  /** A session that has more than this begins anew: the older ones are looked up if need be. */
  private static final int MOST_FINGERPRINTS = 1_000_000;

  final long id;
  final long ref;
  final OrganizationId organization;
  final SessionLedger ledger;

  KeyId key = KeyId.NONE;
  Optional<Place> place = Optional.empty();

  /** Whether the store has no row of it yet. */
  boolean isNew;

  /** How many of its fingerprints are in the count of all sessions'. */
  int accountedFingerprints;

  /** What the store's row says, because indexes are on these. */
  long storedStartedAtMillis;

  long storedPerson;

  private final Set<Long> daysKnown = new HashSet<>();
  private Fingerprints fingerprints = new Fingerprints();

  /** What is later than this has not come before, unless its fingerprint is here. */
  private long unknownUpToMillis;

  ActiveSession(
      long id, long ref, OrganizationId organization, SessionLedger ledger, boolean isNew) {
    this.id = id;
    this.ref = ref;
    this.organization = organization;
    this.ledger = ledger;
    this.isNew = isNew;
    unknownUpToMillis = isNew ? Long.MIN_VALUE : ledger.endedAtMillis();
  }

  /**
   * Whether the fingerprints of a day still have to be looked up, for what happened from a time on;
   * they count as known then. A session's reports come in the order of time, so that nearly none
   * has to.
   */
  boolean mustLookUp(long epochDay, long fromMillis) {
    return fromMillis <= unknownUpToMillis && daysKnown.add(epochDay);
  }

  /** Forgets the fingerprints; what they would tell can be looked up. */
  void forgetFingerprints() {
    fingerprints = new Fingerprints();
    accountedFingerprints = 0;
    daysKnown.clear();
    unknownUpToMillis = ledger.endedAtMillis();
  }

  /** Notes a fingerprint; false if it was there. */
  boolean isNews(long fingerprint) {
    if (fingerprints.size() >= MOST_FINGERPRINTS) {
      int accounted = accountedFingerprints;
      forgetFingerprints();
      accountedFingerprints = accounted;
    }
    return fingerprints.add(fingerprint);
  }

  /** The same session, counted anew. */
  ActiveSession recounted(SessionLedger other) {
    ActiveSession session = new ActiveSession(id, ref, organization, other, isNew);
    session.key = key;
    session.place = place;
    session.storedStartedAtMillis = storedStartedAtMillis;
    session.storedPerson = storedPerson;
    return session;
  }

  int fingerprints() {
    return fingerprints.size();
  }
}
