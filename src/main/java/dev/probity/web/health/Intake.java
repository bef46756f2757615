package dev.probity.web.health;

import dev.probity.kernel.OrganizationId;
import dev.probity.privacy.KeptFor;
import dev.probity.telemetry.intake.ContentAlerts;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * How reports are taken in, as far as pages show it.
 *
 * @param httpPort where OTLP over HTTP has a port of its own; the front door serves it, too
 * @param grpcPort where OTLP over gRPC is served; empty where it is not
 * @param tls whether these ports speak TLS
 * @param capturesText whether prompts and answers are kept, redacted
 * @param keptFor how long what came in is kept
 * @param counts what an organization's keys, and strangers, were refused since this process started
 * @param alerts which of an organization's clients began to send content since then
 */
public record Intake(
    OptionalInt httpPort,
    OptionalInt grpcPort,
    boolean tls,
    boolean capturesText,
    KeptFor keptFor,
    Function<OrganizationId, List<Count>> counts,
    Function<OrganizationId, List<ContentAlerts.Alert>> alerts) {
  private static final int HTTP = 4318;
  private static final int GRPC = 4317;

  /** As it is when nothing is set. */
  public static final Intake USUAL =
      new Intake(
          OptionalInt.of(HTTP),
          OptionalInt.of(GRPC),
          false,
          false,
          KeptFor.STANDARD,
          organization -> List.of(),
          organization -> List.of());

  /**
   * Something that is counted.
   *
   * @param name a stable word, such as {@code malformed}
   */
  public record Count(String name, long count) {}
}
