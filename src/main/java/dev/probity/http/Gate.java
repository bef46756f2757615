package dev.probity.http;

import dev.probity.kernel.Caller;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import java.util.Optional;

/** Who calls, and whether the route is for them. */
final class Gate {
  private final Authenticator authenticator;

  Gate(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** A key decides if there is one, else the session. A wrong key is nobody, signed in or not. */
  Authenticated authenticate(Call call) {
    Optional<String> key = presentedKey(call);
    if (key.isPresent()) {
      return authenticator
          .key(key.get())
          .map(caller -> new Authenticated(caller, Authenticated.Means.KEY))
          .orElse(Authenticated.NOT);
    }
    return SessionCookie.of(call)
        .flatMap(authenticator::session)
        .map(caller -> new Authenticated(caller, Authenticated.Means.SESSION))
        .orElse(Authenticated.NOT);
  }

  /** Why this caller may not use the route; empty if it may. */
  Optional<Refusal> refuse(Call call, Permission permission, Authenticated who) {
    return switch (permission) {
      case ANYONE -> CrossOrigin.check(call, who);
      case ADMINISTER -> {
        if (who.means() == Authenticated.Means.NONE) {
          yield Optional.of(unauthenticated(presentedKey(call).isPresent()));
        }
        yield administers(who.caller()).or(() -> CrossOrigin.check(call, who));
      }
    };
  }

  private static Optional<Refusal> administers(Caller caller) {
    return caller.role().administers()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                Reason.FORBIDDEN,
                "owner_key_required",
                "This key may call models, but not use the control plane. Send an owner's key."));
  }

  private static Refusal unauthenticated(boolean keyGiven) {
    return keyGiven
        ? new Refusal(
            Reason.UNAUTHENTICATED,
            "invalid_key",
            "This key is not valid: mistyped, revoked, or another installation's. Send an owner's"
                + " key.")
        : new Refusal(
            Reason.UNAUTHENTICATED,
            "unauthenticated",
            "Send an owner's key: \"Authorization: Bearer pk-…\" or \"x-api-key: pk-…\".");
  }

  private static Optional<String> presentedKey(Call call) {
    return call.header("authorization")
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip())
        .or(() -> call.header("x-api-key").map(String::strip))
        .filter(value -> !value.isEmpty());
  }

  /**
   * Who calls, and how that is known.
   *
   * @param means a session's requests are sent by browsers on anybody's bidding, so they must prove
   *     where they come from
   */
  record Authenticated(Caller caller, Means means) {
    static final Authenticated NOT = new Authenticated(Caller.NOBODY, Authenticated.Means.NONE);

    enum Means {
      NONE,
      KEY,
      SESSION
    }
  }
}
