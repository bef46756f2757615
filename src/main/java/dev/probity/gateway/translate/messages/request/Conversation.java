package dev.probity.gateway.translate.messages.request;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns as Anthropic wants them: the user's first, then in turns; the results of tools right after
 * their calls, ahead of whatever else the user says there; nothing empty; no thoughts but its own.
 */
final class Conversation {
  /** Said where the provider needs words of the user's and there are none. */
  private static final Part NO_WORDS = Part.Text.of(RawText.of("Continue."));

  private final Losses losses;
  private final ToolCalls calls = new ToolCalls();
  private final List<Message> messages = new ArrayList<>();

  /**
   * One of Anthropic's messages.
   *
   * @param results of tools; only the user's have any
   * @param parts what else is in it
   */
  record Message(Role role, List<Part> results, List<Part> parts) {
    boolean isUser() {
      return role == Role.USER;
    }

    /** All of it, in order. */
    List<Part> all() {
      if (results.isEmpty()) {
        return parts;
      }
      List<Part> all = new ArrayList<>(results);
      all.addAll(parts);
      return all;
    }
  }

  private Conversation(Losses losses) {
    this.losses = losses;
  }

  /**
   * @param prefill whether the assistant may have the last word
   */
  static List<Message> of(Prompt prompt, boolean prefill, Losses losses) throws Untranslatable {
    Conversation conversation = new Conversation(losses);
    for (Turn turn : prompt.turns()) {
      conversation.turn(turn);
    }
    conversation.calls.mustBeAnswered();
    conversation.complete(prefill);
    return conversation.messages;
  }

  private void turn(Turn turn) throws Untranslatable {
    if (turn.role() == Role.SYSTEM) {
      losses.add(Loss.SYSTEM_IN_CONVERSATION);
    }
    Role role = turn.role() == Role.ASSISTANT ? Role.ASSISTANT : Role.USER;
    for (Part part : turn.parts()) {
      part(role, part);
    }
  }

  private void part(Role role, Part part) throws Untranslatable {
    switch (part) {
      case Part.Text text -> {
        if (!text.text().isBlank()) {
          of(role).add(text);
        }
      }
      case Part.Declined declined -> part(role, Part.Text.of(declined.text()));
      case Part.Media media -> {
        if (role == Role.USER) {
          of(role).add(media);
        } else {
          losses.add(Loss.DROPPED, "assistant.media");
        }
      }
      case Part.Thought thought -> {
        if (isOwn(thought)) {
          of(Role.ASSISTANT).add(thought);
        } else {
          losses.add(Loss.REASONING_HISTORY);
        }
      }
      case Part.ToolCall call -> {
        List<Part> parts = of(Role.ASSISTANT);
        parts.add(calls.called(call, messages.size() - 1));
      }
      case Part.ToolResult result -> result(result);
      case Part.Foreign foreign -> {
        if (foreign.origin() == Dialect.MESSAGES) {
          of(role).add(foreign);
        } else {
          losses.add(Loss.SERVER_TOOL_HISTORY);
        }
      }
    }
  }

  /** The message that is being said in this role. */
  private List<Part> of(Role role) {
    if (messages.isEmpty() || messages.getLast().role() != role) {
      messages.add(new Message(role, new ArrayList<>(0), new ArrayList<>()));
    }
    return messages.getLast().parts();
  }

  private void result(Part.ToolResult result) throws Untranslatable {
    ToolCalls.Call call = calls.answered(result);
    if (call.message() == messages.size() - 1) {
      of(Role.USER);
    }
    messages
        .get(call.message() + 1)
        .results()
        .add(
            new Part.ToolResult(
                call.id(),
                result.name(),
                result.content(),
                result.structured(),
                result.isError(),
                result.freeform(),
                result.cache()));
  }

  private void complete(boolean prefill) {
    if (messages.isEmpty() || !messages.getFirst().isUser()) {
      messages.addFirst(new Message(Role.USER, List.of(), List.of(NO_WORDS)));
      losses.add(Loss.TURN_ADDED);
    }
    if (!prefill && !messages.getLast().isUser()) {
      messages.addLast(new Message(Role.USER, List.of(), List.of(NO_WORDS)));
      losses.add(Loss.TURN_ADDED);
    }
  }

  static boolean isOwn(Part part) {
    return part instanceof Part.Thought thought
        && thought
            .proof()
            .filter(proof -> proof.origin() == Dialect.MESSAGES && !proof.value().isEmpty())
            .isPresent();
  }
}
