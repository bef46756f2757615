package dev.probity.storage.telemetry;

import dev.probity.kernel.Clock;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.sessions.Dimensions;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.TelemetrySums.Period;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What taking reports in and asking for sums costs; run by hand: {@code java -cp
 * target/test-classes:target/classes:... dev.probity.storage.telemetry.TelemetryBench intake
 * 1000000} (events) or {@code ... sums 1000000}. Works in a new folder below the current one, and
 * deletes it.
 */
final class TelemetryBench {
  private static final int EVENTS_PER_REPORT = 20;
  private static final int REPORTS_PER_BATCH = 512;
  private static final int SESSIONS = 1_000;
  private static final int PEOPLE = 1_000;
  private static final int DAYS = 30;

  private TelemetryBench() {}

  public static void main(String[] arguments) throws IOException {
    Path data = Files.createTempDirectory(Path.of("."), "telemetry-bench");
    long events = Long.parseLong(arguments[1]);
    try {
      if (arguments[0].equals("intake")) {
        intake(data, events);
      } else {
        sums(data, events);
      }
    } finally {
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void intake(Path data, long events) throws IOException {
    Random random = new Random(1);
    Reports reports = new Reports(1);
    long now = Clock.system().millis() - 4 * SumWriter.HOUR_MILLIS;
    SessionFacts[] facts = new SessionFacts[SESSIONS];
    long cpu = 0;
    long wall = 0;
    long done = 0;
    long measured = 0;
    try (TelemetryFixture fixture = new TelemetryFixture(data, Clock.system())) {
      while (done < events) {
        List<Report> batch = new ArrayList<>();
        for (int i = 0; i < REPORTS_PER_BATCH; i++) {
          int which = random.nextInt(SESSIONS);
          if (facts[which] == null || random.nextInt(20) == 0) {
            facts[which] = facts(random, which);
          }
          List<AgentEvent> some = new ArrayList<>();
          for (int j = 0; j < EVENTS_PER_REPORT; j++) {
            long at = now + done / 100 + j;
            some.add(j % 4 == 0 ? reports.call(at, "model-" + which % 5) : reports.prompt(at));
          }
          batch.add(Reports.report(Reports.session(facts[which], some)));
        }
        var entries = fixture.entries(batch);
        long cpuBefore = cpu();
        long before = System.nanoTime();
        fixture.stores.apply(entries);
        if (done >= events / 3) {
          cpu += cpu() - cpuBefore;
          wall += System.nanoTime() - before;
          measured += (long) REPORTS_PER_BATCH * EVENTS_PER_REPORT;
        }
        fixture.news.clear();
        done += (long) REPORTS_PER_BATCH * EVENTS_PER_REPORT;
      }
    }
    System.out.printf(
        "%,d events, %d a report, %d reports a batch: %.2f us of CPU and %.2f us of time an event,"
            + " with decoding and counting%n",
        done, EVENTS_PER_REPORT, REPORTS_PER_BATCH, cpu / 1e3 / measured, wall / 1e3 / measured);
    try (Stream<Path> files = Files.list(data.resolve("events"))) {
      for (Path file : files.toList()) {
        System.out.printf(
            "%s: %.1f bytes an event%n", file.getFileName(), (double) Files.size(file) / done);
      }
    }
  }

  private static SessionFacts facts(Random random, int which) {
    return Reports.facts(
        "claude-code",
        Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()),
        "acme/repository-" + which % 200,
        "install-" + which);
  }

  /**
   * A month of sums: each person works some hours a day, on a few repositories, with two models.
   */
  private static void sums(Path data, long events) {
    Random random = new Random(1);
    long month = 1_795_132_800_000L - DAYS * SumWriter.DAY_MILLIS;
    long perPersonAndDay = Math.max(1, events / DAYS / PEOPLE);
    int perHour = (int) Math.clamp(perPersonAndDay / 10, 1, 4);
    int hours = (int) Math.clamp(perPersonAndDay / perHour / 5, 1, 8);
    try (TelemetryFixture fixture = new TelemetryFixture(data, Clock.system())) {
      SumWriter writer = new SumWriter(20_000);
      long before = System.nanoTime();
      for (int day = 0; day < DAYS; day++) {
        for (int hour = 8; hour < 8 + hours; hour++) {
          HourChanges changes = new HourChanges();
          long at = month + day * SumWriter.DAY_MILLIS + hour * SumWriter.HOUR_MILLIS;
          for (int person = 1; person <= PEOPLE; person++) {
            for (int i = 0; i < perHour; i++) {
              add(changes, at, person, random);
            }
          }
          fixture.agents.write(sql -> {
            writer.add(sql, changes);
            return true;
          });
        }
      }
      System.out.printf("seeded in %.1f s%n", (System.nanoTime() - before) / 1e9);
      count(fixture, "sums_hours");
      count(fixture, "sums_days");
      count(fixture, "dimensions");
      for (int round = 0; round < 6; round++) {
        long byModel = cpu();
        int models =
            fixture
                .store()
                .sums()
                .sums(
                    OrganizationId.FIRST,
                    month,
                    month + DAYS * SumWriter.DAY_MILLIS,
                    Period.DAY,
                    of -> new Dimensions("", of.model(), 0, "", "", "", ""))
                .size();
        System.out.printf(
            "DAY by model: %,d rows, %d ms of CPU%n", models, (cpu() - byModel) / 1_000_000);
        for (Period period : new Period[] {Period.WHOLE_RANGE, Period.DAY}) {
          long start = System.nanoTime();
          long cpuBefore = cpu();
          int rows =
              fixture
                  .store()
                  .sums()
                  .sums(OrganizationId.FIRST, month, month + DAYS * SumWriter.DAY_MILLIS, period)
                  .size();
          System.out.printf(
              "%s: %,d rows in %d ms, %d ms of CPU%n",
              period,
              rows,
              (System.nanoTime() - start) / 1_000_000,
              (cpu() - cpuBefore) / 1_000_000);
        }
      }
    }
  }

  private static void add(HourChanges changes, long hour, int person, Random random) {
    Dimensions dimensions =
        new Dimensions(
            "claude-code",
            "model-" + (person + random.nextInt(2)) % 5,
            person,
            "team-" + person % 40,
            "acme/repository-" + (person * 7 + random.nextInt(3)) % 200,
            "branch-" + random.nextInt(2),
            "api");
    long[] figures = changes.at(OrganizationId.FIRST.value(), hour, dimensions);
    for (Figure figure : Figure.values()) {
      if (figure.ordinal() % 2 == 0) {
        figures[figure.ordinal()] += random.nextInt(100_000);
      }
    }
  }

  private static void count(TelemetryFixture fixture, String table) {
    fixture.agents.read(sql -> {
      sql.each(
          "SELECT count(*) FROM " + table,
          row -> System.out.printf("%s: %,d rows%n", table, row.getLong(1)));
      return Optional.empty();
    });
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
