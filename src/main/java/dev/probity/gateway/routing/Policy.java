package dev.probity.gateway.routing;

import java.util.Locale;

/** How one of several deployments of the same priority is chosen ({@code policy:}). */
public enum Policy {
  /** By the routes' weights. */
  WEIGHTED,
  /** The one that lets one wait least, of two. */
  LATENCY,
  /** The one that this request costs least at. */
  PRICE,
  /** The first in the file. */
  ORDER;

  private final String text = name().toLowerCase(Locale.ROOT);

  public String text() {
    return text;
  }
}
