package dev.probity.identity;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Json;
import dev.probity.kernel.Caller;
import dev.probity.kernel.Clock;
import dev.probity.kernel.KeyId;
import java.time.Instant;

/** {@code /api/sign-in-links}: a new link for a person whose last one was used up. */
public final class SignInApi {
  private final SignInLinks links;
  private final Clock clock;

  public SignInApi(SignInLinks links, Clock clock) {
    this.links = links;
    this.clock = clock;
  }

  public Answer create(Call call) {
    // A person, not the key: the session that follows does not end with the key.
    Caller person = new Caller(call.caller().organization(), KeyId.NONE, call.caller().role());
    String url = call.origin() + links.create(person);
    Instant expiresAt = Instant.ofEpochMilli(clock.millis() + SignInLinks.LIFE_MILLIS);
    return Answer.json(201, Json.object().put("url", url).put("expires_at", expiresAt.toString()));
  }
}
