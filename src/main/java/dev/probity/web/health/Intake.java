package dev.probity.web.health;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * How reports are taken in, as far as pages show it.
 *
 * @param httpPort where OTLP over HTTP is served; empty where it is not
 * @param grpcPort where OTLP over gRPC is served; empty where it is not
 * @param tls whether these ports speak TLS
 * @param capturesText whether prompts and answers are kept, redacted
 * @param eventDays how long events and sessions are kept
 * @param sumDays how long hourly and daily sums are kept
 * @param counts what was refused since this process started
 */
public record Intake(
    OptionalInt httpPort,
    OptionalInt grpcPort,
    boolean tls,
    boolean capturesText,
    OptionalInt eventDays,
    OptionalInt sumDays,
    Supplier<List<Count>> counts) {
  private static final int HTTP = 4318;
  private static final int GRPC = 4317;

  /** The standard ports, and nothing known of the rest. */
  public static final Intake USUAL =
      new Intake(
          OptionalInt.of(HTTP),
          OptionalInt.of(GRPC),
          false,
          false,
          OptionalInt.empty(),
          OptionalInt.empty(),
          List::of);

  /**
   * Something that is counted.
   *
   * @param name a stable word, such as {@code malformed}
   */
  public record Count(String name, long count) {}
}
