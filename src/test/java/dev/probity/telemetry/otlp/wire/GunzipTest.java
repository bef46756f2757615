package dev.probity.telemetry.otlp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.probity.telemetry.otlp.OtlpFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipTest {
  private static final int LIMIT = 64 << 20;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1023, 4096, 4097, 100_000, 3_000_000})
  void body_isUnpacked(int size) {
    byte[] plain = someBytes(size);
    byte[] packed = gzip(plain);
    byte[] surrounded = new byte[packed.length + 9];
    System.arraycopy(packed, 0, surrounded, 4, packed.length);

    assertThat(Gunzip.gunzip(packed, 0, packed.length, LIMIT)).isEqualTo(plain);
    assertThat(Gunzip.gunzip(surrounded, 4, packed.length, LIMIT)).isEqualTo(plain);
    assertThat(Gunzip.gunzip(packed, 0, packed.length, size)).isEqualTo(plain);
  }

  @Test
  void membersBehindOneAnother_areOneBody() {
    byte[] first = gzip(someBytes(5000));
    byte[] second = gzip(new byte[7]);
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    assertThat(Gunzip.gunzip(both, 0, both.length, LIMIT))
        .isEqualTo(Arrays.copyOf(someBytes(5000), 5007));
  }

  @Test
  void optionalPartsOfTheHeader_arePassedOver() {
    byte[] packed = gzip(someBytes(100));
    byte[] parts = {3, 0, 'x', 'y', 'z', 'n', 'a', 'm', 'e', 0, 'c', 0, 1, 2};
    byte[] whole = new byte[packed.length + parts.length];
    System.arraycopy(packed, 0, whole, 0, 10);
    whole[3] = 2 | 4 | 8 | 16;
    System.arraycopy(parts, 0, whole, 10, parts.length);
    System.arraycopy(packed, 10, whole, 10 + parts.length, packed.length - 10);
    assertThat(Gunzip.gunzip(whole, 0, whole.length, LIMIT)).isEqualTo(someBytes(100));
  }

  @Test
  void bodyBeyondTheLimit_isRefused() {
    byte[] packed = gzip(someBytes(5000));
    assertThatThrownBy(() -> Gunzip.gunzip(packed, 0, packed.length, 4999))
        .isInstanceOf(TooLargeException.class)
        .hasMessageContaining("4999");
    assertThat(Gunzip.gunzip(packed, 0, packed.length, 5000)).hasSize(5000);
  }

  @Test
  void bomb_isStoppedAtTheLimit() {
    byte[] bomb = gzip(new byte[200 << 20]);
    assertThat(bomb.length).isLessThan(1 << 20);
    long allocated =
        allocatedBy(() ->
            assertThatThrownBy(() -> Gunzip.gunzip(bomb, 0, bomb.length, 1 << 20))
                .isInstanceOf(TooLargeException.class));
    assertThat(allocated).isLessThan(8 << 20);
  }

  @Test
  void smallBody_takesLittleRoom() {
    byte[] packed = gzip(someBytes(500));
    long allocated = allocatedBy(() -> Gunzip.gunzip(packed, 0, packed.length, LIMIT));
    assertThat(allocated).isLessThan(64 << 10);
  }

  @Test
  void truncatedBody_isRefusedWhereverItEnds() {
    byte[] packed = gzip(someBytes(3000));
    for (int length = 0; length < packed.length; length++) {
      int end = length;
      assertThatThrownBy(() -> Gunzip.gunzip(packed, 0, end, LIMIT))
          .as("%d bytes", end)
          .isInstanceOf(OtlpFormatException.class);
    }
  }

  @Test
  void damagedBody_isRefused() {
    byte[] packed = gzip(someBytes(3000));
    var random = new Random(9);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = packed.clone();
      int at = 10 + random.nextInt(packed.length - 10);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(Gunzip.gunzip(damaged, 0, damaged.length, LIMIT)).isEqualTo(someBytes(3000));
      } catch (OtlpFormatException | TooLargeException e) {
        assertThat(e).hasMessageMatching(".*\\d+.*");
      }
    }
  }

  @Test
  void whatIsNoGzip_isRefused() {
    byte[] packed = gzip(someBytes(10));
    byte[] withGarbage = Arrays.copyOf(packed, packed.length + 3);
    byte[] unknownHeader = packed.clone();
    unknownHeader[3] = (byte) 0x80;
    for (byte[] body : new byte[][] {"{}".getBytes(), new byte[40], withGarbage, unknownHeader}) {
      assertThatThrownBy(() -> Gunzip.gunzip(body, 0, body.length, LIMIT))
          .isInstanceOf(OtlpFormatException.class)
          .hasMessageMatching(".* at byte \\d+");
    }
  }

  private static long allocatedBy(Runnable work) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    work.run();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static byte[] someBytes(int size) {
    byte[] bytes = new byte[size];
    var random = new Random(size);
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(16));
    }
    return bytes;
  }

  private static byte[] gzip(byte[] plain) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
