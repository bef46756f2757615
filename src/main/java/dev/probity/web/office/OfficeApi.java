package dev.probity.web.office;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Csv;
import dev.probity.http.Parameters;
import dev.probity.http.RefusedException;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Refusal;
import dev.probity.telemetry.office.LiveOffice;
import dev.probity.telemetry.office.Replay;
import dev.probity.telemetry.sessions.People;
import java.time.Duration;
import java.util.Optional;

/** {@code /api/office}: who is at work now, and what went on in a past hour. */
final class OfficeApi {
  private static final long LONGEST_REPLAY_MILLIS = Duration.ofHours(2).toMillis();

  /** RFC 3339 has four digits for the year, and nobody replays what is older than agents are. */
  private static final long LATEST_MILLIS = 253_402_300_799_000L;

  private final LiveOffice office;
  private final People people;

  OfficeApi(LiveOffice office, People people) {
    this.office = office;
    this.people = people;
  }

  Answer list(Call call) {
    Parameters query = call.query("format");
    boolean asCsv = Csv.wanted(call, query);
    OrganizationId organization = call.caller().organization();
    DeskJson json = new DeskJson(new PersonNames(people, organization));
    LiveOffice.Look look = office.look(organization);
    return asCsv ? Answer.csv("office.csv", json.csv(look.desks())) : Answer.json(json.list(look));
  }

  Answer replay(Call call) {
    Parameters query = call.query("from", "to");
    long from = query.time("from").orElseThrow(() -> missing("from"));
    long to = query.time("to").orElseThrow(() -> missing("to"));
    if (from > LATEST_MILLIS || to <= from || to - from > LONGEST_REPLAY_MILLIS) {
      throw Parameters.wrong("to", "a time after \"from\", by two hours at most");
    }
    OrganizationId organization = call.caller().organization();
    Replay replay = made(organization, from, to).orElseThrow(OfficeApi::busy);
    return Answer.json(new DeskJson(new PersonNames(people, organization)).of(replay));
  }

  private Optional<Replay> made(OrganizationId organization, long from, long to) {
    try {
      return office.replay(organization, from, to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static RefusedException missing(String name) {
    return Parameters.wrong(
        name, "a time such as 2026-11-20T15:00:00Z, or milliseconds since 1970-01-01T00:00:00Z");
  }

  private static RefusedException busy() {
    return new RefusedException(
        new Refusal(
            Refusal.Reason.UNAVAILABLE,
            "replay_busy",
            "Other replays are being made. Try again in a moment."));
  }
}
