package dev.probity.server.settings;

import dev.probity.server.settings.Problems.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a key takes. */
sealed interface Type<T> {
  /** What it is, for the reference and for complaints: "a duration such as 300ms, 5s or 2m". */
  String description();

  /** Reads it; where it can't, says so and is empty. */
  Optional<T> read(Node node, Reading reading);

  /** What reading a file needs: where complaints go, and the environment. */
  record Reading(Problems problems, Environment environment) {
    void complain(Node node, String text) {
      problems.add(Place.of(node.getStartMark()), text);
    }
  }

  /**
   * A value in one word or line.
   *
   * @param parse throws {@link IllegalArgumentException} for what it does not take
   * @param secret whether the value must not be shown in a complaint
   */
  record Scalar<T>(String description, Function<String, T> parse, boolean secret)
      implements Type<T> {
    Scalar(String description, Function<String, T> parse) {
      this(description, parse, false);
    }

    @Override
    public Optional<T> read(Node node, Reading reading) {
      if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
        reading.complain(node, "found " + kind(node) + " (expected: " + description + ")");
        return Optional.empty();
      }
      String written = scalar.getValue();
      Optional<String> value =
          reading.environment.substitute(written, problem -> reading.complain(node, problem));
      return value.flatMap(text -> parse(node, written, text, reading));
    }

    private Optional<T> parse(Node node, String written, String text, Reading reading) {
      try {
        return Optional.of(parse.apply(text));
      } catch (IllegalArgumentException e) {
        // A value out of the environment may be a secret, so only its variable's name is shown.
        String shown = secret ? "a value" : "\"" + written + "\"";
        reading.complain(node, "found " + shown + " (expected: " + description + ")");
        return Optional.empty();
      }
    }
  }

  /** Keys and values. */
  record Section<T>(Schema<T> schema) implements Type<T> {
    @Override
    public String description() {
      return "a section with " + String.join(", ", schema.names());
    }

    @Override
    public Optional<T> read(Node node, Reading reading) {
      if (!(node instanceof MappingNode mapping)) {
        reading.complain(node, "found " + kind(node) + " (expected: " + description() + ")");
        return Optional.empty();
      }
      return schema.read(mapping, reading);
    }
  }

  /** Any number of values of one type. */
  record Many<T>(Type<T> element) implements Type<List<T>> {
    @Override
    public String description() {
      return "a list";
    }

    @Override
    public Optional<List<T>> read(Node node, Reading reading) {
      if (!(node instanceof SequenceNode sequence)) {
        reading.complain(node, "found " + kind(node) + " (expected: a list)");
        return Optional.empty();
      }
      List<T> values = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        element.read(item, reading).ifPresent(values::add);
      }
      return values.size() < sequence.getValue().size()
          ? Optional.empty()
          : Optional.of(List.copyOf(values));
    }
  }

  /** Names that the file makes up, with a value each. */
  record Table<T>(String description, Scalar<String> name, Type<T> value)
      implements Type<Map<String, T>> {
    @Override
    public Optional<Map<String, T>> read(Node node, Reading reading) {
      if (!(node instanceof MappingNode mapping)) {
        reading.complain(node, "found " + kind(node) + " (expected: " + description + ")");
        return Optional.empty();
      }
      int before = reading.problems().count();
      Map<String, T> values = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        Optional<String> key = name.read(tuple.getKeyNode(), reading);
        Optional<T> held = value.read(tuple.getValueNode(), reading);
        if (key.isPresent() && held.isPresent() && values.put(key.get(), held.get()) != null) {
          reading.complain(tuple.getKeyNode(), key.get() + " stands twice in this section");
        }
      }
      return reading.problems().count() > before ? Optional.empty() : Optional.of(values);
    }
  }

  /** A value that later checks may complain about. */
  record Located<T>(Type<T> type) implements Type<At<T>> {
    @Override
    public String description() {
      return type.description();
    }

    @Override
    public Optional<At<T>> read(Node node, Reading reading) {
      Place place = Place.of(node.getStartMark());
      return type.read(node, reading).map(value -> new At<>(value, place));
    }
  }

  /** A value and where it stands. */
  record At<T>(T value, Place place) {}

  /** Either one word, or a section. */
  record Either<T>(Scalar<T> word, Section<T> section) implements Type<T> {
    @Override
    public String description() {
      return word.description() + ", or " + section.description();
    }

    @Override
    public Optional<T> read(Node node, Reading reading) {
      return node instanceof MappingNode ? section.read(node, reading) : word.read(node, reading);
    }
  }

  private static String kind(Node node) {
    return switch (node) {
      case MappingNode _ -> "a section";
      case SequenceNode _ -> "a list";
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
      case ScalarNode _ -> "a single value";
      default -> "something else";
    };
  }
}
