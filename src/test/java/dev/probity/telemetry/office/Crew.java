package dev.probity.telemetry.office;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.PersonRow;
import dev.probity.telemetry.sessions.SessionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Invented people and agents at work, the same for the same seed. */
public final class Crew {
  private static final List<String> AGENTS =
      List.of("claude-code", "codex", "claude-code", "gemini-cli", "claude-code", "copilot");
  private static final List<List<String>> TOOLS =
      List.of(
          List.of("Bash", "Read", "Edit", "Grep", "WebFetch", "TodoWrite", "mcp_tool", "Bash"),
          List.of("exec_command", "apply_patch", "update_plan", "web_search", "exec_command"),
          List.of("run_shell_command", "read_file", "replace", "google_web_search", "glob"),
          List.of("view", "create", "bash", "fetch"));
  private static final List<String> TEAMS = List.of("Payments", "Platform", "Mobile", "");
  private static final List<String> REPOSITORIES =
      List.of("acme/checkout", "acme/infra", "acme/app", "acme/docs", "");
  private static final List<String> PEOPLE =
      List.of(
          "Ada's laptop",
          "Grace",
          "Linus (build server)",
          "Margaret",
          "Barbara",
          "Ken",
          "Radia Perlman-Hoffmann",
          "Edsger",
          "person 7f3a",
          "Katherine");

  private static final class Member {
    private final SessionFacts facts;
    private final long person;
    private final List<String> tools;
    private long nextMillis;
    private int call;
    private int left;
    private String tool = "";
    private EventKind next = EventKind.SESSION_START;
    private boolean helped;
    private final long[] figures = new long[Figure.values().length];
    private long startedMillis = Long.MAX_VALUE;
    private long endedMillis;

    private void count(Said said) {
      startedMillis = Math.min(startedMillis, said.atMillis());
      endedMillis = Math.max(endedMillis, said.atMillis());
      figures[Figure.UNCACHED_INPUT.ordinal()] += said.tokens();
      figures[Figure.CHARGE_NANO_USD.ordinal()] += said.nanoUsd();
      figures[Figure.MODEL_CALLS.ordinal()] += said.kind() == EventKind.MODEL_CALL ? 1 : 0;
      figures[Figure.TOOL_CALLS.ordinal()] += said.kind() == EventKind.TOOL_RESULT ? 1 : 0;
      figures[Figure.ERRORS.ordinal()] += said.event().isError() ? 1 : 0;
    }

    private SessionRow row() {
      return new SessionRow(
          facts.session().hashCode(),
          OrganizationId.FIRST,
          facts,
          person,
          KeyId.NONE,
          startedMillis,
          endedMillis,
          List.of("claude-opus-5-5"),
          Signal.LOG,
          Figures.of(figures),
          Optional.empty(),
          Optional.empty());
    }

    private Member(SessionFacts facts, long person, List<String> tools, long nextMillis) {
      this.facts = facts;
      this.person = person;
      this.tools = tools;
      this.nextMillis = nextMillis;
    }
  }

  private final Random random;
  private final List<Member> members = new ArrayList<>();

  public Crew(long seed, int size, long startMillis) {
    random = new Random(seed);
    for (int i = 0; i < size; i++) {
      String agent = AGENTS.get(i % AGENTS.size());
      int tools =
          switch (agent) {
            case "claude-code" -> 0;
            case "codex" -> 1;
            case "gemini-cli" -> 2;
            default -> 3;
          };
      members.add(
          new Member(
              Said.facts(
                  agent,
                  "session-" + seed + "-" + i,
                  TEAMS.get(i * 7 / 5 % TEAMS.size()),
                  REPOSITORIES.get(i % REPOSITORIES.size())),
              1 + i % PEOPLE.size(),
              TOOLS.get(tools),
              startMillis + random.nextInt(30_000)));
    }
  }

  public static List<PersonRow> people() {
    List<PersonRow> rows = new ArrayList<>();
    for (int i = 0; i < PEOPLE.size(); i++) {
      rows.add(new PersonRow(i + 1, PEOPLE.get(i), List.of()));
    }
    return rows;
  }

  /** Everything that happens from where the last call left off until a time, by session. */
  public List<Stored> until(long millis) {
    List<Stored> stored = new ArrayList<>();
    for (Member member : members) {
      List<Said> said = new ArrayList<>();
      while (member.nextMillis < millis) {
        said.addAll(go(member));
      }
      said.forEach(member::count);
      if (!said.isEmpty()) {
        stored.add(Said.stored(member.facts, member.person, said));
      }
    }
    return stored;
  }

  /** What a store would have added up by now. */
  public List<SessionRow> rows() {
    return members.stream().filter(member -> member.endedMillis > 0).map(Member::row).toList();
  }

  private List<Said> go(Member member) {
    long at = member.nextMillis;
    switch (member.next) {
      case SESSION_START, ANSWER -> {
        boolean start = member.next == EventKind.SESSION_START;
        member.next = EventKind.PROMPT;
        member.nextMillis +=
            random.nextInt(12) == 0 ? 400_000 + random.nextInt(200_000) : pause(40_000);
        return List.of(Said.at(at, start ? EventKind.SESSION_START : EventKind.ANSWER));
      }
      case PROMPT -> {
        member.left = 1 + random.nextInt(9);
        member.next = EventKind.MODEL_CALL;
        member.nextMillis += 2_000 + pause(9_000);
        return List.of(Said.at(at, EventKind.PROMPT));
      }
      case MODEL_CALL -> {
        return answered(member, at);
      }
      case TOOL_RESULT -> {
        member.next = EventKind.MODEL_CALL;
        member.nextMillis += 2_000 + pause(8_000);
        Result how = random.nextInt(9) == 0 ? Result.FAILED : Result.OK;
        return List.of(Said.ran(at, member.tool, "call" + member.call).ended(how));
      }
      default -> throw new IllegalStateException(member.next.toString());
    }
  }

  private List<Said> answered(Member member, long at) {
    List<Said> said = new ArrayList<>();
    said.add(
        Said.called(
            at, 3_000 + random.nextInt(40_000), 9_000_000L + random.nextInt(90) * 1_000_000L));
    if (random.nextInt(40) == 0) {
      member.next = EventKind.PROMPT;
      member.nextMillis += 30_000 + pause(60_000);
      said.add(Said.at(at + 1, EventKind.MODEL_ERROR));
      return said;
    }
    if (--member.left <= 0) {
      member.next = EventKind.ANSWER;
      member.nextMillis += 20;
      return said;
    }
    member.call++;
    member.tool = member.tools.get(random.nextInt(member.tools.size()));
    if (random.nextInt(6) == 0) {
      member.helped = !member.helped;
      String id = "agent" + member.call % 3;
      said.add(
          Said.at(at + 5, member.helped ? EventKind.AGENT_START : EventKind.AGENT_END)
              .by(id, "Explore"));
    }
    member.next = EventKind.TOOL_RESULT;
    if (random.nextInt(5) == 0) {
      // Allowed by a person, after a while: until then nothing is heard.
      said.add(Said.decided(at + 3, member.tool, "call" + member.call, Result.UNKNOWN));
      member.nextMillis += 20_000 + pause(60_000);
    } else {
      said.addFirst(Said.decided(at - 2, member.tool, "call" + member.call, Result.ACCEPTED));
      member.nextMillis += 1_000 + pause(15_000);
    }
    return said;
  }

  private int pause(int usual) {
    return 200 + random.nextInt(usual);
  }
}
