package dev.probity.web.office;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Parameters;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.office.LiveOffice;
import dev.probity.telemetry.sessions.People;
import dev.probity.web.Choice;
import dev.probity.web.Pages;
import java.util.Arrays;
import java.util.List;

/** The room, or the table of the same. */
public final class OfficePage {
  static final List<String> VIEWS = List.of("room", "table");

  private final Pages pages;
  private final LiveOffice office;
  private final People people;

  OfficePage(Pages pages, LiveOffice office, People people) {
    this.pages = pages;
    this.office = office;
    this.people = people;
  }

  /**
   * The page's content.
   *
   * @param at where a replay begins, in milliseconds; empty for what is now
   * @param rows everyone, for the table and for those who have no scripts
   * @param states what one can filter by
   */
  public record View(
      String view,
      String at,
      long asOfMillis,
      List<DeskRow> rows,
      List<Choice> states,
      String style,
      String script) {
    public boolean isTable() {
      return view.equals("table");
    }
  }

  Answer show(Call call) {
    Parameters query = call.query("view", "at");
    String view = query.oneOf("view", VIEWS).orElse("room");
    String at = query.time("at").stream().mapToObj(Long::toString).findFirst().orElse("");
    OrganizationId organization = call.caller().organization();
    LiveOffice.Look look = office.look(organization);
    PersonNames names = new PersonNames(people, organization);
    return pages.page(
        "OfficePage",
        "Live office",
        "office",
        new View(
            view,
            at,
            look.asOfMillis(),
            look.desks().stream().map(desk -> DeskRow.of(desk, names)).toList(),
            Arrays.stream(StateName.values())
                .map(state -> new Choice(state.activity().text(), state.label()))
                .toList(),
            pages.address("office.css"),
            pages.address("office.js")));
  }
}
