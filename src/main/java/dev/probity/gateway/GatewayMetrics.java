package dev.probity.gateway;

import dev.probity.kernel.Clock;
import dev.probity.kernel.DataCategory;
import dev.probity.kernel.DataField;
import dev.probity.kernel.DataSubject;
import dev.probity.kernel.Protection;
import dev.probity.kernel.Purpose;
import dev.probity.kernel.Retention;
import dev.probity.kernel.StoredIn;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what the gateway does. Every label's values come from a fixed set or from the
 * configuration, so their number is bounded.
 */
public final class GatewayMetrics {
  /**
   * Rows a second for requests that no key came with; the rest is only counted, so that strangers
   * can't fill the log.
   */
  private static final int STRANGERS_PER_SECOND = 20;

  /** The labels of every gateway metric. */
  @StoredIn("metrics")
  public record Labels(
      @DataField(
              value = "operation",
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.OPERATE_THE_SERVICE,
              subject = DataSubject.NOBODY,
              retention = Retention.TRANSIT,
              protection = Protection.NONE)
          Operation operation,
      @DataField(
              value = "deployment",
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.OPERATE_THE_SERVICE,
              subject = DataSubject.NOBODY,
              retention = Retention.TRANSIT,
              protection = Protection.NONE)
          String deployment,
      @DataField(
              value = "outcome",
              category = DataCategory.USAGE_METRIC,
              purpose = Purpose.OPERATE_THE_SERVICE,
              subject = DataSubject.NOBODY,
              retention = Retention.TRANSIT,
              protection = Protection.NONE)
          Outcome outcome) {}

  private record Meters(
      Timer latency, Timer firstContent, Counter input, Counter output, Counter charge) {}

  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<Labels, Meters> meters = new ConcurrentHashMap<>();
  private final AtomicLong strangers = new AtomicLong();

  public GatewayMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  public void ended(Exchange exchange) {
    Meters each =
        meters.computeIfAbsent(
            new Labels(exchange.operation(), exchange.deployment(), exchange.outcome()),
            this::create);
    each.latency.record(exchange.latencyMillis(), TimeUnit.MILLISECONDS);
    exchange
        .ttftMillis()
        .ifPresent(millis -> each.firstContent.record(millis, TimeUnit.MILLISECONDS));
    each.input.increment(exchange.usage().input());
    each.output.increment(exchange.usage().output());
    each.charge.increment(exchange.charge().nanoUsd() / 1e9);
  }

  private Meters create(Labels labels) {
    String[] tags = {
      "operation", labels.operation().text(),
      "deployment", labels.deployment(),
      "outcome", labels.outcome().text()
    };
    return new Meters(
        timer("probity.exchange", "Exchanges, from the request read to the answer written.", tags),
        timer("probity.first.content", "From the request read to the first content.", tags),
        counter("probity.input.tokens", "Tokens read by models.", tags),
        counter("probity.output.tokens", "Tokens written by models.", tags),
        counter("probity.charge.usd", "Charges in USD.", tags));
  }

  private Timer timer(String name, String description, String[] tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofMillis(250),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2))
        .register(registry);
  }

  private Counter counter(String name, String description, String[] tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  /** A call went on from this deployment to another. */
  public void failedOver(String deployment) {
    count("probity.failovers", "Calls that another deployment took over.", deployment);
  }

  /** A call began another round, with this deployment among those that had failed. */
  public void retried(String deployment) {
    count("probity.retries", "Rounds in which every deployment was asked again.", deployment);
  }

  /** This deployment took so long that another was asked beside it. */
  public void hedged(String deployment) {
    count("probity.hedges", "Calls made of a second deployment beside a slow first.", deployment);
  }

  /** This deployment's answer was translated. */
  public void translated(String deployment) {
    count("probity.translations", "Answers that were translated.", deployment);
  }

  private void count(String name, String description, String deployment) {
    Counter.builder(name)
        .description(description)
        .tags("deployment", deployment)
        .register(registry)
        .increment();
  }

  /** Whether a refused stranger's request may still get a row in this second. */
  public boolean mayLogStranger() {
    long second = clock.millis() / 1000;
    while (true) {
      long before = strangers.get();
      long count = before >>> 32 == (second & 0x7fffffffL) ? (before & 0xffffffffL) + 1 : 1;
      if (count > STRANGERS_PER_SECOND) {
        return false;
      }
      if (strangers.compareAndSet(before, (second & 0x7fffffffL) << 32 | count)) {
        return true;
      }
    }
  }
}
