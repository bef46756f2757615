package dev.probity.identity;

import dev.probity.http.Authenticator;
import dev.probity.kernel.Caller;
import java.util.Optional;

/** Everything that the control plane accepts as proof of who somebody is. */
public record Credentials(KeyRing ring, Sessions sessions) implements Authenticator {
  @Override
  public Optional<Caller> key(String presented) {
    return ring.authenticate(presented);
  }

  @Override
  public Optional<Caller> session(String token) {
    return sessions.find(token);
  }
}
