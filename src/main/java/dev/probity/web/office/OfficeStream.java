package dev.probity.web.office;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.EventSink;
import dev.probity.http.Json;
import dev.probity.kernel.Clock;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.office.Desk;
import dev.probity.telemetry.office.LiveOffice;
import dev.probity.telemetry.sessions.People;
import dev.probity.web.Pages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The office as server-sent events: everyone at first, then who does something else. */
final class OfficeStream {
  private static final long PACE_MILLIS = 250;

  /** Some things change because nothing happens. */
  private static final long TICK_MILLIS = 1_000;

  private static final int TICKS_TO_PING = 15;

  /** Then the browser connects again, and its session is looked at again. */
  private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

  private final Pages pages;
  private final LiveOffice office;
  private final People people;
  private final Clock clock;

  OfficeStream(Pages pages, LiveOffice office, People people, Clock clock) {
    this.pages = pages;
    this.office = office;
    this.people = people;
    this.clock = clock;
  }

  /** How changes are written for a view. */
  private interface Writer {
    void everyone(LiveOffice.Look look);

    void change(long asOfMillis, List<Desk> changed, Set<String> gone);
  }

  Answer stream(Call call) {
    boolean table =
        call.query("view").oneOf("view", OfficePage.VIEWS).filter("table"::equals).isPresent();
    OrganizationId organization = call.caller().organization();
    return Answer.events(sink -> {
      PersonNames names = new PersonNames(people, organization);
      send(organization, sink, table ? new Rows(sink, names) : new Objects(sink, names));
    });
  }

  private void send(OrganizationId organization, EventSink sink, Writer writer)
      throws InterruptedException {
    long end = clock.millis() + LONGEST_MILLIS;
    LiveOffice.Look look = office.look(organization);
    Map<String, Desk> shown = byKey(look);
    writer.everyone(look);
    int quietTicks = 0;
    while (clock.millis() < end) {
      office.awaitNews(organization, look, TICK_MILLIS);
      look = office.look(organization);
      Map<String, Desk> now = byKey(look);
      List<Desk> changed = new ArrayList<>();
      now.forEach((key, desk) -> {
        if (!desk.equals(shown.get(key))) {
          changed.add(desk);
        }
      });
      Set<String> gone = new HashSet<>(shown.keySet());
      gone.removeAll(now.keySet());
      if (!changed.isEmpty() || !gone.isEmpty()) {
        writer.change(look.asOfMillis(), changed, gone);
        shown.keySet().removeAll(gone);
        shown.putAll(now);
        quietTicks = 0;
      } else if (++quietTicks >= TICKS_TO_PING) {
        sink.send("now", "", Json.text(DeskJson.now(look.asOfMillis())));
        quietTicks = 0;
      }
      Thread.sleep(PACE_MILLIS);
    }
  }

  private static Map<String, Desk> byKey(LiveOffice.Look look) {
    Map<String, Desk> desks = new LinkedHashMap<>();
    look.desks().forEach(desk -> desks.put(desk.key(), desk));
    return desks;
  }

  /** For the room: JSON. */
  private record Objects(EventSink sink, DeskJson json) implements Writer {
    Objects(EventSink sink, PersonNames names) {
      this(sink, new DeskJson(names));
    }

    @Override
    public void everyone(LiveOffice.Look look) {
      sink.send("everyone", "", Json.text(json.change(look.asOfMillis(), look.desks())));
    }

    @Override
    public void change(long asOfMillis, List<Desk> changed, Set<String> gone) {
      sink.send("change", "", Json.text(json.change(asOfMillis, changed, gone)));
    }
  }

  /** For the table: its rows. */
  private final class Rows implements Writer {
    private final EventSink sink;
    private final PersonNames names;

    private Rows(EventSink sink, PersonNames names) {
      this.sink = sink;
      this.names = names;
    }

    @Override
    public void everyone(LiveOffice.Look look) {
      StringBuilder rows = new StringBuilder();
      look.desks().forEach(desk -> rows.append(row(desk)).append('\n'));
      sink.send("rows", "", rows.isEmpty() ? "\n" : rows.toString());
      sink.send("now", "", Json.text(DeskJson.now(look.asOfMillis())));
    }

    @Override
    public void change(long asOfMillis, List<Desk> changed, Set<String> gone) {
      changed.forEach(desk -> sink.send("row", "", row(desk)));
      gone.forEach(key -> sink.send("gone", "", key));
      sink.send("now", "", Json.text(DeskJson.now(asOfMillis)));
    }

    private String row(Desk desk) {
      return pages.piece("DeskRow", DeskRow.of(desk, names));
    }
  }
}
