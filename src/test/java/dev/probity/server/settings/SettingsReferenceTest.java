package dev.probity.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
  private static final Path PAGE = Path.of("docs/reference/settings.md");

  /** To rewrite the page: {@code mvn -Dquick test -Dtest=SettingsReferenceTest -Dwrite.docs}. */
  @Test
  void page_isWhatTheProgramReads() throws Exception {
    String expected = SettingsReference.markdown();
    if (System.getProperty("write.docs") != null) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE).content().isEqualTo(expected);
  }

  @Test
  void namesAndDefaults_stayAsPublished() throws Exception {
    List<String> found = new ArrayList<>();
    collect("", SettingsSchema.ROOT, found);
    if (System.getProperty("write.docs") != null) {
      Files.write(golden(), found);
    }
    assertThat(found).containsExactlyElementsOf(Files.readAllLines(golden()));
  }

  @Test
  void everyKey_saysWhatItMeans() {
    everyKey(SettingsSchema.ROOT, new HashSet<>())
        .forEach(key -> {
          assertThat(key.meaning()).as(key.name()).endsWith(".").hasSizeGreaterThan(10);
          assertThat(key.name()).matches("[a-z][a-z0-9_]*");
          assertThat(key.type().description()).isNotBlank();
        });
  }

  @Test
  void example_loads() throws Exception {
    Settings settings =
        SettingsFile.read(
            Path.of("probity.example.yaml"),
            Map.of("OPENAI_API_KEY", "sk-o", "AZURE_OPENAI_API_KEY", "a"));
    assertThat(settings.deployments()).hasSize(5);
    assertThat(settings.models()).hasSize(5);
    assertThat(settings.prices()).hasSize(2);
  }

  private static Path golden() {
    return Path.of("src/test/resources/server/settings/keys.txt");
  }

  private static void collect(String prefix, Schema<?> schema, List<String> found) {
    for (Key<?> key : schema.keys()) {
      String list = key.type() instanceof Type.Many<?> ? "[]" : "";
      found.add(
          (prefix + key.name() + list + " " + key.standard().orElse(key.required() ? "!" : "-")));
      SettingsSchema.section(key.type())
          .ifPresent(section -> collect(prefix + key.name() + list + ".", section, found));
    }
  }

  private static Set<Key<?>> everyKey(Schema<?> schema, Set<Key<?>> keys) {
    for (Key<?> key : schema.keys()) {
      keys.add(key);
      SettingsSchema.section(key.type()).ifPresent(section -> everyKey(section, keys));
    }
    return keys;
  }
}
