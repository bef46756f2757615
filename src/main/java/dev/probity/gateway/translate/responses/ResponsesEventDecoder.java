package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.function.Consumer;

/** Reads streamed answers of providers of OpenAI's responses. */
public final class ResponsesEventDecoder implements AnswerDecoder {
  private static final int MOST_PARTS = 1 << 20;

  private final OutputReader output = new OutputReader();
  private boolean begun;
  private boolean ended;

  // The members of the event at hand.
  private String type = "";
  private int outputIndex;
  private int contentIndex;
  private int summaryIndex;
  private RawText delta = RawText.EMPTY;
  private RawText text = RawText.EMPTY;
  private RawJson response = RawJson.NULL;
  private RawJson item = RawJson.NULL;
  private RawJson part = RawJson.NULL;
  private RawJson annotation = RawJson.NULL;

  @Override
  public void event(String name, RawJson data, Consumer<AnswerEvent> out)
      throws MalformedJson, Untranslatable {
    if (ended) {
      return;
    }
    read(name, data);
    switch (type) {
      case "response.created", "response.in_progress", "response.queued" -> begin(out);
      case "response.completed", "response.incomplete" -> finish(out);
      case "response.failed", "response.cancelled" -> failed(out);
      case "error" -> {
        ended = true;
        out.accept(new AnswerEvent.Failed(ResponseFailures.read(data)));
      }
      case "keepalive" -> out.accept(AnswerEvent.PING);
      default -> {
        begin(out);
        content(out);
      }
    }
  }

  private void read(String name, RawJson data) throws MalformedJson {
    type = name;
    outputIndex = 0;
    contentIndex = 0;
    summaryIndex = 0;
    delta = RawText.EMPTY;
    text = RawText.EMPTY;
    response = RawJson.NULL;
    item = RawJson.NULL;
    part = RawJson.NULL;
    annotation = RawJson.NULL;
    JsonCursor cursor = data.cursor();
    cursor.enterObject();
    while (cursor.nextMember()) {
      switch (cursor.name()) {
        case "type" -> type = cursor.textOr(RawText.EMPTY).plain();
        case "output_index" -> outputIndex = index(cursor);
        case "content_index" -> contentIndex = index(cursor);
        case "summary_index" -> summaryIndex = index(cursor);
        case "delta" -> delta = cursor.textOr(RawText.EMPTY);
        case "text", "refusal", "arguments", "input" -> text = cursor.textOr(RawText.EMPTY);
        case "response" -> response = cursor.raw();
        case "item" -> item = cursor.raw();
        case "part" -> part = cursor.raw();
        case "annotation" -> annotation = cursor.raw();
        default -> {}
      }
    }
  }

  private static int index(JsonCursor cursor) throws MalformedJson {
    return (int) Math.clamp(cursor.integerOr(0), 0, MOST_PARTS);
  }

  private void content(Consumer<AnswerEvent> out) throws MalformedJson {
    switch (type) {
      case "response.output_item.added" -> output.added(outputIndex, item, out);
      case "response.output_item.done" -> output.done(outputIndex, item, out);
      case "response.output_text.delta" ->
          output.piece(outputIndex, contentIndex, false, delta, out);
      case "response.refusal.delta" -> output.piece(outputIndex, contentIndex, true, delta, out);
      case "response.output_text.done" -> output.whole(outputIndex, contentIndex, false, text, out);
      case "response.refusal.done" -> output.whole(outputIndex, contentIndex, true, text, out);
      case "response.output_text.annotation.added" ->
          output.cited(outputIndex, contentIndex, annotation, out);
      case "response.content_part.done" -> partDone(out);
      case "response.reasoning_summary_text.delta" ->
          output.thought(outputIndex, true, summaryIndex, delta, out);
      case "response.reasoning_text.delta" ->
          output.thought(outputIndex, false, contentIndex, delta, out);
      case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta" ->
          output.input(outputIndex, delta, out);
      case "response.function_call_arguments.done", "response.custom_tool_call_input.done" ->
          output.wholeInput(outputIndex, text, out);
      default -> {
        // What an item of the vendor's own tools is doing; it is told when it is whole.
      }
    }
  }

  private void partDone(Consumer<AnswerEvent> out) throws MalformedJson {
    if (part.isObject() && !output.isThought(outputIndex)) {
      output.wholePart(outputIndex, contentIndex, part, out);
      output.partDone(outputIndex, contentIndex, out);
    }
  }

  private void begin(Consumer<AnswerEvent> out) throws MalformedJson {
    if (begun) {
      return;
    }
    begun = true;
    ResponseState state = ResponseState.read(response.isObject() ? response : RawJson.EMPTY_OBJECT);
    out.accept(new AnswerEvent.Begun(state.id(), state.model()));
  }

  private void finish(Consumer<AnswerEvent> out) throws MalformedJson {
    begin(out);
    ended = true;
    ResponseState state = ResponseState.read(response.isObject() ? response : RawJson.EMPTY_OBJECT);
    boolean whole = type.equals("response.completed") && !state.status().equals("incomplete");
    String why = state.incomplete().isEmpty() ? "max_output_tokens" : state.incomplete();
    output.finish(state.output(), whole ? "" : why, out);
  }

  private void failed(Consumer<AnswerEvent> out) throws MalformedJson {
    ended = true;
    RawJson error =
        response.isObject() ? ResponseState.read(response).error() : RawJson.EMPTY_OBJECT;
    out.accept(new AnswerEvent.Failed(ResponseFailures.read(error)));
  }

  @Override
  public void end(Consumer<AnswerEvent> out) throws Untranslatable {
    if (!ended) {
      throw Untranslatable.answer(
          "upstream_stream_cut",
          "The model's provider ended its answer before it was whole. Try again.");
    }
  }
}
