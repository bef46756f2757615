package dev.probity.server.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.server.importing.Imported.Remark;
import dev.probity.server.settings.SettingsException;
import dev.probity.server.settings.SettingsFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/**
 * {@code ./probity import}: writes {@code probity.yaml} from another gateway's configuration, its
 * literal keys into an environment file that only its owner can read, and a report of what was
 * carried over, changed and left out.
 */
public final class ImportCommand {
  /** What can be read. */
  public static final List<String> SOURCES = List.of("litellm", "one-api");

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  public ImportCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /**
   * @param source one of {@link #SOURCES}
   * @return the exit status
   */
  public int run(String source, Path file, Path output) {
    try {
      String text = Files.readString(file);
      Imported found = source.equals("litellm") ? litellm(text) : OneApiChannels.read(text);
      if (found.models().isEmpty()) {
        err.println("probity: no model could be carried over from " + file);
        report(found);
        return 1;
      }
      write(found, file, output);
      return 0;
    } catch (NoSuchFileException _) {
      err.println("probity: there is no file " + file);
    } catch (FileAlreadyExistsException e) {
      err.println(
          "probity: " + e.getFile() + " is there already; move it away, or say --output FILE");
    } catch (CharacterCodingException _) {
      err.println("probity: " + file + " is not UTF-8 text");
    } catch (YamlEngineException | JacksonException e) {
      err.println("probity: " + file + " can't be read: " + e.getMessage());
    } catch (IOException | SettingsException e) {
      err.println("probity: " + e.getMessage());
    }
    return 1;
  }

  private static Imported litellm(String text) {
    Object root = new Load(LoadSettings.builder().build()).loadFromString(text);
    // As a tree, because there what is missing is a node, too.
    return LiteLlmConfig.read(new ObjectMapper().valueToTree(root));
  }

  private void write(Imported found, Path file, Path output) throws IOException, SettingsException {
    String yaml = ImportedYaml.write(found, String.valueOf(file.getFileName()));
    Path secrets = output.resolveSibling(output.getFileName() + ".env");
    if (!found.secrets().isEmpty() && Files.exists(secrets)) {
      throw new FileAlreadyExistsException(secrets.toString());
    }
    Files.writeString(output, yaml, UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      check(found, output);
    } catch (SettingsException e) {
      Files.delete(output);
      throw e;
    }
    out.println(
        "Wrote "
            + output
            + ": "
            + found.models().size()
            + " models, "
            + found.deployments().size()
            + " deployments.");
    if (!found.secrets().isEmpty()) {
      writeSecrets(found, secrets);
      out.println(
          "Wrote "
              + secrets
              + ": "
              + found.secrets().size()
              + " provider keys, readable by you alone. Load it before you start:");
      out.println("  set -a; . " + secrets + "; set +a; ./probity run --config " + output);
    }
    report(found);
  }

  /** What was written must be what Probity reads. */
  private void check(Imported found, Path output) throws SettingsException {
    Map<String, String> variables = new HashMap<>(environment);
    variables.putAll(found.secrets());
    for (var deployment : found.deployments().values()) {
      deployment.apiKey().ifPresent(key -> standIn(key, variables));
      deployment.baseUrl().ifPresent(url -> standIn(url, variables));
      deployment.apiVersion().ifPresent(version -> standIn(version, variables));
    }
    SettingsFile.read(output, variables);
  }

  /** A variable that will be there when Probity starts need not be there now. */
  private static void standIn(String text, Map<String, String> variables) {
    if (text.startsWith("${") && text.indexOf('}') > 0) {
      String name = text.substring(2, text.indexOf('}'));
      variables.putIfAbsent(
          name, text.length() == name.length() + 3 ? "https://stand-in.invalid" : "x");
    }
  }

  private static void writeSecrets(Imported found, Path secrets) throws IOException {
    StringBuilder text = new StringBuilder();
    found
        .secrets()
        .forEach((name, value) ->
            text.append(name).append("='").append(value.replace("'", "'\\''")).append("'\n"));
    Files.createFile(
        secrets,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secrets, text);
  }

  private void report(Imported found) {
    section("Changed:", found.changed());
    section("Not carried over:", found.leftOut());
    if (found.changed().isEmpty() && found.leftOut().isEmpty()) {
      out.println("Everything was carried over.");
    }
  }

  private void section(String title, List<Remark> remarks) {
    if (!remarks.isEmpty()) {
      out.println();
      out.println(title);
      remarks.forEach(remark -> out.println("  " + remark.where() + ": " + remark.text()));
    }
  }
}
