package dev.probity.gateway.routing;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a requested model name resolves to, as configured ({@code models:}).
 *
 * @param name what a client asks for; {@code *} stands for any run of characters
 * @param hedgeAfterMillis when a second deployment is asked beside one that has sent no content
 *     ({@code hedge_after:}); empty: never
 */
public record ModelSettings(
    String name, List<RouteSettings> routes, OptionalLong hedgeAfterMillis) {
  /** One that asks one deployment at a time. */
  public ModelSettings(String name, List<RouteSettings> routes) {
    this(name, routes, OptionalLong.empty());
  }

  /**
   * One way to serve it.
   *
   * @param model the name to send upstream; {@code *} means the name that was asked for
   * @param weight share among routes of the same priority, 1 to 1000
   * @param priority lower is tried first
   */
  public record RouteSettings(String deployment, String model, int weight, int priority) {}
}
