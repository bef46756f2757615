package dev.probity.gateway.translate.matrix;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.AnswerEvent.Begun;
import dev.probity.gateway.neutral.AnswerEvent.BlockBegun;
import dev.probity.gateway.neutral.AnswerEvent.BlockEnded;
import dev.probity.gateway.neutral.AnswerEvent.InputPiece;
import dev.probity.gateway.neutral.AnswerEvent.StopReason;
import dev.probity.gateway.neutral.AnswerEvent.Stopped;
import dev.probity.gateway.neutral.AnswerEvent.TextPiece;
import dev.probity.gateway.neutral.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Something that a provider's answer may hold, and how to tell whether it is still there.
 *
 * @param said by a provider of a dialect; empty if such a provider can't say it
 */
record Answering(
    String what, BiFunction<Dialect, Integer, List<AnswerEvent>> said, Predicate<Heard> isThere) {

  List<AnswerEvent> by(Dialect provider) {
    return said.apply(provider, 0);
  }

  static List<Answering> all() {
    List<Answering> all = new ArrayList<>();
    all.add(
        of(
            "text in pieces",
            d -> blocks(StopReason.END, text(0, "Hel", "lo \\n\\\"", "ü 😀 \\ud83d\\ude00")),
            h -> h.text.toString().equals("Hello \n\"ü 😀 😀") && stopped(h, StopReason.END)));
    all.add(
        of(
            "a tool call with its input in pieces",
            d ->
                blocks(
                    StopReason.TOOL_CALLS,
                    call(0, "weather", "{\\\"city\\\":", "\\\"K\\u00f6ln\\\"}")),
            h ->
                h.callTexts().equals(List.of("weather:{\"city\":\"Köln\"}"))
                    && stopped(h, StopReason.TOOL_CALLS)));
    all.add(
        of(
            "text, then parallel tool calls",
            d ->
                blocks(
                    StopReason.TOOL_CALLS,
                    text(0, "Let me see."),
                    call(1, "weather", "{\\\"a\\\":1}"),
                    call(2, "clock", "{\\\"b\\\":[1,2]}")),
            h ->
                h.text.toString().equals("Let me see.")
                    && h.callTexts().equals(List.of("weather:{\"a\":1}", "clock:{\"b\":[1,2]}"))
                    && stopped(h, StopReason.TOOL_CALLS)));
    all.add(
        of(
            "a tool call without input",
            d -> blocks(StopReason.TOOL_CALLS, call(0, "clock")),
            h -> h.callTexts().equals(List.of("clock:{}"))));
    all.add(
        of(
            "a call of a tool that takes plain text",
            d ->
                List.of(
                    new Begun(RawText.of("a1"), RawText.of("m")),
                    new BlockBegun(
                        0,
                        new AnswerEvent.ToolCall(RawText.of("call_1"), RawText.of("patch"), true)),
                    new InputPiece(0, RawText.of("*** go")),
                    new BlockEnded(0),
                    new Stopped(StopReason.TOOL_CALLS, Optional.empty()),
                    AnswerEvent.ENDED),
            h ->
                h.calls.values().stream()
                    .anyMatch(call -> call.startsWith("patch:") && call.contains("*** go"))));
    all.add(
        of(
            "thoughts",
            d -> blocks(StopReason.END, thought(0, List.of(), "hm", "m"), text(1, "yes")),
            h -> h.thought.toString().equals("hmm") && h.text.toString().equals("yes")));
    for (Proof.Kind kind : Proof.Kind.values()) {
      all.add(
          of(
              kind == Proof.Kind.SIGNATURE
                  ? "the signature of a thought"
                  : "a thought that may not be seen",
              d -> proven(d, kind),
              h ->
                  h.proofs.stream()
                      .anyMatch(p -> p.value().plain().equals("c2ln+/=") && p.kind() == kind)));
    }
    all.add(
        of(
            "the provider declines",
            d ->
                blocks(
                    StopReason.DECLINED,
                    List.of(
                        new BlockBegun(0, AnswerEvent.DECLINED),
                        new TextPiece(0, RawText.of("I can't.")),
                        new BlockEnded(0))),
            h ->
                (h.declined + h.text.toString()).equals("I can't.")
                    && stopped(h, StopReason.DECLINED)));
    for (StopReason reason :
        List.of(
            StopReason.MAX_TOKENS,
            StopReason.STOP_SEQUENCE,
            StopReason.PAUSED,
            StopReason.CONTEXT_FULL)) {
      all.add(
          of(
              "stopped: " + reason.name().toLowerCase(Locale.ROOT).replace('_', ' '),
              d -> blocks(reason, text(0, "so far")),
              h -> h.text.toString().equals("so far") && stopped(h, reason)));
    }
    all.add(of("citations", Answering::citing, h -> h.cited.contains("https://example.com/a")));
    return all;
  }

  private static boolean stopped(Heard heard, StopReason reason) {
    return heard.stop.equals(Optional.of(reason)) && heard.ended;
  }

  private static Answering of(
      String what,
      java.util.function.Function<Dialect, List<AnswerEvent>> said,
      Predicate<Heard> isThere) {
    return new Answering(what, (dialect, _) -> said.apply(dialect), isThere);
  }

  private static List<AnswerEvent> proven(Dialect provider, Proof.Kind kind) {
    if (provider == Dialect.CHAT) {
      return List.of();
    }
    Proof proof =
        new Proof(
            provider,
            kind,
            RawText.of("c2ln+/="),
            provider == Dialect.RESPONSES ? RawText.of("rs_1") : RawText.EMPTY);
    String[] said = kind == Proof.Kind.SIGNATURE ? new String[] {"hm"} : new String[0];
    return blocks(StopReason.END, thought(0, List.of(proof), said), text(1, "yes"));
  }

  private static List<AnswerEvent> citing(Dialect provider) {
    RawText url = RawText.of("https://example.com/a");
    String json =
        switch (provider) {
          case CHAT ->
              "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://example.com/a\",\"title\":\"A\",\"start_index\":0,\"end_index\":3}}";
          case RESPONSES ->
              "{\"type\":\"url_citation\",\"url\":\"https://example.com/a\",\"title\":\"A\",\"start_index\":0,\"end_index\":3}";
          case MESSAGES ->
              "{\"type\":\"web_search_result_location\",\"url\":\"https://example.com/a\",\"title\":\"A\",\"encrypted_index\":\"x\",\"cited_text\":\"q\"}";
          case GEMINI -> "{\"web\":{\"uri\":\"https://example.com/a\",\"title\":\"A\"}}";
        };
    List<AnswerEvent> block = new ArrayList<>(text(0, "yes"));
    block.add(
        block.size() - 1,
        new AnswerEvent.Cited(
            0,
            new AnswerEvent.Citation(
                provider,
                Optional.of(url),
                Optional.of(RawText.of("A")),
                Optional.of(RawText.of("q")),
                RawJson.of(json))));
    return blocks(StopReason.END, block);
  }

  @SafeVarargs
  private static List<AnswerEvent> blocks(StopReason reason, List<AnswerEvent>... blocks) {
    List<AnswerEvent> all = new ArrayList<>();
    all.add(new Begun(RawText.of("a1"), RawText.of("m")));
    for (List<AnswerEvent> block : blocks) {
      all.addAll(block);
    }
    all.add(new Stopped(reason, Optional.empty()));
    all.add(AnswerEvent.ENDED);
    return all;
  }

  private static List<AnswerEvent> text(int block, String... pieces) {
    return pieces(block, AnswerEvent.TEXT, List.of(), pieces);
  }

  private static List<AnswerEvent> thought(int block, List<Proof> proofs, String... pieces) {
    return pieces(block, AnswerEvent.THOUGHT, proofs, pieces);
  }

  private static List<AnswerEvent> pieces(
      int block, AnswerEvent.Block kind, List<Proof> proofs, String... pieces) {
    List<AnswerEvent> events = new ArrayList<>();
    events.add(new BlockBegun(block, kind));
    for (String piece : pieces) {
      events.add(new TextPiece(block, escaped(piece)));
    }
    proofs.forEach(proof -> events.add(new AnswerEvent.Proven(block, proof)));
    events.add(new BlockEnded(block));
    return events;
  }

  private static List<AnswerEvent> call(int block, String name, String... pieces) {
    List<AnswerEvent> events = new ArrayList<>();
    events.add(
        new BlockBegun(
            block, new AnswerEvent.ToolCall(RawText.of("call_" + block), RawText.of(name), false)));
    for (String piece : pieces) {
      events.add(new InputPiece(block, escaped(piece)));
    }
    events.add(new BlockEnded(block));
    return events;
  }

  private static RawText escaped(String asInJson) {
    return RawJson.of('"' + asInJson + '"').text().orElseThrow();
  }
}
