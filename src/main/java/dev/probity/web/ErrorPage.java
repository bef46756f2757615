package dev.probity.web;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.ErrorRenderer;
import dev.probity.kernel.Refusal;

/** What went wrong, and what to do now, for people. */
public final class ErrorPage implements ErrorRenderer {
  private final Pages pages;
  private final SignInPage signIn;

  ErrorPage(Pages pages, SignInPage signIn) {
    this.pages = pages;
    this.signIn = signIn;
  }

  /** An error in a heading and a sentence. */
  public record View(int status, String heading, String message) {}

  @Override
  public Answer render(Call call, Refusal refusal) {
    if (refusal.reason() == Refusal.Reason.UNAUTHENTICATED) {
      return signIn.page(refusal.status(), call, "Sign in to see this page");
    }
    String heading =
        switch (refusal.status()) {
          case 403 -> "Not allowed";
          case 404 -> "Not found";
          case 500 -> "Something went wrong";
          default -> "That didn't work";
        };
    View view = new View(refusal.status(), heading, refusal.message());
    return pages.page(refusal.status(), "ErrorPage", heading, "", view);
  }
}
