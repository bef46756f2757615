package dev.probity.gateway.door.otlp;

import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.door.DoorSettings;
import dev.probity.gateway.door.Site;
import dev.probity.http.TrustedProxies;
import dev.probity.telemetry.intake.IntakeSettings;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.IntakeFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A door with a port for reports, and the intake behind it. */
final class ReportingFixture implements AutoCloseable {
  private final IntakeFixture intake;
  private final GatewayFixture gateway;
  private final int port;

  ReportingFixture(
      IntakeFixture intake,
      IntakeSettings settings,
      GatewaySettings gatewaySettings,
      Optional<DoorSettings.Tls> tls)
      throws IOException {
    this.intake = intake;
    OtlpSite site = new OtlpSite(intake.intake(), settings, new TrustedProxies(List.of()));
    Map<String, Site> sites = new HashMap<>();
    OtlpSite.paths().forEach(path -> sites.put(path, site));
    gateway = GatewayFixture.builder().sites(sites).settings(gatewaySettings).start();
    port =
        gateway
            .door()
            .openBeside(new DoorSettings("127.0.0.1", 0, tls), "server.otlp_http_port", site);
  }

  static ReportingFixture in(Path folder) throws IOException {
    return new ReportingFixture(
        new IntakeFixture(folder.resolve("journal")),
        IntakeFixture.SETTINGS,
        GatewaySettings.DEFAULT,
        Optional.empty());
  }

  IntakeFixture intake() {
    return intake;
  }

  /** Where agents report. */
  int port() {
    return port;
  }

  /** The main port. */
  int mainPort() {
    return gateway.port();
  }

  GatewayFixture gateway() {
    return gateway;
  }

  @Override
  public void close() {
    gateway.close();
    intake.close();
  }
}
