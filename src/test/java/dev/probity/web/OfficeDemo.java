package dev.probity.web;

import dev.probity.telemetry.Stored;
import dev.probity.telemetry.office.Crew;
import dev.probity.testing.FixedClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A live office to look at, with invented people: {@code OfficeDemo [how many] [minutes]}. It
 * prints an address for a browser that sends the headers that it prints, too.
 */
final class OfficeDemo {
  private OfficeDemo() {}

  public static void main(String... arguments) throws InterruptedException {
    int size = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 12;
    long minutes = arguments.length > 1 ? Long.parseLong(arguments[1]) : 30;
    try (TestPlane plane = TestPlane.empty()) {
      plane.telemetry.people.addAll(Crew.people());
      long start = FixedClock.START.toEpochMilli();
      Crew crew = new Crew(7, size, start - Duration.ofMinutes(70).toMillis());
      for (Stored stored : crew.until(start)) {
        plane.telemetry.reports.add(stored.report());
      }
      plane.telemetry.sessions.addAll(crew.rows());
      System.out.println("http://127.0.0.1:" + plane.server.port() + plane.signInPath());
      System.out.println(plane.doorHeaders());
      CountDownLatch never = new CountDownLatch(1);
      for (long second = 0; second < minutes * 60; second++) {
        plane.clock.advance(Duration.ofSeconds(1));
        List<Stored> news = crew.until(plane.clock.millis());
        news.forEach(stored -> plane.telemetry.reports.add(stored.report()));
        plane.reports.publish(news);
        never.await(1, TimeUnit.SECONDS);
      }
    }
  }
}
