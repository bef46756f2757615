package dev.probity.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MigrationsTest {
  static Stream<Migrations> all() {
    return Stream.of(Migrations.CONTROL, Migrations.EVENTS);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyScriptInTheFolder_isListedInOrder(Migrations migrations)
      throws IOException, URISyntaxException {
    Path folder = Path.of(Migrations.class.getResource("/" + migrations.folder()).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .isEqualTo(migrations.scripts());
    }
    for (int i = 0; i < migrations.scripts().size(); i++) {
      assertThat(migrations.scripts().get(i)).startsWith(String.format("%04d_", i + 1));
    }
  }
}
