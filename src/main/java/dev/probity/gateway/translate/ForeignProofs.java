package dev.probity.gateway.translate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.ByteFeed;
import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonMembers;
import dev.probity.gateway.json.JsonPatch;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes other vendors' proofs out of a request that goes to its provider in the client's own bytes.
 * A client whose conversation was answered by another vendor for a while brings them back, and its
 * own vendor would refuse them.
 */
public final class ForeignProofs {
  private static final byte[] MARK = ProofEnvelope.MARK.getBytes(US_ASCII);

  /** What Google documents for calls that its models did not make. */
  private static final RawJson UNCHECKED_CALL = RawJson.text("skip_thought_signature_validator");

  private final Dialect dialect;
  private final JsonPatch patch;

  private ForeignProofs(Dialect dialect, JsonPatch patch) {
    this.dialect = dialect;
    this.patch = patch;
  }

  /** Whether there may be any; quick, and never wrong where it says no. */
  public static boolean isIn(ByteBuf body) {
    MarkSearch search = new MarkSearch(MARK);
    ByteFeed.feed(body, search);
    return search.found();
  }

  /**
   * The same without the thoughts (and other places of proofs) of other vendors; those of the
   * dialect's own vendor become what they were. No other byte changes.
   *
   * @param body a well-formed object
   */
  public static RawJson without(Dialect dialect, RawJson body) {
    JsonPatch patch = new JsonPatch(body);
    try {
      new ForeignProofs(dialect, patch).body(JsonMembers.of(body));
    } catch (MalformedJson _) {
      // No request of this dialect: its provider has better words for that.
      return body;
    }
    return patch.isEmpty() ? body : patch.toJson();
  }

  private void body(JsonMembers body) throws MalformedJson {
    switch (dialect) {
      case MESSAGES -> {
        for (RawJson message : elements(body.get("messages"))) {
          removeAll(message, elements(members(message).get("content")), this::block);
        }
      }
      case RESPONSES -> {
        for (RawJson item : elements(body.get("input"))) {
          if (item(members(item))) {
            patch.removeElement(item);
          }
        }
      }
      case CHAT -> {
        for (RawJson message : elements(body.get("messages"))) {
          chatMessage(members(message));
        }
      }
      case GEMINI -> {
        for (RawJson content : elements(body.get("contents"))) {
          removeAll(content, elements(members(content).get("parts")), this::part);
        }
      }
    }
  }

  /** Says whether something must go, and mends it where it may stay. */
  private interface Judge {
    boolean mustGo(JsonMembers object) throws MalformedJson;
  }

  /** Takes out elements, or what holds them if none would be left. */
  private void removeAll(RawJson holder, List<RawJson> elements, Judge judge) throws MalformedJson {
    List<RawJson> gone = new ArrayList<>(0);
    for (RawJson element : elements) {
      if (judge.mustGo(members(element))) {
        gone.add(element);
      }
    }
    if (!gone.isEmpty() && gone.size() == elements.size()) {
      patch.removeElement(holder);
    } else {
      gone.forEach(patch::removeElement);
    }
  }

  private boolean block(JsonMembers block) throws MalformedJson {
    return switch (block.textOrEmpty("type").plain()) {
      case "thinking" -> isForeign(block.get("signature"));
      case "redacted_thinking" -> isForeign(block.get("data"));
      case "text" -> {
        removeMembers(block.get("citations"), "encrypted_index");
        yield false;
      }
      default -> false;
    };
  }

  private boolean item(JsonMembers item) {
    RawJson encrypted = item.get("encrypted_content");
    Optional<RawText> id = envelope(encrypted).filter(this::isOwn).map(Proof::id);
    if (id.isPresent() && !id.get().isEmpty() && item.get("id").isString()) {
      patch.replace(item.get("id"), id.get().quoted());
    }
    return isForeign(encrypted);
  }

  private void chatMessage(JsonMembers message) throws MalformedJson {
    removeMembers(message.get("reasoning_details"), "signature", "data");
    signature(message);
    for (RawJson call : elements(message.get("tool_calls"))) {
      signature(members(call));
    }
  }

  /** Where Google's own chat completions have a call's proof. */
  private void signature(JsonMembers holder) throws MalformedJson {
    JsonMembers google = members(members(holder.get("extra_content")).get("google"));
    RawJson signature = google.get("thought_signature");
    if (isForeign(signature)) {
      patch.removeMember(signature);
    }
  }

  private boolean part(JsonMembers part) {
    String name = part.has("thoughtSignature") ? "thoughtSignature" : "thought_signature";
    RawJson signature = part.get(name);
    if (!isForeign(signature)) {
      return false;
    }
    if (part.has("functionCall") || part.has("function_call")) {
      patch.replace(signature, UNCHECKED_CALL);
      return false;
    }
    boolean empty =
        part.size() == 1 || part.get("text").text().filter(RawText::isEmpty).isPresent();
    if (part.isTrue("thought") || empty) {
      return true;
    }
    patch.removeMember(signature);
    return false;
  }

  /** Takes elements out of a member's array; the whole member if none would be left. */
  private void removeMembers(RawJson array, String... names) throws MalformedJson {
    List<RawJson> elements = elements(array);
    List<RawJson> gone = new ArrayList<>(0);
    for (RawJson element : elements) {
      JsonMembers object = members(element);
      boolean foreign = false;
      for (String name : names) {
        foreign |= isForeign(object.get(name));
      }
      if (foreign) {
        gone.add(element);
      }
    }
    if (!gone.isEmpty() && gone.size() == elements.size()) {
      patch.removeMember(array);
    } else {
      gone.forEach(patch::removeElement);
    }
  }

  /** Whether this is another vendor's proof; one of the dialect's own becomes what it was. */
  private boolean isForeign(RawJson value) {
    if (value.text().filter(text -> text.startsWith(ProofEnvelope.MARK)).isEmpty()) {
      return false;
    }
    Optional<Proof> own = envelope(value).filter(this::isOwn);
    own.ifPresent(proof -> patch.replace(value, proof.value().quoted()));
    return own.isEmpty();
  }

  private static Optional<Proof> envelope(RawJson value) {
    return value.text().flatMap(ProofEnvelope::unwrap);
  }

  private boolean isOwn(Proof proof) {
    return proof.origin() == dialect && !proof.value().isEmpty();
  }

  private static JsonMembers members(RawJson value) throws MalformedJson {
    return JsonMembers.of(value.isObject() ? value : RawJson.EMPTY_OBJECT);
  }

  private static List<RawJson> elements(RawJson value) throws MalformedJson {
    if (!value.isArray()) {
      return List.of();
    }
    List<RawJson> elements = new ArrayList<>();
    JsonCursor json = value.cursor();
    json.enterArray();
    while (json.nextElement()) {
      elements.add(json.raw());
    }
    return elements;
  }
}
