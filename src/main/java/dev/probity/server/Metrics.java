package dev.probity.server;

import dev.probity.gateway.door.Door;
import dev.probity.journal.JournalDrain;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;

/** Gauges of the process as a whole. */
final class Metrics {
  private Metrics() {}

  static void register(MeterRegistry registry, JournalDrain drain, Door door) {
    Gauge.builder("probity.client.connections", door, Door::connections)
        .description("Client connections that are open.")
        .register(registry);
    Gauge.builder("probity.journal.lag.bytes", drain, each -> each.status().lagBytes())
        .description("Written to the journal and not yet taken in by the store.")
        .register(registry);
    Gauge.builder(
            "probity.memory.heap.bytes",
            () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed())
        .description("Heap in use.")
        .register(registry);
    Gauge.builder(
            "probity.uptime.seconds", () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1e3)
        .description("Since the process started.")
        .register(registry);
  }
}
