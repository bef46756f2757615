package dev.probity.bench;

import java.util.List;

/**
 * One case: what is asked, how it is answered, and how requests arrive.
 *
 * @param name as given on the command line; {@code bench-} + name is the model that is asked for,
 *     by which the fake provider knows which answer to give
 * @param requestBytes size of the request's body
 * @param cpuTarget the most CPU per request, as a multiple of nginx's
 */
record Workload(
    String name,
    String title,
    int requestBytes,
    Shape shape,
    Arrivals arrivals,
    double seconds,
    double cpuTarget) {

  /** How the fake provider answers. */
  sealed interface Shape {}

  /** One JSON object. */
  record Json() implements Shape {}

  /** Sixty server-sent chunks, each a write of its own, as fast as the socket takes them. */
  record Burst() implements Shape {}

  /** Sixty server-sent chunks, one every so often. */
  record Paced(int intervalMillis) implements Shape {}

  /** How requests come in. */
  sealed interface Arrivals {}

  /**
   * Each connection asks again as soon as it has its answer.
   *
   * @param spreadMillis the connections start spread over this time
   */
  record Closed(int connections, int spreadMillis) implements Arrivals {}

  /** At random (Poisson) whether earlier answers are there or not. */
  record Open(double perSecond) implements Arrivals {}

  static final List<Workload> ALL =
      List.of(
          new Workload("1k", "1 KB request", 1_000, new Json(), new Closed(32, 0), 3, 2),
          new Workload("60k", "60 KB request", 60_000, new Json(), new Closed(32, 0), 3, 2),
          new Workload(
              "burst", "60-chunk burst stream", 1_000, new Burst(), new Closed(32, 0), 4, 2.5),
          new Workload("paced", "Paced stream", 1_000, new Paced(20), new Open(60), 4, 2.5),
          new Workload(
              "thousand",
              "1,000 open paced streams",
              1_000,
              new Paced(50),
              new Closed(1_000, 1_000),
              1,
              2.5));

  String model() {
    return "bench-" + name;
  }

  boolean streams() {
    return !(shape instanceof Json);
  }

  boolean paced() {
    return shape instanceof Paced;
  }

  Workload lasting(double other) {
    return new Workload(name, title, requestBytes, shape, arrivals, other, cpuTarget);
  }
}
