package dev.probity.telemetry.report;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.bytes.ByteFormatException;
import dev.probity.kernel.bytes.ByteReader;
import dev.probity.kernel.bytes.ByteWriter;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Signal;
import java.util.List;
import java.util.Optional;

/** A report without its sessions, as bytes: what a payload begins with. */
final class HeadFields {
  static final Notes NO_NOTES = new Notes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private static final int VERSION = 1;
  private static final int PLACE = 1;
  private static final int NOTES = 2;
  private static final Signal[] SIGNALS = Signal.values();

  private HeadFields() {}

  static void write(Report report, Notes notes, ByteWriter to) {
    boolean noted = !notes.equals(NO_NOTES);
    to.writeByte(VERSION);
    to.writeNumber(report.organization().value());
    to.writeText(report.key().value());
    to.writeSigned(report.receivedAtMillis());
    to.writeByte(report.signal().ordinal());
    to.writeText(report.agent());
    to.writeText(report.clientVersion());
    to.writeByte((report.place().isPresent() ? PLACE : 0) | (noted ? NOTES : 0));
    report.place().ifPresent(place -> write(place, to));
    if (noted) {
      write(notes, to);
    }
  }

  /** Reads the head; the report has no sessions yet. */
  static Report read(ByteReader from) {
    int version = from.readByte();
    if (version != VERSION) {
      throw new ByteFormatException("report version " + version + " (expected: " + VERSION + ")");
    }
    OrganizationId organization = new OrganizationId(from.readNumber());
    KeyId key = new KeyId(from.readText());
    long receivedAtMillis = from.readSigned();
    Signal signal = from.readOneOf(SIGNALS);
    String agent = from.readText();
    String clientVersion = from.readText();
    int flags = from.readByte();
    if (flags >= NOTES << 1) {
      throw new ByteFormatException("a report with unknown flags " + flags);
    }
    Optional<Place> place = (flags & PLACE) != 0 ? Optional.of(place(from)) : Optional.empty();
    Notes notes = (flags & NOTES) != 0 ? notes(from) : NO_NOTES;
    return new Report(
        organization, key, receivedAtMillis, signal, agent, clientVersion, place, notes, List.of());
  }

  static Report with(Report head, List<SessionReport> sessions) {
    return new Report(
        head.organization(),
        head.key(),
        head.receivedAtMillis(),
        head.signal(),
        head.agent(),
        head.clientVersion(),
        head.place(),
        head.notes(),
        sessions);
  }

  private static void write(Place place, ByteWriter to) {
    to.writeText(place.country());
    to.writeText(place.city());
    to.writeSigned(place.latitude());
    to.writeSigned(place.longitude());
  }

  private static Place place(ByteReader from) {
    return new Place(from.readText(), from.readText(), integer(from), integer(from));
  }

  private static void write(Notes notes, ByteWriter to) {
    to.writeSigned(notes.records());
    to.writeSigned(notes.kept());
    to.writeSigned(notes.ignored());
    to.writeSigned(notes.rejected());
    to.writeSigned(notes.droppedAttributes());
    to.writeSigned(notes.droppedContent());
    to.writeSigned(notes.skewed());
    to.writeSigned(notes.withoutSession());
    to.writeSigned(notes.withoutPerson());
    to.writeSigned(notes.withoutModel());
    to.writeSigned(notes.unpriced());
  }

  private static Notes notes(ByteReader from) {
    return new Notes(
        integer(from),
        integer(from),
        integer(from),
        integer(from),
        integer(from),
        integer(from),
        integer(from),
        integer(from),
        integer(from),
        integer(from),
        integer(from));
  }

  private static int integer(ByteReader from) {
    long value = from.readSigned();
    if (value != (int) value) {
      throw new ByteFormatException("a number that is too large: " + value);
    }
    return (int) value;
  }
}
