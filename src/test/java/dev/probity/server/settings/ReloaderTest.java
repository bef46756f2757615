package dev.probity.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloaderTest {
  @TempDir Path folder;
  private Path file;
  private final List<Settings> heard = new ArrayList<>();
  private long clock = 1_000_000;

  @BeforeEach
  void firstFile() throws Exception {
    file = folder.resolve("probity.yaml");
    write("unpriced: record");
  }

  @Test
  void changedFile_isReadOnceItHasSettled() throws Exception {
    Reloader reloader = reloader(UnaryOperator.identity());
    look(reloader, 3);
    assertThat(heard).isEmpty();

    write("unpriced: refuse");
    reloader.check();
    assertThat(heard).as("it may still be being written").isEmpty();
    look(reloader, 3);
    assertThat(heard).singleElement().matches(settings -> settings.gateway().refuseUnpriced());
  }

  @Test
  void replacedFile_isRead() throws Exception {
    Reloader reloader = reloader(UnaryOperator.identity());
    Path other = folder.resolve("new");
    Files.writeString(other, "unpriced: refuse");
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    look(reloader, 2);
    assertThat(heard).hasSize(1);
  }

  @Test
  void wrongOrMissingFile_changesNothing() throws Exception {
    Reloader reloader = reloader(UnaryOperator.identity());
    write("unpriced: perhaps");
    look(reloader, 2);
    Files.delete(file);
    look(reloader, 2);
    assertThat(heard).isEmpty();

    write("unpriced: refuse");
    look(reloader, 2);
    assertThat(heard).hasSize(1);
  }

  @Test
  void listenerThatFails_isTriedAgainWithTheNextChange() throws Exception {
    boolean[] fail = {true};
    Reloader reloader =
        new Reloader(
            file,
            Map.of(),
            SettingsFile.read(file, Map.of()),
            UnaryOperator.identity(),
            settings -> {
              if (fail[0]) {
                throw new IllegalStateException("not now");
              }
              heard.add(settings);
            });
    write("unpriced: refuse");
    look(reloader, 2);
    fail[0] = false;
    write("unpriced: refuse # again");
    look(reloader, 2);
    assertThat(heard).hasSize(1);
  }

  @Test
  void sameMeaning_isNoChange() throws Exception {
    Reloader reloader = reloader(UnaryOperator.identity());
    write("unpriced: record # as before");
    look(reloader, 2);
    assertThat(heard).isEmpty();
  }

  @Test
  void commandLine_isKept() throws Exception {
    Reloader reloader = reloader(settings -> settings.withPort(1234));
    write("unpriced: refuse");
    look(reloader, 2);
    assertThat(heard).singleElement().matches(settings -> settings.door().port() == 1234);
  }

  @Test
  void startSettings_areNamed() throws Exception {
    Settings before = Settings.defaults(Map.of());
    Settings after =
        SettingsFile.parse(
            "f",
            "server: {port: 1, host: h, otlp_http_port: 2}\njournal: {max_bytes: 2GiB}\n"
                + "limits: {connections: 7}\nunpriced: refuse",
            Map.of());
    assertThat(after.changedButOnlyReadAtStart(before))
        .containsExactly(
            "server.host", "server.port", "server.otlp_http_port", "journal", "limits");
    assertThat(before.changedButOnlyReadAtStart(before)).isEmpty();
  }

  @Test
  void started_looksByItself() throws Exception {
    CountDownLatch changed = new CountDownLatch(1);
    try (Reloader reloader =
        new Reloader(
            file,
            Map.of(),
            SettingsFile.read(file, Map.of()),
            UnaryOperator.identity(),
            settings -> changed.countDown())) {
      reloader.start();
      write("unpriced: refuse");
      assertThat(changed.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Reloader reloader(UnaryOperator<Settings> adjust) throws SettingsException {
    return new Reloader(
        file, Map.of(), adjust.apply(SettingsFile.read(file, Map.of())), adjust, heard::add);
  }

  private static void look(Reloader reloader, int times) {
    for (int i = 0; i < times; i++) {
      reloader.check();
    }
  }

  private void write(String text) throws Exception {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(clock += 10_000));
  }
}
