package dev.probity.server;

import dev.probity.gateway.door.DoorRoutes.Page;
import dev.probity.gateway.door.DoorRoutes.Text;
import java.util.function.BooleanSupplier;

/** Whether the process lives, and whether it serves. */
record HealthPages(BooleanSupplier isReady) {
  Page live() {
    return (headers, uri) -> new Text(200, "application/json", "{\"status\":\"live\"}");
  }

  Page ready() {
    return (headers, uri) ->
        isReady.getAsBoolean()
            ? new Text(200, "application/json", "{\"status\":\"ready\"}")
            : new Text(503, "application/json", "{\"status\":\"starting\"}");
  }
}
