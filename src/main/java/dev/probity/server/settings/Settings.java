package dev.probity.server.settings;

import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.door.DoorSettings;
import dev.probity.gateway.routing.ModelSettings;
import dev.probity.gateway.upstream.DeploymentSettings;
import dev.probity.http.AddressRange;
import dev.probity.pricing.PriceOverride;
import dev.probity.privacy.KeptFor;
import dev.probity.telemetry.intake.IntakeSettings;
import dev.probity.telemetry.place.PlaceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Everything an operator can set, complete: what the file leaves out has its default.
 *
 * @param otlpGrpcPort where agents report over gRPC; 0 takes a free one; empty: nowhere
 * @param otlpHttpPort where agents report over HTTP; 0 takes a free one; empty: nowhere
 * @param deployments names are unique
 * @param models an exact name beats a glob; of several globs the first wins
 */
public record Settings(
    DoorSettings door,
    OptionalInt otlpGrpcPort,
    OptionalInt otlpHttpPort,
    GatewaySettings gateway,
    List<DeploymentSettings> deployments,
    List<ModelSettings> models,
    List<PriceOverride> prices,
    Journal journal,
    Retention retention,
    Telemetry telemetry) {

  public Settings {
    deployments = List.copyOf(deployments);
    models = List.copyOf(models);
    prices = List.copyOf(prices);
  }

  /**
   * The durable log between the hot path and the stores.
   *
   * @param maxBytes the most it may hold that the stores have not taken in; above it requests wait
   * @param segmentBytes how large one of its files gets
   */
  public record Journal(long maxBytes, long segmentBytes) {}

  /**
   * How long what happened is kept.
   *
   * @param requestLogDays exchanges, sessions of agents and their events
   * @param usageMetricDays sums of use
   * @param promptContentDays captured text
   */
  public record Retention(
      Plan plan, int requestLogDays, int usageMetricDays, int promptContentDays) {
    /** What wins over the days. */
    public enum Plan {
      /** Nothing: each class has its days. */
      STANDARD("standard", Duration.ofDays(36_500)),
      /** Nothing is kept for more than 90 days. */
      DAYS_90("90d", Duration.ofDays(90)),
      /** Everything is gone 24 hours after it happened. */
      HOURS_24("24h", Duration.ofHours(24));

      private final String word;
      private final Duration longest;

      Plan(String word, Duration longest) {
        this.word = word;
        this.longest = longest;
      }

      String word() {
        return word;
      }
    }

    /** What that comes to, class by class. */
    public KeptFor keptFor() {
      return new KeptFor(
              Duration.ofDays(requestLogDays),
              Duration.ofDays(usageMetricDays),
              Duration.ofDays(promptContentDays))
          .atMost(plan.longest);
    }
  }

  /**
   * What is taken from agents' reports.
   *
   * @param intake how much at once
   * @param proxies the operator's own, whose word about a client's address is believed
   * @param capturePrompts whether the text of prompts and answers is kept, redacted
   */
  public record Telemetry(
      IntakeSettings intake,
      PlaceSettings places,
      List<AddressRange> proxies,
      boolean capturePrompts) {
    public Telemetry {
      proxies = List.copyOf(proxies);
    }
  }

  /**
   * What holds without a file: every vendor is there, with the credential that the environment has
   * for it, and the simulated provider.
   *
   * @param environment variables by name
   */
  public static Settings defaults(Map<String, String> environment) {
    return SettingsSchema.defaults(environment);
  }

  /**
   * The same settings, listening on another port. With 0, which is any free one, what else is
   * listened on takes free ones, too: so a second Probity never stumbles over a first one.
   */
  public Settings withPort(int port) {
    Settings moved = withDoor(new DoorSettings(door.host(), port, door.tls()));
    return port == 0 ? moved.withOtlpPorts(anyIfOn(otlpGrpcPort), anyIfOn(otlpHttpPort)) : moved;
  }

  private static OptionalInt anyIfOn(OptionalInt port) {
    return port.isPresent() ? OptionalInt.of(0) : port;
  }

  private Settings withOtlpPorts(OptionalInt grpc, OptionalInt http) {
    return new Settings(
        door, grpc, http, gateway, deployments, models, prices, journal, retention, telemetry);
  }

  Settings withDoor(DoorSettings other) {
    return new Settings(
        other,
        otlpGrpcPort,
        otlpHttpPort,
        gateway,
        deployments,
        models,
        prices,
        journal,
        retention,
        telemetry);
  }

  Settings withPlaces(PlaceSettings places) {
    return new Settings(
        door,
        otlpGrpcPort,
        otlpHttpPort,
        gateway,
        deployments,
        models,
        prices,
        journal,
        retention,
        new Telemetry(telemetry.intake, places, telemetry.proxies, telemetry.capturePrompts));
  }

  /** The keys that differ from those in force but are only read at the start. */
  public List<String> changedButOnlyReadAtStart(Settings inForce) {
    List<String> keys = new ArrayList<>();
    if (!door.host().equals(inForce.door.host())) {
      keys.add("server.host");
    }
    if (door.port() != inForce.door.port()) {
      keys.add("server.port");
    }
    if (!door.tls().equals(inForce.door.tls())) {
      keys.add("server.tls");
    }
    if (!otlpGrpcPort.equals(inForce.otlpGrpcPort)) {
      keys.add("server.otlp_grpc_port");
    }
    if (!otlpHttpPort.equals(inForce.otlpHttpPort)) {
      keys.add("server.otlp_http_port");
    }
    if (!journal.equals(inForce.journal)) {
      keys.add("journal");
    }
    if (!retention.equals(inForce.retention)) {
      keys.add("retention");
    }
    if (!gateway.limits().equals(inForce.gateway.limits())) {
      keys.add("limits");
    }
    if (!telemetry.intake.equals(inForce.telemetry.intake)) {
      keys.add("telemetry");
    }
    if (!telemetry.places.equals(inForce.telemetry.places)) {
      keys.add("telemetry.places");
    }
    if (!telemetry.proxies.equals(inForce.telemetry.proxies)) {
      keys.add("telemetry.proxies");
    }
    return keys;
  }
}
