package dev.probity.http;

import dev.probity.kernel.Caller;

/**
 * Who calls, and how that is known.
 *
 * @param means a session's requests are sent by browsers on anybody's bidding, so they must prove
 *     where they come from
 */
record Authenticated(Caller caller, Means means) {
  static final Authenticated NOT = new Authenticated(Caller.NOBODY, Means.NONE);

  enum Means {
    NONE,
    KEY,
    SESSION
  }
}
