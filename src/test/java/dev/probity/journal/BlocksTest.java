package dev.probity.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlocksTest {
  private static final int BYTES = (1 << 20) + 4096;

  @TempDir Path folder;

  @Test
  void allocatedFile_isAllZerosAndHasItsBlocks() throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, new byte[] {1, 2, 3});
    Blocks.allocate(file, BYTES);
    assertThat(Files.readAllBytes(file)).isEqualTo(new byte[BYTES]);
    assertThat(blocks(file)).isGreaterThanOrEqualTo(BYTES / 512);
  }

  @Test
  void writtenZeros_doTheSame() throws IOException {
    Path file = folder.resolve("file");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Blocks.writeZeros(channel, BYTES);
      channel.force(true);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(new byte[BYTES]);
    assertThat(blocks(file)).isGreaterThanOrEqualTo(BYTES / 512);
  }

  @Test
  void missingFolder_isAnError() {
    assertThatThrownBy(() -> Blocks.allocate(folder.resolve("none/file"), BYTES))
        .isInstanceOf(IOException.class);
  }

  /** Of 512 bytes each, as stat counts them. */
  private static long blocks(Path file) throws IOException {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    return Long.parseLong(new String(stat.getInputStream().readAllBytes()).strip());
  }
}
