package dev.probity.telemetry.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CountryRangesTest {
  @Test
  void ranges_areReadAsTheyWereWritten() throws IOException {
    Random random = new Random(3);
    String[] codes = {CountryRanges.NOWHERE, "AA", "BB", "ZZ"};
    TreeMap<Long, String> ipv4 = new TreeMap<>();
    TreeMap<Long, String> ipv6 = new TreeMap<>();
    for (int i = 0; i < 2_000; i++) {
      ipv4.put(random.nextLong(1L << 32), codes[random.nextInt(codes.length)]);
      ipv6.put(random.nextLong(1L << 48), codes[random.nextInt(codes.length)]);
    }
    CountryRanges ranges = read(ipv4, ipv6);

    for (int i = 0; i < 20_000; i++) {
      long address = random.nextLong(1L << 32);
      assertThat(ranges.countryOf(ipv4(address)).orElse(CountryRanges.NOWHERE))
          .isEqualTo(expected(ipv4, address));
      long prefix = random.nextLong(1L << 48);
      assertThat(ranges.countryOf(ipv6(prefix)).orElse(CountryRanges.NOWHERE))
          .isEqualTo(expected(ipv6, prefix));
    }
    for (Map.Entry<Long, String> first : ipv4.entrySet()) {
      assertThat(ranges.countryOf(ipv4(first.getKey())).orElse(CountryRanges.NOWHERE))
          .isEqualTo(first.getValue());
    }
  }

  @Test
  void bundledTable_knowsNoCountryWithoutAMiddle() throws IOException {
    CountryRanges bundled = CountryRanges.bundled();
    Countries countries = Countries.read();
    Random random = new Random(5);
    int known = 0;
    for (int i = 0; i < 50_000; i++) {
      InetAddress address = ipv4(random.nextLong(1L << 24, 224L << 24));
      if (bundled.countryOf(address).isPresent()) {
        known++;
        assertThat(bundled.countryOf(address).flatMap(countries::middle)).isPresent();
      }
    }
    assertThat(known).isGreaterThan(45_000);
  }

  @Test
  void damagedTable_isRefusedOrAnswers() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    CountryRangesWriter.write(
        new TreeMap<>(Map.of(0L, "DE", 9L, "FR")), new TreeMap<>(Map.of(0L, "DE")), file);
    Random random = new Random(11);
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = file.toByteArray();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try {
        assertThat(
                CountryRanges.read(new ByteArrayInputStream(damaged))
                    .countryOf(ipv4(random.nextLong(1L << 32))))
            .isNotNull();
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }
  }

  private static CountryRanges read(TreeMap<Long, String> ipv4, TreeMap<Long, String> ipv6)
      throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    CountryRangesWriter.write(ipv4, ipv6, file);
    return CountryRanges.read(new ByteArrayInputStream(file.toByteArray()));
  }

  private static String expected(TreeMap<Long, String> ranges, long address) {
    Map.Entry<Long, String> range = ranges.floorEntry(address);
    return range == null ? CountryRanges.NOWHERE : range.getValue();
  }

  private static InetAddress ipv4(long address) throws UnknownHostException {
    return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt((int) address).array());
  }

  private static InetAddress ipv6(long prefix) throws UnknownHostException {
    return InetAddress.getByAddress(ByteBuffer.allocate(16).putLong(prefix << 16).array());
  }
}
