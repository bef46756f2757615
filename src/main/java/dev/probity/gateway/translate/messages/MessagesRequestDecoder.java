package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonMembers;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.RequestDecoder;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads requests of clients of Anthropic's messages. */
public enum MessagesRequestDecoder implements RequestDecoder {
  INSTANCE;

  @Override
  public Prompt decode(RawJson body, Losses losses) throws Untranslatable, MalformedJson {
    Reading reading = new Reading(losses);
    JsonCursor json = body.cursor();
    json.enterObject();
    while (json.nextMember()) {
      String name = json.name();
      RawJson value = json.raw();
      if (!value.isNull()) {
        reading.member(name, value);
      }
    }
    return reading.prompt();
  }

  /** One request, as far as it was read. */
  private static final class Reading {
    private final Losses losses;
    private final BlockReader blocks;
    private final ThinkingReader thinking = new ThinkingReader();
    private final Map<Knob, RawJson> knobs = new EnumMap<>(Knob.class);
    private final Map<String, RawJson> rest = new LinkedHashMap<>();
    private List<Part> instructions = List.of();
    private List<Turn> turns = List.of();
    private List<Tool> tools = List.of();
    private ToolChoice choice = ToolChoice.UNSAID;

    Reading(Losses losses) {
      this.losses = losses;
      this.blocks = new BlockReader(losses);
    }

    private void member(String name, RawJson value) throws Untranslatable, MalformedJson {
      switch (name) {
        case "model", "stream" -> {}
        case "system" -> instructions = blocks.system(value);
        case "messages" -> turns = turns(value);
        case "tools" -> tools = ToolReader.tools(value);
        case "tool_choice" -> choice = ToolReader.choice(value);
        case "thinking" -> thinking.thinking(value, rest);
        case "output_config" -> thinking.outputConfig(value, rest);
        case "output_format" -> thinking.format(value);
        case "max_tokens" -> knobs.put(Knob.MAX_TOKENS, value);
        case "temperature" -> knobs.put(Knob.TEMPERATURE, value);
        case "top_p" -> knobs.put(Knob.TOP_P, value);
        case "top_k" -> knobs.put(Knob.TOP_K, value);
        case "stop_sequences" -> stop(value);
        case "metadata" -> metadata(value);
        case "service_tier" -> serviceTier(value);
        // Asks for a mark on the last block, wherever that is.
        case "cache_control" -> losses.add(Loss.CACHE_MARK);
        default -> rest.put(name, value);
      }
    }

    private List<Turn> turns(RawJson value) throws Untranslatable, MalformedJson {
      List<Turn> read = new ArrayList<>();
      JsonCursor messages = value.cursor();
      messages.enterArray();
      while (messages.nextElement()) {
        JsonMembers message = JsonMembers.of(messages.raw());
        Role role = role(message.text("role"));
        List<Part> parts = blocks.content(role, message.get("content"));
        if (!parts.isEmpty()) {
          read.add(new Turn(role, parts));
        }
      }
      return List.copyOf(read);
    }

    private static Role role(RawText role) throws Untranslatable {
      return switch (role.plain()) {
        case "user" -> Role.USER;
        case "assistant" -> Role.ASSISTANT;
        case "system" -> Role.SYSTEM;
        default ->
            throw Untranslatable.request(
                "invalid_role", "messages: a role must be 'user', 'assistant' or 'system'.");
      };
    }

    private void stop(RawJson value) {
      if (value.isArray() && !value.equals(RawJson.EMPTY_ARRAY)) {
        knobs.put(Knob.STOP, value);
      }
    }

    private void metadata(RawJson value) throws MalformedJson {
      JsonMembers metadata = JsonMembers.of(value);
      for (int i = 0; i < metadata.size(); i++) {
        RawJson each = metadata.value(i);
        if (metadata.name(i).equals("user_id") && each.isString()) {
          knobs.put(Knob.END_USER, each);
        } else if (!each.isNull()) {
          rest.put("metadata." + metadata.name(i), each);
        }
      }
    }

    /** Anthropic's {@code auto} is what happens unsaid: the better tier, if one was bought. */
    private void serviceTier(RawJson value) {
      if (value.text().filter(tier -> tier.is("standard_only")).isPresent()) {
        knobs.put(Knob.SERVICE_TIER, RawJson.text("default"));
      } else {
        knobs.put(Knob.SERVICE_TIER, value);
      }
    }

    private Prompt prompt() throws Untranslatable {
      if (turns.isEmpty()) {
        throw Untranslatable.request(
            "missing_messages", "messages: at least one message with content is required.");
      }
      return new Prompt(
          instructions,
          turns,
          tools,
          choice,
          thinking.reasoning(),
          thinking.outputFormat(),
          Collections.unmodifiableMap(knobs),
          Collections.unmodifiableMap(rest));
    }
  }
}
