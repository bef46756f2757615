package dev.probity.telemetry.report;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.pricing.Provider;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.AgentEvent.Detail;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** A session as Claude Code reports it: prompts, and rounds of a model call and a tool. */
final class ClaudeSession {
  private static final String LETTERS =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  private final RandomGenerator random;
  private final List<AgentEvent> events = new ArrayList<>();
  private long atMillis = 1_795_205_751_196L;
  private String prompt = "";

  private ClaudeSession(RandomGenerator random) {
    this.random = random;
  }

  static SessionReport of(int events, RandomGenerator random) {
    ClaudeSession session = new ClaudeSession(random);
    SessionFacts facts =
        new SessionFacts(
            "claude-code",
            session.uuid(),
            "2.1.329",
            "132ad9be157ff97cccdcb05f931322ce",
            session.uuid(),
            "132ad9be157ff97cccdcb05f931322cef4e0e30f2ea7314ae95bc0ac79ebdb2d",
            "",
            "payments",
            "acme/checkout",
            "main",
            "vscode",
            SessionFacts.PLAN_SUBSCRIPTION,
            "max",
            "cli");
    while (session.events.size() < events) {
      session.turn();
    }
    return new SessionReport(
        facts, Provider.ANTHROPIC, session.events.subList(0, events), List.of(), List.of());
  }

  private void turn() {
    prompt = uuid();
    add(EventKind.PROMPT, "user_prompt", "", "", Result.UNKNOWN, random.nextInt(500));
    for (int round = 0; round < 5; round++) {
      String request = id("req_011C", 20);
      String call = id("toolu_01", 22);
      add(EventKind.TOOL_DECISION, "tool_decision", call, request, Result.ACCEPTED, -1);
      modelCall(request);
      add(EventKind.TOOL_RESULT, "tool_result", call, request, Result.OK, random.nextInt(9_000));
    }
    add(EventKind.ANSWER, "assistant_response", "", id("req_011C", 20), Result.UNKNOWN, 800);
  }

  private void add(
      EventKind kind, String name, String call, String request, Result result, long size) {
    atMillis += random.nextInt(9_000);
    boolean tool = !call.isEmpty();
    List<Detail> details = new ArrayList<>();
    details.add(new Detail("prompt.id", prompt));
    if (kind == EventKind.TOOL_DECISION) {
      details.add(new Detail("tool_source", "builtin"));
      details.add(new Detail("source", "config"));
      details.add(new Detail("permission_mode", "acceptEdits"));
    }
    if (kind == EventKind.TOOL_RESULT) {
      details.add(new Detail("tool_input_size_bytes", Integer.toString(random.nextInt(5_000))));
    }
    events.add(
        new AgentEvent(
            random.nextLong(),
            atMillis,
            kind,
            name,
            Signal.LOG,
            "",
            Usage.NONE,
            Charge.NOTHING,
            AgentEvent.UNKNOWN,
            kind == EventKind.TOOL_RESULT ? random.nextInt(20_000) : AgentEvent.UNKNOWN,
            AgentEvent.UNKNOWN,
            tool ? "Bash" : "",
            call,
            request,
            "",
            "",
            result,
            "",
            size < 0 ? AgentEvent.UNKNOWN : size,
            details));
  }

  private void modelCall(String request) {
    atMillis += random.nextInt(9_000);
    long cost = random.nextInt(1_000, 90_000) * 1_000L;
    events.add(
        new AgentEvent(
            random.nextLong(),
            atMillis,
            EventKind.MODEL_CALL,
            "api_request",
            Signal.LOG,
            "claude-opus-5-5",
            new Usage(random.nextInt(2_000), random.nextInt(90_000), 0, 800, 400, 0, 0),
            new Charge(cost, false, "2026-11-20/anthropic/claude-opus-5-5@2026-09-22"),
            cost,
            random.nextInt(60_000),
            random.nextInt(4_000),
            "",
            "",
            request,
            "",
            "",
            Result.UNKNOWN,
            "",
            AgentEvent.UNKNOWN,
            List.of(
                new Detail("prompt.id", prompt),
                new Detail("speed", "normal"),
                new Detail("query_source", "repl_main_thread"),
                new Detail("effort", "medium"))));
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private String id(String start, int letters) {
    StringBuilder id = new StringBuilder(start);
    for (int i = 0; i < letters; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
