package dev.probity.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Caller;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Role;
import dev.probity.testing.FixedClock;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Caller OWNER = new Caller(OrganizationId.FIRST, KeyId.NONE, Role.OWNER);

  private final FixedClock clock = new FixedClock();
  private final Sessions sessions = new Sessions(clock, new SecureRandom());
  private final SignInLinks links = new SignInLinks(clock, new SecureRandom());

  @Test
  void session_livesWhileItIsUsed() {
    String token = sessions.begin(OWNER);

    clock.advance(Duration.ofHours(7));
    assertThat(sessions.find(token)).contains(OWNER);
    clock.advance(Duration.ofHours(7));
    assertThat(sessions.find(token)).contains(OWNER);
  }

  @Test
  void idleSession_ends() {
    String token = sessions.begin(OWNER);

    clock.advance(Duration.ofHours(8).plusMillis(1));

    assertThat(sessions.find(token)).isEmpty();
  }

  @Test
  void busySession_endsAfterSevenDays() {
    String token = sessions.begin(OWNER);

    for (int hours = 0; hours < 7 * 24; hours += 6) {
      assertThat(sessions.find(token)).isPresent();
      clock.advance(Duration.ofHours(6));
    }
    clock.advance(Duration.ofMillis(1));

    assertThat(sessions.find(token)).isEmpty();
  }

  @Test
  void endedSession_isOver() {
    String token = sessions.begin(OWNER);
    String other = sessions.begin(OWNER);

    sessions.end(token);

    assertThat(sessions.find(token)).isEmpty();
    assertThat(sessions.find(other)).isPresent();
    assertThat(sessions.find("guess")).isEmpty();
  }

  @Test
  void tooManySessions_pushOutTheLongestIdle() {
    String first = sessions.begin(OWNER);
    String second = sessions.begin(OWNER);
    for (int i = 2; i < Sessions.MOST; i++) {
      sessions.begin(OWNER);
    }
    assertThat(sessions.find(first)).isPresent();

    sessions.begin(OWNER);

    assertThat(sessions.find(first)).isPresent();
    assertThat(sessions.find(second)).isEmpty();
  }

  @Test
  void link_worksOnce() {
    String token = token(links.create(OWNER));

    assertThat(links.redeem(token)).contains(OWNER);
    assertThat(links.redeem(token)).isEmpty();
    assertThat(links.redeem("guess")).isEmpty();
  }

  @Test
  void oldLink_doesNotWork() {
    String token = token(links.create(OWNER));

    clock.advance(Duration.ofMinutes(15).plusMillis(1));

    assertThat(links.redeem(token)).isEmpty();
  }

  @Test
  void tooManyLinks_pushOutTheOldest() {
    String first = token(links.create(OWNER));
    String second = token(links.create(OWNER));
    for (int i = 1; i < SignInLinks.MOST; i++) {
      links.create(OWNER);
    }

    assertThat(links.redeem(first)).isEmpty();
    assertThat(links.redeem(second)).isPresent();
  }

  private static String token(String path) {
    assertThat(path).startsWith("/sign-in/");
    return path.substring("/sign-in/".length());
  }
}
