package dev.probity.telemetry.sessions;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes up the events of one session. A decision comes before the model call that asked for it. */
final class SampleSession {
  private static final List<String> TOOLS =
      List.of("Read", "Bash", "Edit", "Grep", "Write", "WebFetch", "mcp_tool");

  /** Nano-USD a token: input, output. A model that is missing has no price. */
  private static final Map<String, long[]> RATES =
      Map.of(
          "claude-opus-5-5", new long[] {4_000, 20_000},
          "claude-haiku-5", new long[] {800, 4_000},
          "gpt-6.1-codex", new long[] {1_250, 10_000},
          "gemini-3.5-pro", new long[] {2_000, 12_000},
          "gemini-3-flash", new long[] {300, 2_500});

  private final Random random;
  private final SampleTelemetry.Agent agent;
  private final List<AgentEvent> events = new ArrayList<>();
  private long at;
  private long context = 9_000;
  private String subAgent = "";
  private String parent = "";

  SampleSession(
      Random random, SampleTelemetry.Agent agent, long start, int turns, long latestMillis) {
    this.random = random;
    this.agent = agent;
    this.at = start;
    add(EventKind.SESSION_START, "session_start", "", 0, Result.UNKNOWN, "");
    for (int i = 0; i < turns && at < latestMillis - 10 * 60_000; i++) {
      turn(i);
    }
    events.sort(Comparator.comparingLong(AgentEvent::atMillis));
  }

  List<AgentEvent> events() {
    return List.copyOf(events);
  }

  private void turn(int number) {
    at += 15_000 + random.nextInt(180_000);
    sized(EventKind.PROMPT, "user_prompt", 20 + random.nextInt(900));
    int calls = 1 + random.nextInt(5);
    for (int i = 0; i < calls; i++) {
      call(agent.models().getFirst(), i < calls - 1);
    }
    if (agent.models().size() > 1 && random.nextInt(4) == 0) {
      subAgent("agent-" + number);
    }
    if (random.nextInt(14) == 0) {
      at += 900;
      add(EventKind.MODEL_ERROR, "api_error", agent.models().getFirst(), 900, Result.FAILED, "529");
    }
    if (context > 150_000) {
      at += 21_000;
      add(EventKind.COMPACTION, "compaction", "", 21_000, Result.OK, "");
      context = 22_000;
    }
    at += 200;
    sized(EventKind.ANSWER, "assistant_response", 80 + random.nextInt(3_000));
  }

  private void subAgent(String id) {
    subAgent = id;
    add(EventKind.AGENT_START, "Explore", "", 0, Result.UNKNOWN, "");
    for (int i = 0; i < 2; i++) {
      call(agent.models().getLast(), true);
    }
    add(EventKind.AGENT_END, "Explore", "", 0, Result.OK, "");
    subAgent = "";
    parent = "";
  }

  private void call(String model, boolean toolsFollow) {
    long duration = 1_200 + random.nextInt(16_000);
    at += duration;
    long read = random.nextInt(6) == 0 ? 0 : context * 9 / 10;
    long write = read == 0 ? context : context / 20;
    boolean anthropic = model.startsWith("claude");
    Usage usage =
        new Usage(
            anthropic ? 4 + random.nextInt(900) : context - read,
            read,
            anthropic ? write : 0,
            0,
            60 + random.nextInt(1_400),
            anthropic ? 0 : random.nextInt(900),
            0);
    context += 1_500 + random.nextInt(9_000);
    long[] rate = RATES.get(model);
    Charge charge =
        rate == null
            ? Charge.UNPRICED
            : new Charge(
                usage.uncachedInput() * rate[0]
                    + usage.cacheRead() * rate[0] / 10
                    + usage.cacheWrite5m() * rate[0] * 5 / 4
                    + usage.output() * rate[1],
                false,
                "2026-11-20/" + model);
    long claimed =
        agent.claims().equals("always")
            ? model.equals("claude-haiku-5") ? charge.nanoUsd() * 5 : charge.nanoUsd()
            : AgentEvent.UNKNOWN;
    String request = "req_%012x".formatted(random.nextLong() & 0xffffffffffffL);
    // The agent tells of a decision before it tells of the call whose answer asked for the tool.
    long told = at;
    if (toolsFollow) {
      for (int i = 0; i <= random.nextInt(3); i++) {
        tool(request);
      }
    }
    events.add(
        new AgentEvent(
            random.nextLong(),
            told + 40,
            EventKind.MODEL_CALL,
            "api_request",
            Signal.LOG,
            model,
            usage,
            charge,
            claimed,
            duration,
            400 + random.nextInt(900),
            "",
            "",
            request,
            subAgent,
            parent,
            Result.OK,
            "",
            AgentEvent.UNKNOWN,
            List.of(new AgentEvent.Detail("query_source", "repl_main_thread"))));
  }

  private void tool(String request) {
    String tool = TOOLS.get(random.nextInt(TOOLS.size()));
    String call = "toolu_%010x".formatted(random.nextLong() & 0xffffffffffL);
    boolean asked = tool.equals("Bash") && random.nextInt(2) == 0;
    boolean rejected = asked && random.nextInt(5) == 0;
    if (asked) {
      long waited = 2_000 + random.nextInt(60_000);
      at += waited;
      tool(EventKind.WAIT, "tool.blocked_on_user", tool, call, "", waited, Result.UNKNOWN, -1);
    }
    at += 5;
    tool(
        EventKind.TOOL_DECISION,
        "tool_decision",
        tool,
        call,
        request,
        AgentEvent.UNKNOWN,
        rejected ? Result.REJECTED : Result.ACCEPTED,
        -1);
    if (rejected) {
      return;
    }
    long duration = 8 + random.nextInt(tool.equals("Bash") ? 20_000 : 400);
    at += duration;
    tool(
        EventKind.TOOL_RESULT,
        "tool_result",
        tool,
        call,
        request,
        duration,
        random.nextInt(12) == 0 ? Result.FAILED : Result.OK,
        40 + random.nextInt(30_000));
  }

  private void tool(
      EventKind kind,
      String name,
      String tool,
      String call,
      String request,
      long duration,
      Result result,
      long size) {
    events.add(
        new AgentEvent(
            random.nextLong(),
            at,
            kind,
            name,
            Signal.LOG,
            "",
            Usage.NONE,
            Charge.NOTHING,
            AgentEvent.UNKNOWN,
            duration,
            AgentEvent.UNKNOWN,
            tool,
            call,
            request,
            subAgent,
            parent,
            result,
            result == Result.FAILED ? "non_zero_exit" : "",
            size < 0 ? AgentEvent.UNKNOWN : size,
            List.of()));
  }

  private void sized(EventKind kind, String name, long size) {
    add(kind, name, "", AgentEvent.UNKNOWN, Result.UNKNOWN, "", size);
  }

  private void add(
      EventKind kind, String name, String model, long duration, Result result, String error) {
    add(kind, name, model, duration, result, error, AgentEvent.UNKNOWN);
  }

  private void add(
      EventKind kind,
      String name,
      String model,
      long duration,
      Result result,
      String error,
      long size) {
    events.add(
        new AgentEvent(
            random.nextLong(),
            at,
            kind,
            name,
            Signal.LOG,
            model,
            Usage.NONE,
            Charge.NOTHING,
            AgentEvent.UNKNOWN,
            duration,
            AgentEvent.UNKNOWN,
            "",
            "",
            "",
            subAgent,
            parent,
            result,
            error,
            size,
            List.of()));
  }
}
