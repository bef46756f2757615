package dev.probity.gateway.translate.responses.output;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import java.util.Optional;

/** A call of one of the client's tools. */
final class CallItem extends OutputItem {
  private static final RawText EMPTY_INPUT = RawText.of("{}");

  private final RawText callId;
  private final RawText name;
  private final boolean freeform;

  /** The provider was offered a freeform tool as one that takes an object with a text. */
  private final boolean wrapped;

  private final Told told = new Told();
  private RawJson whole = RawText.EMPTY.quoted();

  /**
   * @param freeform as the provider called it
   */
  CallItem(Output output, RawText callId, RawText name, boolean freeform) {
    super(output, freeform || isFreeform(output, name) ? "ctc_" : "fc_");
    this.callId = callId.copy();
    this.name = name.copy();
    this.wrapped = !freeform && isFreeform(output, name);
    this.freeform = freeform || wrapped;
  }

  private static boolean isFreeform(Output output, RawText name) {
    return output.names().find(name).map(ToolNames.Known::freeform).orElse(false);
  }

  RawText callId() {
    return callId;
  }

  void piece(RawText piece, JsonWriter out) {
    open(out);
    told.add(piece);
    if (!wrapped) {
      delta(piece, out);
    }
  }

  private void delta(RawText piece, JsonWriter out) {
    if (frames().areWanted() && !piece.isEmpty()) {
      event(eventName() + ".delta", out).member("delta", piece);
      frames().end(out);
    }
  }

  private String eventName() {
    return freeform ? "response.custom_tool_call_input" : "response.function_call_arguments";
  }

  private String member() {
    return freeform ? "input" : "arguments";
  }

  void end(String status, JsonWriter out) {
    open(out);
    if (told.isEmpty() && !freeform) {
      told.add(EMPTY_INPUT);
      delta(EMPTY_INPUT, out);
    }
    whole = told.whole();
    if (wrapped) {
      RawText text = unwrapped(whole.text().orElse(RawText.EMPTY));
      whole = text.quoted();
      delta(text, out);
    }
    if (frames().areWanted()) {
      event(eventName() + ".done", out);
      if (!freeform) {
        names().write(name, out);
      }
      out.member(member(), whole);
      frames().end(out);
    }
    close(status, out);
  }

  /** The one text in the object; everything as it came if there is none. */
  private static RawText unwrapped(RawText input) {
    Optional<RawJson> object = RawJson.inside(input).filter(RawJson::isObject);
    if (object.isEmpty()) {
      return input;
    }
    Optional<RawText> found = Optional.empty();
    try {
      JsonCursor cursor = object.get().cursor();
      cursor.enterObject();
      while (cursor.nextMember()) {
        boolean preferred = cursor.name().equals("input");
        if (cursor.kind() == JsonKind.STRING && (preferred || found.isEmpty())) {
          found = Optional.of(cursor.text());
        }
      }
    } catch (MalformedJson _) {
      return input;
    }
    return found.orElse(input);
  }

  @Override
  void write(String status, JsonWriter out) {
    out.member("type", freeform ? "custom_tool_call" : "function_call")
        .member("status", status)
        .member("call_id", callId);
    names().write(name, out);
    out.member(member(), whole);
  }
}
