package dev.probity.web.office;

import dev.probity.telemetry.office.Desk;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A row of the table.
 *
 * @param person what the person is called
 * @param state what the activity is called
 * @param tone the class of its badge
 */
public record DeskRow(Desk desk, String person, String state, String tone) {
  static DeskRow of(Desk desk, PersonNames names) {
    StateName name = StateName.of(desk.state().activity());
    return new DeskRow(desk, names.of(desk.person()), name.label(), name.tone());
  }

  /** The address of the session's page. */
  public String link() {
    String id = URLEncoder.encode(desk.session(), StandardCharsets.UTF_8).replace("+", "%20");
    return "/sessions/" + id;
  }

  /** The person's id for filters; empty if it is not known. */
  public String personId() {
    return desk.person() == 0 ? "" : Long.toUnsignedString(desk.person());
  }

  /** The tool that runs, and how many do. */
  public String tool() {
    int running = desk.state().running();
    return running > 1 ? desk.state().tool() + " ×" + running : desk.state().tool();
  }
}
