package dev.probity.server;

import dev.probity.gateway.door.ModelPaths.ModelPath;
import java.util.List;

/** Lets tests of other packages serve the product's own paths. */
public final class RoutesAccess {
  private RoutesAccess() {}

  public static List<ModelPath> modelPaths() {
    return Routes.MODEL_PATHS;
  }
}
