package dev.probity.testing;

import dev.probity.identity.HeapKeyStore;
import dev.probity.identity.KeyRing;
import dev.probity.identity.Keys;
import dev.probity.journal.Journal;
import dev.probity.journal.JournalDrain;
import dev.probity.journal.JournalEntry;
import dev.probity.journal.JournalSettings;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Role;
import dev.probity.kernel.seal.MasterKey;
import dev.probity.pricing.PriceBook;
import dev.probity.privacy.SafeText;
import dev.probity.telemetry.PersonalValues;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.dialect.Dialects;
import dev.probity.telemetry.intake.Export;
import dev.probity.telemetry.intake.IntakeSettings;
import dev.probity.telemetry.intake.OtlpIntake;
import dev.probity.telemetry.intake.Outcome;
import dev.probity.telemetry.intake.Readers;
import dev.probity.telemetry.otlp.wire.Encoding;
import dev.probity.telemetry.otlp.wire.JsonReader;
import dev.probity.telemetry.otlp.wire.ProtobufReader;
import dev.probity.telemetry.report.ReportCodec;
import dev.probity.telemetry.sessions.KeyPeople;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The intake with a real journal in a folder, and what is in it. */
public final class IntakeFixture implements AutoCloseable {
  public static final IntakeSettings SETTINGS = new IntakeSettings(4 << 20, 16 << 20, 16);

  /** Where 127.0.0.1 is taken to be. */
  public static final Place PLACE = new Place("NZ", "", -410, 1740);

  private static final MasterKey MASTER = MasterKey.of(new byte[32]);
  private static final long PATIENCE_MILLIS = 20_000;

  private final FixedClock clock = new FixedClock();
  private final KeyRing ring = new KeyRing(Optional.empty());
  private final Keys keys;
  private final Keys.Created key;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Journal journal;
  private final OtlpIntake intake;
  private final List<JournalEntry> entries = Collections.synchronizedList(new ArrayList<>());
  private Optional<JournalDrain> drain = Optional.empty();
  private Optional<String> person = Optional.empty();

  public IntakeFixture(Path folder) {
    this(folder, SETTINGS, new JournalSettings(1 << 20, 32 << 20, 1, 1, 1, 1, 50, 3_600_000));
  }

  public IntakeFixture(Path folder, IntakeSettings settings, JournalSettings journalSettings) {
    SecureRandom random = new SecureRandom();
    keys = new Keys(new HeapKeyStore(), ring, clock, random);
    key = newKey("laptop");
    journal = Journal.open(folder, journalSettings, MASTER, clock, random);
    PriceBook prices = PriceBook.shipped(List.of());
    intake =
        new OtlpIntake(
            new OtlpIntake.Parts(
                ring,
                new Readers(
                    2,
                    encoding ->
                        encoding == Encoding.JSON
                            ? new JsonReader(false, 1)
                            : new ProtobufReader(false, 1)),
                Dialects.all(new PersonalValues(MASTER))::of,
                () -> prices,
                journal,
                address ->
                    address.equals(InetAddress.getLoopbackAddress())
                        ? Optional.of(PLACE)
                        : Optional.empty(),
                people(),
                new SafeText(MASTER.derive("safe text", 32)),
                Optional.empty(),
                clock,
                registry),
            settings);
  }

  private KeyPeople people() {
    return new KeyPeople() {
      @Override
      public Optional<String> personOf(KeyId id) {
        return person;
      }

      @Override
      public Optional<String> nameOf(KeyId id) {
        return Optional.empty();
      }
    };
  }

  public OtlpIntake intake() {
    return intake;
  }

  public FixedClock clock() {
    return clock;
  }

  public SimpleMeterRegistry registry() {
    return registry;
  }

  public Journal journal() {
    return journal;
  }

  /** A key that works. */
  public String key() {
    return key.key().reveal();
  }

  public KeyId keyId() {
    return key.record().id();
  }

  public Keys.Created newKey(String name) {
    return (Keys.Created) keys.create(OrganizationId.FIRST, name, Role.MEMBER);
  }

  public void revoke(KeyId id) {
    keys.revoke(OrganizationId.FIRST, id);
  }

  /** From now on every key is one person's. */
  public void keysArePersonal() {
    person = Optional.of("Kim");
  }

  /** Takes in log records in protobuf, with the fixture's key. */
  public Outcome logs(com.google.protobuf.MessageLite request) throws InterruptedException {
    return take(Signal.LOG, request.toByteArray());
  }

  public Outcome take(Signal signal, byte[] body) throws InterruptedException {
    return take(signal, body, false, key());
  }

  public Outcome take(Signal signal, byte[] body, boolean gzip, String presented)
      throws InterruptedException {
    Export.Head head = new Export.Head(signal, Encoding.PROTOBUF, presented, Optional.empty());
    return intake.take(new Export(head, gzip, body, body.length));
  }

  /** Everything that is in the journal, in order. */
  public List<Report> reports() throws InterruptedException {
    if (drain.isEmpty()) {
      drain = Optional.of(journal.drainTo(entries::addAll));
    }
    if (!drain.get().awaitDrained(PATIENCE_MILLIS)) {
      throw new AssertionError("the journal was not drained in time");
    }
    return entries.stream()
        .filter(entry -> entry.kind() == ReportCodec.KIND)
        .map(entry -> ReportCodec.decode(entry.payload()))
        .toList();
  }

  @Override
  public void close() {
    drain.ifPresent(JournalDrain::close);
    journal.close();
  }
}
