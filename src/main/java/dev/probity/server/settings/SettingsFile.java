package dev.probity.server.settings;

import dev.probity.gateway.door.DoorSettings;
import dev.probity.server.settings.Problems.Place;
import dev.probity.server.settings.Type.Reading;
import dev.probity.telemetry.place.PlaceSettings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads {@code probity.yaml}. */
public final class SettingsFile {
  private static final long LARGEST_BYTES = 1 << 20;

  private SettingsFile() {}

  /**
   * Reads a file.
   *
   * @param environment variables by name, for {@code ${NAME}}
   * @throws SettingsException with everything that is wrong with it
   */
  public static Settings read(Path file, Map<String, String> environment) throws SettingsException {
    Problems problems = new Problems(file.toString());
    String text = contents(file, problems);
    problems.throwIfAny();
    Settings settings = parse(text, environment, problems);
    return relativeTo(Objects.requireNonNull(file.toAbsolutePath().getParent()), settings);
  }

  /** Reads a text; its name only stands in complaints. */
  static Settings parse(String name, String text, Map<String, String> environment)
      throws SettingsException {
    return parse(text, environment, new Problems(name));
  }

  private static Settings parse(String text, Map<String, String> environment, Problems problems)
      throws SettingsException {
    Optional<Node> root = compose(text, problems);
    problems.throwIfAny();
    if (root.isEmpty() || isNothing(root.get())) {
      return Settings.defaults(environment);
    }
    if (!(root.get() instanceof MappingNode mapping)) {
      problems.add(
          Place.of(root.get().getStartMark()),
          "found no keys and values (expected: sections such as server, deployments, models)");
      throw problems.exception();
    }
    Reading reading = new Reading(problems, new Environment(environment));
    Settings settings =
        SettingsSchema.ROOT.readAsFarAsPossible(mapping, reading).complete(environment, problems);
    problems.throwIfAny();
    return settings;
  }

  private static Optional<Node> compose(String text, Problems problems) {
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setUseMarks(true)
              .setAllowNonScalarKeys(true)
              .setMaxAliasesForCollections(50)
              .build();
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      problems.add(Place.of(e.getProblemMark()), "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add(Place.WHOLE_FILE, "not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }

  private static String contents(Path file, Problems problems) {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        problems.add(Place.WHOLE_FILE, "larger than 1 MiB");
        return "";
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      problems.add(Place.WHOLE_FILE, "there is no such file");
    } catch (CharacterCodingException e) {
      problems.add(Place.WHOLE_FILE, "not UTF-8");
    } catch (IOException e) {
      problems.add(Place.WHOLE_FILE, "can't be read: " + e.getClass().getSimpleName());
    }
    return "";
  }

  private static Settings relativeTo(Path folder, Settings settings) {
    DoorSettings door = settings.door();
    PlaceSettings places = settings.telemetry().places();
    return settings
        .withDoor(
            new DoorSettings(
                door.host(),
                door.port(),
                door.tls()
                    .map(tls ->
                        new DoorSettings.Tls(
                            folder.resolve(tls.certificate()), folder.resolve(tls.key())))))
        .withPlaces(
            new PlaceSettings(
                places.precision(), places.file().map(folder::resolve), places.attribution()));
  }
}
