package dev.probity.gateway.translate.matrix;

import static dev.probity.gateway.translate.matrix.Prompts.assistant;
import static dev.probity.gateway.translate.matrix.Prompts.call;
import static dev.probity.gateway.translate.matrix.Prompts.function;
import static dev.probity.gateway.translate.matrix.Prompts.media;
import static dev.probity.gateway.translate.matrix.Prompts.result;
import static dev.probity.gateway.translate.matrix.Prompts.system;
import static dev.probity.gateway.translate.matrix.Prompts.text;
import static dev.probity.gateway.translate.matrix.Prompts.user;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Part.CacheMark;
import dev.probity.gateway.neutral.Part.Media.Kind;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Something that a client may ask, and how to tell whether it is still there.
 *
 * @param group the heading it stands under
 */
record Asking(String group, String what, Prompt prompt, Predicate<Prompt> isThere) {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"],\"additionalProperties\":false}";
  private static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  private static final ToolChoice.Mode REQUIRED = ToolChoice.Mode.REQUIRED;

  static List<Asking> all() {
    List<Asking> all = new ArrayList<>();
    conversation(all);
    tools(all);
    attachments(all);
    reasoning(all);
    formats(all);
    knobs(all);
    return all;
  }

  private static void conversation(List<Asking> all) {
    all.add(
        of(
            "Conversation",
            "turns of user and assistant",
            new Prompts().turn(user("one \\u00e4 ü 😀")).turn(assistant("two")).turn(user("three")),
            p ->
                Prompts.texts(p, Role.USER).equals(List.of("one ä ü 😀", "three"))
                    && Prompts.texts(p, Role.ASSISTANT).equals(List.of("two"))));
    all.add(
        of(
            "Conversation",
            "instructions of the system",
            new Prompts().instruct("Be brief.").turn(user("hi")),
            p -> Prompts.texts(p.instructions()).equals(List.of("Be brief."))));
    all.add(
        of(
            "Conversation",
            "a system message amid the conversation",
            new Prompts()
                .turn(user("a"))
                .turn(assistant("b"))
                .turn(system("Now French."))
                .turn(user("c")),
            p -> Prompts.texts(p, Role.SYSTEM).contains("Now French.")));
    all.add(
        of(
            "Conversation",
            "cache marks",
            new Prompts()
                .instruct(
                    new Part.Text(RawText.of("long"), CacheMark.FIVE_MINUTES, Optional.empty()))
                .turn(user("hi")),
            p ->
                p.instructions().stream()
                    .anyMatch(
                        x -> x instanceof Part.Text t && t.cache() == CacheMark.FIVE_MINUTES)));
    all.add(
        of(
            "Conversation",
            "a member that nobody knows",
            new Prompts().turn(user("hi")).rest("x_new_member", RawJson.of("{\"a\":1}")),
            p -> RawJson.of("{\"a\":1}").equals(p.rest().get("x_new_member"))));
  }

  private static void tools(List<Asking> all) {
    all.add(
        of(
            "Tools",
            "functions with a schema",
            new Prompts().tool(function("weather", SCHEMA)).turn(user("hi")),
            p ->
                Prompts.function(p, "weather").flatMap(Tool.Function::schema).isPresent()
                    && Prompts.function(p, "weather")
                        .flatMap(Tool.Function::description)
                        .isPresent()));
    all.add(
        of(
            "Tools",
            "strict functions",
            new Prompts()
                .tool(
                    new Tool.Function(
                        RawText.of("weather"),
                        Optional.of(RawText.of("Tells it.")),
                        Optional.of(RawJson.of(SCHEMA)),
                        Optional.of(true),
                        CacheMark.NONE,
                        Map.of()))
                .turn(user("hi")),
            p ->
                Prompts.function(p, "weather").flatMap(Tool.Function::strict).orElse(false)
                    || p.rest().containsKey("validated")));
    all.add(
        of(
            "Tools",
            "a tool that takes plain text",
            new Prompts()
                .tool(
                    new Tool.Custom(
                        RawText.of("patch"),
                        Optional.of(RawText.of("Applies it.")),
                        Optional.empty()))
                .turn(user("hi")),
            p -> p.tools().stream().anyMatch(Tool.Custom.class::isInstance)));
    all.add(
        choice("some tool must be used", new ToolChoice(REQUIRED, List.of(), Optional.empty())));
    all.add(
        choice(
            "one named tool must be used",
            new ToolChoice(REQUIRED, List.of(RawText.of("weather")), Optional.empty())));
    all.add(
        choice(
            "no tool may be used",
            new ToolChoice(ToolChoice.Mode.NONE, List.of(), Optional.empty())));
    all.add(
        choice(
            "some of the tools may be used",
            new ToolChoice(
                REQUIRED, List.of(RawText.of("weather"), RawText.of("clock")), Optional.empty())));
    all.add(
        choice(
            "one call at a time",
            new ToolChoice(ToolChoice.Mode.AUTO, List.of(), Optional.of(false))));
    all.add(
        of(
            "Tools",
            "parallel calls and their results",
            Prompts.calls(
                List.of(
                    call("call_1", "weather", "{\"city\":\"Köln \\\"x\\\"\"}"),
                    call("call_2", "clock", "{}")),
                List.of(result("call_1", text("sunny\\n")), result("call_2", text("noon")))),
            p ->
                Prompts.calls(p).equals(List.of("weather{\"city\":\"Köln \\\"x\\\"\"}", "clock{}"))
                    && Prompts.results(p).equals(List.of("sunny\n", "noon"))
                    && Prompts.idsMatch(p)));
    all.add(
        of(
            "Tools",
            "a result that is an error",
            Prompts.calls(
                List.of(call("call_1", "weather", "{}")),
                List.of(
                    new Part.ToolResult(
                        RawText.of("call_1"),
                        Optional.of(RawText.of("weather")),
                        List.of(text("boom")),
                        Optional.empty(),
                        true,
                        false,
                        CacheMark.NONE))),
            p -> Prompts.toolResults(p).stream().anyMatch(Part.ToolResult::isError)));
    all.add(
        of(
            "Tools",
            "a result with an image",
            Prompts.calls(
                List.of(call("call_1", "weather", "{}")),
                List.of(result("call_1", text("see"), media(Kind.IMAGE, "image/png", PIXEL)))),
            p ->
                Prompts.toolResults(p).stream()
                    .flatMap(r -> r.content().stream())
                    .anyMatch(x -> Prompts.isInline(x, PIXEL))));
    for (Tool.Server.Kind kind :
        List.of(
            Tool.Server.Kind.WEB_SEARCH,
            Tool.Server.Kind.CODE_EXECUTION,
            Tool.Server.Kind.FILE_SEARCH)) {
      all.add(
          new Asking(
              "Tools",
              "the provider's own "
                  + kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
              new Prompts().tool(ServerTools.of(kind)).turn(user("hi")).build(),
              p ->
                  p.tools().stream()
                      .anyMatch(t -> t instanceof Tool.Server s && s.kind() == kind)));
    }
  }

  private static Asking choice(String what, ToolChoice choice) {
    return of(
        "Tools",
        what,
        new Prompts()
            .tool(function("weather", SCHEMA))
            .tool(function("clock", SCHEMA))
            .tool(function("third", SCHEMA))
            .choice(choice)
            .turn(user("hi")),
        p ->
            p.toolChoice().mode() == choice.mode()
                && (p.toolChoice().names().equals(choice.names())
                    // Offering no others says the same.
                    || Prompts.toolNames(p).equals(choice.names()))
                && (choice.parallel().isEmpty()
                    || p.toolChoice().parallel().equals(choice.parallel())));
  }

  private static void attachments(List<Asking> all) {
    all.add(inline("an image", media(Kind.IMAGE, "image/png", PIXEL), PIXEL));
    all.add(
        inline("a PDF", media(Kind.DOCUMENT, "application/pdf", "JVBERi0xLjQ="), "JVBERi0xLjQ="));
    all.add(inline("sound", media(Kind.AUDIO, "audio/wav", "UklGRg=="), "UklGRg=="));
    all.add(inline("a film", media(Kind.VIDEO, "video/mp4", "AAAAGGZ0eXA="), "AAAAGGZ0eXA="));
    String url = "https://example.com/a.png";
    all.add(
        of(
            "Media",
            "an image by its address",
            new Prompts()
                .turn(
                    new Prompt.Turn(
                        Role.USER,
                        List.of(
                            text("see"),
                            new Part.Media(
                                Kind.IMAGE,
                                "image/png",
                                new Part.Url(RawText.of(url)),
                                Optional.empty(),
                                Optional.empty(),
                                CacheMark.NONE)))),
            p ->
                Prompts.parts(p).stream()
                    .anyMatch(x ->
                        x instanceof Part.Media m
                            && m.source() instanceof Part.Url u
                            && u.url().plain().equals(url))));
    all.add(
        of(
            "Media",
            "a document as plain text",
            new Prompts()
                .turn(
                    new Prompt.Turn(
                        Role.USER,
                        List.of(
                            text("read"),
                            new Part.Media(
                                Kind.DOCUMENT,
                                "text/plain",
                                new Part.InlineText(RawText.of("the text")),
                                Optional.of(RawText.of("a.txt")),
                                Optional.empty(),
                                CacheMark.NONE)))),
            p -> Prompts.holdsText(p, "the text")));
  }

  private static Asking inline(String what, Part part, String base64) {
    return of(
        "Media",
        what,
        new Prompts().turn(new Prompt.Turn(Role.USER, List.of(text("see"), part))),
        p -> Prompts.parts(p).stream().anyMatch(x -> Prompts.isInline(x, base64)));
  }

  private static void reasoning(List<Asking> all) {
    for (Reasoning.Effort effort : List.of(Reasoning.Effort.LOW, Reasoning.Effort.HIGH)) {
      all.add(
          of(
              "Reasoning",
              "effort: " + effort.name().toLowerCase(java.util.Locale.ROOT),
              new Prompts()
                  .reasoning(
                      new Reasoning(
                          Reasoning.Mode.DEFAULT,
                          Optional.of(effort),
                          OptionalLong.empty(),
                          Optional.empty(),
                          false))
                  .turn(user("hi")),
              p -> p.reasoning().effort().equals(Optional.of(effort))));
    }
    all.add(
        of(
            "Reasoning",
            "a budget of tokens",
            new Prompts()
                .knob(Knob.MAX_TOKENS, RawJson.of("9000"))
                .reasoning(
                    new Reasoning(
                        Reasoning.Mode.ON,
                        Optional.empty(),
                        OptionalLong.of(2048),
                        Optional.of(true),
                        false))
                .turn(user("hi")),
            p -> p.reasoning().budget().equals(OptionalLong.of(2048))));
    all.add(
        of(
            "Reasoning",
            "none",
            new Prompts()
                .reasoning(
                    new Reasoning(
                        Reasoning.Mode.OFF,
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        false))
                .turn(user("hi")),
            p -> p.reasoning().mode() == Reasoning.Mode.OFF));
    for (Dialect origin : List.of(Dialect.MESSAGES, Dialect.RESPONSES, Dialect.GEMINI)) {
      for (Proof.Kind kind : Proof.Kind.values()) {
        thought(all, origin, kind);
      }
    }
  }

  private static void thought(List<Asking> all, Dialect origin, Proof.Kind kind) {
    Proof proof =
        new Proof(
            origin,
            kind,
            RawText.of("c2ln+/=" + origin.text()),
            origin == Dialect.RESPONSES ? RawText.of("rs_1") : RawText.EMPTY);
    RawText said = kind == Proof.Kind.SIGNATURE ? RawText.of("hm") : RawText.EMPTY;
    all.add(
        of(
            "Reasoning",
            (kind == Proof.Kind.SIGNATURE ? "a signed thought of " : "a hidden thought of ")
                + origin.text()
                + ", on its way back",
            new Prompts()
                .reasoning(
                    new Reasoning(
                        Reasoning.Mode.ON,
                        Optional.empty(),
                        OptionalLong.of(1024),
                        Optional.of(true),
                        true))
                .knob(Knob.MAX_TOKENS, RawJson.of("9000"))
                .turn(user("a"))
                .turn(
                    new Prompt.Turn(
                        Role.ASSISTANT,
                        List.of(new Part.Thought(said, Optional.of(proof)), text("b"))))
                .turn(user("c")),
            p -> Prompts.proofs(p).contains(proof)));
  }

  private static void formats(List<Asking> all) {
    all.add(
        of(
            "Format",
            "JSON after a schema",
            new Prompts()
                .format(
                    new OutputFormat.Schema(
                        Optional.of(RawText.of("place")),
                        RawJson.of(SCHEMA),
                        Optional.empty(),
                        Optional.of(true)))
                .turn(user("hi")),
            p -> p.format() instanceof OutputFormat.Schema));
    all.add(
        of(
            "Format",
            "any JSON",
            new Prompts().format(new OutputFormat.AnyJson()).turn(user("Some JSON")),
            p -> p.format() instanceof OutputFormat.AnyJson));
  }

  private static void knobs(List<Asking> all) {
    for (Knob knob : Knob.values()) {
      RawJson value = Prompts.sample(knob);
      Prompts prompts = new Prompts().knob(knob, value).turn(user("hi"));
      if (knob == Knob.TOP_LOGPROBS) {
        prompts.knob(Knob.LOGPROBS, RawJson.TRUE);
      }
      all.add(
          of(
              "Settings",
              knob.name().toLowerCase(java.util.Locale.ROOT),
              prompts,
              p -> value.equals(p.knobs().get(knob))));
    }
  }

  private static Asking of(String group, String what, Prompts prompts, Predicate<Prompt> isThere) {
    return new Asking(group, what, prompts.build(), isThere);
  }
}
