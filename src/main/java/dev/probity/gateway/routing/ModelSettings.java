package dev.probity.gateway.routing;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a requested model name resolves to, as configured ({@code models:}).
 *
 * @param name what a client asks for; {@code *} stands for any run of characters
 * @param aliases other names for the same, without {@code *}
 * @param routes to deployments; those that lead to other models are worked out
 * @param hedgeAfterMillis when a second deployment is asked beside one that has sent no content;
 *     empty: never
 */
public record ModelSettings(
    String name,
    List<String> aliases,
    Policy policy,
    Affinity.By affinity,
    List<RouteSettings> routes,
    OptionalLong hedgeAfterMillis) {
  public ModelSettings {
    aliases = List.copyOf(aliases);
    routes = List.copyOf(routes);
  }

  /** One with the usual policy. */
  public ModelSettings(String name, List<RouteSettings> routes) {
    this(
        name,
        List.of(),
        Policy.WEIGHTED,
        Affinity.By.SESSION_OR_PREFIX,
        routes,
        OptionalLong.empty());
  }

  /**
   * One way to serve it.
   *
   * @param model the name to send upstream; {@code *} means the name that was asked for
   * @param weight share among routes of the same priority, 1 to 1000000
   * @param priority lower is tried first
   * @param when all of which must hold; usually none
   */
  public record RouteSettings(
      String deployment, String model, int weight, int priority, List<Condition> when) {
    public RouteSettings {
      when = List.copyOf(when);
    }

    /** One that is always open. */
    public RouteSettings(String deployment, String model, int weight, int priority) {
      this(deployment, model, weight, priority, List.of());
    }
  }
}
