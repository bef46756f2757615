package dev.probity.web;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.SessionCookie;
import dev.probity.identity.Sessions;
import dev.probity.identity.SignInLinks;

/** Signing in with a one-time link, and out. */
public final class SignInPage {
  private final Pages pages;
  private final SignInLinks links;
  private final Sessions sessions;

  SignInPage(Pages pages, SignInLinks links, Sessions sessions) {
    this.pages = pages;
    this.links = links;
    this.sessions = sessions;
  }

  /**
   * The page's content.
   *
   * @param heading what happened
   * @param base the address of this installation, for the command that makes a new link
   */
  public record View(String heading, String base) {}

  /** What a visitor sees who is not signed in. */
  Answer show(Call call) {
    return page(200, call, "Sign in");
  }

  Answer page(int status, Call call, String heading) {
    return pages.page(
        status, "SignInPage", "Sign in", "", new View(heading, call.origin().toString()));
  }

  /** Uses a link up. A HEAD, as link previews send it, leaves it alone. */
  Answer redeem(Call call) {
    if (call.isHead()) {
      return Answer.empty(200);
    }
    return links
        .redeem(call.pathParameter("token"))
        .map(person ->
            Answer.seeOther("/")
                .with("set-cookie", SessionCookie.set(call.origin(), sessions.begin(person))))
        .orElseGet(() -> page(410, call, "This sign-in link was used or is too old"));
  }

  Answer signOut(Call call) {
    SessionCookie.of(call).ifPresent(sessions::end);
    return Answer.seeOther("/sign-in")
        .with("set-cookie", SessionCookie.clear(call.origin()))
        .with("clear-site-data", "\"cache\"");
  }
}
