package dev.probity.telemetry.place;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The countries of all addresses, as ranges that each go up to the next: those of IPv4 exactly,
 * those of IPv6 by their first 48 bits.
 *
 * <p>The file is gzip of: {@code PCR1}; the number of countries in a byte, and their codes of two
 * letters, the first of which is {@code --} for nowhere; then for IPv4 and for IPv6 the number of
 * ranges, the gaps between their first addresses (both in LEB128), and a byte for each range's
 * country.
 */
final class CountryRanges {
  static final String MAGIC = "PCR1";
  static final String NOWHERE = "--";

  /** How many of an IPv6 address's bits are looked at. */
  static final int IPV6_BITS = 48;

  private static final int MOST_RANGES = 4_000_000;

  private final String[] codes;
  private final Family ipv4;
  private final Family ipv6;

  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record Family(long[] starts, byte[] countries) {
    int countryOf(long address) {
      int found = Arrays.binarySearch(starts, address);
      int range = found >= 0 ? found : -found - 2;
      return range < 0 ? 0 : Byte.toUnsignedInt(countries[range]);
    }
  }

  private CountryRanges(String[] codes, Family ipv4, Family ipv6) {
    this.codes = codes;
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
  }

  /** Reads the table that is part of the product: takes a moment and some megabytes. */
  static CountryRanges bundled() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(CountryRanges.class.getResourceAsStream("/geo/country-ranges.gz"))) {
      return read(file);
    }
  }

  static CountryRanges read(InputStream file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(new GZIPInputStream(file)))) {
      if (!MAGIC.equals(text(in, MAGIC.length()))) {
        throw new IOException("not a table of countries");
      }
      String[] codes = new String[in.readUnsignedByte()];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = text(in, 2);
      }
      return new CountryRanges(codes, family(in, codes.length), family(in, codes.length));
    }
  }

  /** The country's code; empty if it is not known. */
  Optional<String> countryOf(InetAddress address) {
    byte[] bytes = address.getAddress();
    int country =
        bytes.length == Integer.BYTES
            ? ipv4.countryOf(Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()))
            : ipv6.countryOf(ByteBuffer.wrap(bytes).getLong() >>> (Long.SIZE - IPV6_BITS));
    return country == 0 ? Optional.empty() : Optional.of(codes[country]);
  }

  private static Family family(DataInputStream in, int codes) throws IOException {
    long count = leb128(in);
    if (count > MOST_RANGES) {
      throw new IOException("a table of " + count + " ranges (expected: fewer)");
    }
    long[] starts = new long[(int) count];
    long start = 0;
    for (int i = 0; i < starts.length; i++) {
      start += leb128(in);
      starts[i] = start;
    }
    byte[] countries = in.readNBytes(starts.length);
    for (byte country : countries) {
      if (Byte.toUnsignedInt(country) >= codes) {
        throw new IOException("a range of no country");
      }
    }
    return new Family(starts, countries);
  }

  private static long leb128(DataInputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int part = in.readUnsignedByte();
      value |= (long) (part & 0x7f) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw new IOException("a number that does not end");
  }

  private static String text(DataInputStream in, int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
  }
}
