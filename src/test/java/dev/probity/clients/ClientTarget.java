package dev.probity.clients;

import dev.probity.gateway.upstream.simulated.SimulatedProvider;
import dev.probity.kernel.Clock;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The server that the clients are pointed at. */
interface ClientTarget extends AutoCloseable {
  /** A name of a model that the target serves in every dialect, by the simulated provider. */
  String MODEL = "simulated";

  /** Where it listens, without a path. */
  URI baseUri();

  /** What clients give as their API key. */
  String key();

  /** Headers that clients must send beside. */
  Map<String, String> headers();

  /** Whether it keeps a log that {@link #exchanges} shows. */
  boolean keepsLog();

  /** What it has logged since it started, newest first, as {@code GET /api/exchanges} gives it. */
  List<JsonNode> exchanges();

  @Override
  void close();

  /** Starts one. */
  static ClientTarget start() {
    SimulatedProvider provider = SimulatedProvider.start(Clock.system(), new SecureRandom());
    return new ClientTarget() {
      @Override
      public URI baseUri() {
        return provider.baseUrl();
      }

      @Override
      public String key() {
        return "sk-ant-not-a-real-key";
      }

      @Override
      public Map<String, String> headers() {
        return Map.of(SimulatedProvider.SECRET_HEADER, provider.secret().reveal());
      }

      @Override
      public boolean keepsLog() {
        return false;
      }

      @Override
      public List<JsonNode> exchanges() {
        return List.of();
      }

      @Override
      public void close() {
        provider.close();
      }
    };
  }
}
