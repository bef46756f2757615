package dev.probity.gateway.translate.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a decoder told, block by block, with the promises of {@link AnswerEvent} kept. */
final class Told implements Consumer<AnswerEvent> {
  private final Map<Integer, StringBuilder> blocks = new TreeMap<>();
  private final List<Integer> open = new ArrayList<>();
  private final List<AnswerEvent> events = new ArrayList<>();
  private String begun = "";
  private String stopped = "";
  private String failed = "";
  private boolean ended;

  /** Feeds documents one by one; each one's bytes are gone after its turn. */
  static Told of(AnswerDecoder decoder, String... documents) throws Exception {
    Told told = new Told();
    for (String document : documents) {
      feed(decoder, document, told);
    }
    decoder.end(told);
    return told;
  }

  static void feed(AnswerDecoder decoder, String document, Consumer<AnswerEvent> out)
      throws Exception {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    decoder.event("", RawJson.check(bytes, 0, bytes.length).orElseThrow(), out);
    Arrays.fill(bytes, (byte) '#');
  }

  @Override
  public void accept(AnswerEvent event) {
    assertThat(ended).as("an event after the end: " + event).isFalse();
    assertThat(failed).as("an event after the failure: " + event).isEmpty();
    events.add(event);
    switch (event) {
      case AnswerEvent.Begun(RawText id, RawText model) -> {
        assertThat(begun).isEmpty();
        begun = id + "/" + model;
      }
      case AnswerEvent.BlockBegun(int block, AnswerEvent.Block kind) -> {
        assertThat(begun).isNotEmpty();
        assertThat(block).isEqualTo(blocks.size());
        blocks.put(block, new StringBuilder(word(kind)));
        open.add(block);
      }
      case AnswerEvent.TextPiece(int block, RawText text) -> open(block).append(text);
      case AnswerEvent.InputPiece(int block, RawText text) -> open(block).append(text);
      case AnswerEvent.Proven(int block, var proof) ->
          open(block)
              .append(" <")
              .append(proof.origin().text())
              .append(' ')
              .append(proof.kind())
              .append(' ')
              .append(proof.value().plain())
              .append('>');
      case AnswerEvent.Cited(int block, AnswerEvent.Citation citation) ->
          open(block).append(" [").append(citation.url().orElseThrow()).append(']');
      case AnswerEvent.BlockEnded(int block) -> assertThat(open.remove((Integer) block)).isTrue();
      case AnswerEvent.Stopped(AnswerEvent.StopReason reason, var sequence) -> {
        assertThat(open).isEmpty();
        assertThat(stopped).isEmpty();
        stopped = reason + sequence.map(text -> " " + text).orElse("");
      }
      case AnswerEvent.Ended() -> {
        assertThat(stopped).isNotEmpty();
        ended = true;
      }
      case AnswerEvent.Failed(var refusal) -> failed = refusal.message();
      case AnswerEvent.Ping() -> {}
    }
  }

  private StringBuilder open(int block) {
    assertThat(open).contains(block);
    return blocks.get(block);
  }

  private static String word(AnswerEvent.Block kind) {
    return switch (kind) {
      case AnswerEvent.Text() -> "text: ";
      case AnswerEvent.Thought() -> "thought: ";
      case AnswerEvent.Declined() -> "declined: ";
      case AnswerEvent.ToolCall(RawText id, RawText name, boolean freeform) ->
          (freeform ? "custom " : "call ") + id + " " + name + ": ";
      case AnswerEvent.Foreign foreign -> "foreign " + foreign.type();
    };
  }

  List<String> blocks() {
    return blocks.values().stream().map(StringBuilder::toString).toList();
  }

  List<AnswerEvent> events() {
    return events;
  }

  String begun() {
    return begun;
  }

  String stopped() {
    return stopped;
  }

  String failed() {
    return failed;
  }

  boolean ended() {
    return ended;
  }
}
