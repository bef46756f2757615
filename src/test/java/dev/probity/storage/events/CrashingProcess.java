package dev.probity.storage.events;

import dev.probity.gateway.Exchange;
import dev.probity.kernel.Clock;
import dev.probity.testing.Exchanges;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Random;

/**
 * The process that {@link CrashTest} kills: appends exchanges from several threads for ever, with
 * the drain at work, and says each id once its append has returned.
 */
final class CrashingProcess {
  private static final int WRITERS = 3;

  private CrashingProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path data = Path.of(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    PrintStream out = System.out;
    EventStoreFixture fixture = new EventStoreFixture(data, Clock.system());
    Exchanges exchanges = new Exchanges(Clock.system(), new Random(seed));
    Thread[] writers = new Thread[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
      writers[i] =
          Thread.ofPlatform()
              .start(() -> {
                while (true) {
                  append(fixture, exchanges, out);
                }
              });
    }
    for (Thread writer : writers) {
      writer.join();
    }
  }

  private static void append(EventStoreFixture fixture, Exchanges exchanges, PrintStream out) {
    if (!fixture.log.hasRoom()) {
      Thread.onSpinWait();
      return;
    }
    Exchange exchange;
    synchronized (exchanges) {
      exchange = exchanges.next();
    }
    fixture.log.append(exchange);
    // One write for one line, so that the parent never sees lines mixed.
    String line = exchange.id() + "\n";
    synchronized (out) {
      out.print(line);
      out.flush();
    }
  }
}
