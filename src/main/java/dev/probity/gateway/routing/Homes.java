package dev.probity.gateway.routing;

import dev.probity.kernel.OrganizationId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which deployment has what a client has made: a file, a batch, a response. Only in memory, and
 * only the newest; what is not known any more is looked for where it would be made now.
 */
public final class Homes {
  private static final int MOST = 20_000;
  private static final int LONGEST = 256;

  private record Made(OrganizationId organization, String id) {}

  private final Map<Made, String> deployments =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Made, String> eldest) {
          return size() > MOST;
        }
      };

  public synchronized void made(OrganizationId organization, String id, String deployment) {
    if (!id.isEmpty() && id.length() < LONGEST) {
      deployments.put(new Made(organization, id), deployment);
    }
  }

  public synchronized Optional<String> of(OrganizationId organization, String id) {
    return Optional.ofNullable(deployments.get(new Made(organization, id)));
  }
}
