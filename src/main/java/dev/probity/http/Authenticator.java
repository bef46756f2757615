package dev.probity.http;

import dev.probity.kernel.Caller;
import java.util.Optional;

/** Says who a request's credentials belong to. */
public interface Authenticator {
  /** Whose key this is; empty if nobody's. */
  Optional<Caller> key(String presented);

  /** Who is signed in with this session token; empty if nobody (any more). */
  Optional<Caller> session(String token);
}
