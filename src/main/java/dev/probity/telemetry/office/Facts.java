package dev.probity.telemetry.office;

import dev.probity.telemetry.SessionFacts;

/** Puts together what several reports say of one session. */
final class Facts {
  private Facts() {}

  /** The later one's, and the earlier one's where the later says nothing. */
  static SessionFacts merged(SessionFacts earlier, SessionFacts later) {
    if (later.equals(earlier)) {
      return earlier;
    }
    return new SessionFacts(
        later.agent(),
        later.session(),
        either(later.clientVersion(), earlier.clientVersion()),
        either(later.email(), earlier.email()),
        either(later.account(), earlier.account()),
        either(later.install(), earlier.install()),
        either(later.endUser(), earlier.endUser()),
        either(later.team(), earlier.team()),
        either(later.repository(), earlier.repository()),
        either(later.branch(), earlier.branch()),
        either(later.terminal(), earlier.terminal()),
        either(later.plan(), earlier.plan()),
        either(later.planName(), earlier.planName()),
        either(later.entrypoint(), earlier.entrypoint()));
  }

  private static String either(String first, String second) {
    return first.isEmpty() ? second : first;
  }
}
