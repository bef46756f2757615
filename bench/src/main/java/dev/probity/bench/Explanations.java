package dev.probity.bench;

/** What has to be said beside the figures, so that they are read for what they are. */
final class Explanations {
  private Explanations() {}

  static final String GATEWAY =
      """
      ### How it is measured

      - One process plays the model provider and the clients (Netty, one event loop each); nginx and Probity stand between, each in turn, and
        "direct" is the provider without a proxy. All share the machine's processors, so requests/s is what is left to each after the bench's own
        share; CPU per request is the figure to compare.
      - CPU is user + system time of the process and its children from `/proc`, from before the first request until the process is at rest again
        after the last answer **and** has recorded every exchange, divided by the requests answered. So writing the journal and the stores
        counts, even where it happens after the load. A ratio compares with nginx in the same repetition.
      - Probity runs as `./probity run` starts it, with a key, a price for the model, usage, charge, trail and journal all on. Every measurement
        ends with a comparison of the answers that the clients saw with `GET /api/usage?group_by=model`: the same number of exchanges, none of them
        failed or unpriced, and the sum of the charges right to the nano-dollar.
      - Every request's body is compared byte by byte at the provider, every answer's body at the client.
      - nginx (Debian's) does the least it can: two workers, HTTP/1.1 with kept connections to both sides, no access log, no response buffering for
        streams, request bodies in memory. It does **not** check a key, read JSON, choose a route, count tokens, price or record anything: it
        is the floor, not a peer.
      - Before measuring, Probity gets 1 KB requests for at least 9 s, 60 KB requests and bursts for at least 3 s each, in each case until the JIT's share of
        its CPU is below 3 % (24 s at the most), and 1 s of each paced case; nginx gets 1 s of each. What the JIT still does later counts, and is shown.
        A `--quick` run prints only, with shorter windows and two repetitions.
      - RSS is VmRSS after the load, summed over nginx's three processes (pages they share count thrice). "The most ever" is VmHWM.
      - Not measured: TLS on either side, which costs all systems the same and makes the ratios smaller; a network between the parts.
      """;

  static String of(Workload workload) {
    String answer =
        switch (workload.shape()) {
          case Workload.Json _ -> "answered with 1.1 KB of JSON";
          case Workload.Burst _ ->
              "answered with 60 server-sent chunks and a last one, each in a write of its own, as fast as they go";
          case Workload.Paced paced ->
              "answered with 60 server-sent chunks, one every %d ms"
                  .formatted(paced.intervalMillis());
        };
    String arrivals =
        switch (workload.arrivals()) {
          case Workload.Closed closed when workload.paced() ->
              "%,d connections with one stream each, all open at once"
                  .formatted(closed.connections());
          case Workload.Closed closed ->
              "%,d connections that ask again at once".formatted(closed.connections());
          case Workload.Open open ->
              "%.0f new streams per second at random (Poisson)".formatted(open.perSecond());
        };
    String latency =
        workload.paced()
            ? " \"chunk\" is from the provider's write of a chunk to the client's read of it."
            : "";
    return "A request of %,d bytes, %s; %s.%s"
        .formatted(workload.requestBytes(), answer, arrivals, latency);
  }
}
