package dev.probity.gateway.routing;

import java.util.List;

/**
 * What a requested model name resolves to, as configured ({@code models:}).
 *
 * @param name what a client asks for; {@code *} stands for any run of characters
 */
public record ModelSettings(String name, List<RouteSettings> routes) {
  /**
   * One way to serve it.
   *
   * @param model the name to send upstream; {@code *} means the name that was asked for
   * @param weight share among routes of the same priority, 1 to 1000
   * @param priority lower is tried first
   */
  public record RouteSettings(String deployment, String model, int weight, int priority) {}
}
