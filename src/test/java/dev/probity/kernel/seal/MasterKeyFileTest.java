package dev.probity.kernel.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyFileTest {
  private static final MasterKey OTHER = MasterKey.of(new byte[32]);

  @TempDir Path data;

  @Test
  void firstStart_makesAKeyThatOnlyItsOwnerMayRead() throws IOException {
    MasterKey key = open();
    Path file = data.resolve("master.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(key).isNotEqualTo(OTHER);
    try (Stream<Path> files = Files.list(data)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void laterStart_readsTheSameKey() {
    assertThat(open()).isEqualTo(open());
  }

  @Test
  void environment_winsAndNothingIsWritten() throws IOException {
    MasterKey key =
        MasterKeyFile.open(data, Optional.of(OTHER.text()), Optional.empty(), new SecureRandom());
    assertThat(key).isEqualTo(OTHER);
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void keyFile_isReadWhereTheOperatorKeepsIt() throws IOException {
    Path file = data.resolve("elsewhere");
    Files.writeString(file, OTHER.text().reveal());
    assertThat(MasterKeyFile.open(data, Optional.empty(), Optional.of(file), new SecureRandom()))
        .isEqualTo(OTHER);
  }

  @Test
  void missingKeyFile_isNotMade() {
    Path file = data.resolve("elsewhere");
    assertThatThrownBy(
            () -> MasterKeyFile.open(data, Optional.empty(), Optional.of(file), new SecureRandom()))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("elsewhere")
        .hasMessageContaining("PROBITY_MASTER_KEY");
    assertThat(file).doesNotExist();
  }

  @Test
  void lostKey_isNotReplacedWhenThereAreStores() throws IOException {
    Files.createFile(data.resolve("control.db"));
    assertThatThrownBy(this::open)
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("Restore");
  }

  @Test
  void whatIsNoKey_isRefusedWithoutShowingIt() throws IOException {
    Files.writeString(data.resolve("master.key"), "hunter2");
    assertThatThrownBy(this::open)
        .isInstanceOf(MasterKeyException.class)
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() ->
            MasterKeyFile.open(
                data, Optional.of(new Secret("hunter2")), Optional.empty(), new SecureRandom()))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("openssl")
        .hasMessageNotContaining("hunter2");
  }

  private MasterKey open() {
    return MasterKeyFile.open(data, Optional.empty(), Optional.empty(), new SecureRandom());
  }
}
