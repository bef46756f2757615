package dev.probity.telemetry.counting;

import dev.probity.kernel.bytes.ByteReader;
import dev.probity.kernel.bytes.ByteWriter;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.report.FactsFields;
import dev.probity.telemetry.sessions.Dimensions;

/** The latest that is known of a session, whichever report said it. */
final class KnownFacts {
  private static final SessionFacts NOTHING =
      new SessionFacts("", "", "", "", "", "", "", "", "", "", "", "", "", "");

  private SessionFacts facts;
  private long person;

  /** What was learned last: many events come with the same. */
  private SessionFacts learned = NOTHING;

  /** What was asked for last. */
  private Dimensions dimensions = new Dimensions("", "", 0, "", "", "", "");

  KnownFacts() {
    this(NOTHING, 0);
  }

  private KnownFacts(SessionFacts facts, long person) {
    this.facts = facts;
    this.person = person;
  }

  /**
   * Takes over what is not empty. Reports that name no session may be of several: what one of them
   * says is nothing to the next.
   */
  void learn(SessionFacts reported, long reporter) {
    boolean ofSession = !reported.session().isEmpty();
    if (reporter != 0 || !ofSession) {
      person = reporter;
    }
    if (reported != learned) {
      learned = reported;
      facts = ofSession ? merged(facts, reported) : reported;
    }
  }

  boolean isOfSession() {
    return !facts.session().isEmpty();
  }

  SessionFacts facts() {
    return facts;
  }

  long person() {
    return person;
  }

  boolean isSubscription() {
    return facts.plan().equals(SessionFacts.PLAN_SUBSCRIPTION);
  }

  /** By what sums are kept for what happens now. */
  Dimensions dimensions(String model) {
    Dimensions now =
        new Dimensions(
            facts.agent(),
            model,
            person,
            facts.team(),
            facts.repository(),
            facts.branch(),
            facts.plan());
    if (!now.equals(dimensions)) {
      dimensions = now;
    }
    return dimensions;
  }

  private static SessionFacts merged(SessionFacts older, SessionFacts newer) {
    return new SessionFacts(
        latest(older.agent(), newer.agent()),
        latest(older.session(), newer.session()),
        latest(older.clientVersion(), newer.clientVersion()),
        latest(older.email(), newer.email()),
        latest(older.account(), newer.account()),
        latest(older.install(), newer.install()),
        latest(older.endUser(), newer.endUser()),
        latest(older.team(), newer.team()),
        latest(older.repository(), newer.repository()),
        latest(older.branch(), newer.branch()),
        latest(older.terminal(), newer.terminal()),
        latest(older.plan(), newer.plan()),
        latest(older.planName(), newer.planName()),
        latest(older.entrypoint(), newer.entrypoint()));
  }

  private static String latest(String older, String newer) {
    return newer.isEmpty() ? older : newer;
  }

  void write(ByteWriter to) {
    FactsFields.write(facts, to);
    to.writeLong(person);
  }

  static KnownFacts read(ByteReader from) {
    return new KnownFacts(FactsFields.read(from), from.readLong());
  }
}
