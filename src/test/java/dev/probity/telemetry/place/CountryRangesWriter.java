package dev.probity.telemetry.place;

import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Makes {@code country-ranges.gz} from MMDB databases of countries, one of IPv4 and one of IPv6.
 * See {@code src/main/resources/geo/README.md}.
 */
final class CountryRangesWriter {
  private CountryRangesWriter() {}

  /**
   * Run by hand.
   *
   * @param arguments the database of IPv4, that of IPv6, and the file to write
   */
  public static void main(String[] arguments) throws IOException, InvalidNetworkException {
    Path target = Path.of(arguments[2]);
    try (OutputStream out = Files.newOutputStream(target)) {
      write(
          countries(Path.of(arguments[0]), Integer.SIZE),
          countries(Path.of(arguments[1]), CountryRanges.IPV6_BITS),
          out);
    }
  }

  /** Writes ranges by their first addresses. */
  static void write(
      NavigableMap<Long, String> ipv4, NavigableMap<Long, String> ipv6, OutputStream file)
      throws IOException {
    SortedSet<String> names = new TreeSet<>(ipv4.values());
    names.addAll(ipv6.values());
    names.remove(CountryRanges.NOWHERE);
    List<String> codes =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(CountryRanges.NOWHERE), names.stream())
            .toList();
    try (DataOutputStream out = new DataOutputStream(smallest(file))) {
      out.write(CountryRanges.MAGIC.getBytes(StandardCharsets.US_ASCII));
      out.writeByte(codes.size());
      for (String code : codes) {
        out.write(code.getBytes(StandardCharsets.US_ASCII));
      }
      family(ipv4, codes, out);
      family(ipv6, codes, out);
    }
  }

  private static void family(
      NavigableMap<Long, String> ranges, List<String> codes, DataOutputStream out)
      throws IOException {
    ByteArrayOutputStream countries = new ByteArrayOutputStream();
    ByteArrayOutputStream gaps = new ByteArrayOutputStream();
    String before = "";
    long last = 0;
    int count = 0;
    for (Map.Entry<Long, String> range : ranges.entrySet()) {
      if (!range.getValue().equals(before)) {
        leb128(range.getKey() - last, gaps);
        countries.write(codes.indexOf(range.getValue()));
        last = range.getKey();
        before = range.getValue();
        count++;
      }
    }
    leb128(count, out);
    gaps.writeTo(out);
    countries.writeTo(out);
  }

  /** Of several countries within one of the smallest steps, the last counts. */
  private static NavigableMap<Long, String> countries(Path database, int bits)
      throws IOException, InvalidNetworkException {
    TreeMap<Long, String> ranges = new TreeMap<>(Map.of(0L, CountryRanges.NOWHERE));
    try (Reader reader = new Reader(database.toFile())) {
      @SuppressWarnings("rawtypes")
      Networks<Map> networks = reader.networks(true, Map.class);
      while (networks.hasNext()) {
        @SuppressWarnings("rawtypes")
        DatabaseRecord<Map> found = networks.next();
        byte[] address = found.network().networkAddress().getAddress();
        long start =
            address.length == Integer.BYTES
                ? Integer.toUnsignedLong(ByteBuffer.wrap(address).getInt())
                : ByteBuffer.wrap(address).getLong() >>> (Long.SIZE - bits);
        int rest = Math.max(0, bits - found.network().prefixLength());
        String code = String.valueOf(found.data().get("country_code"));
        ranges.put(start, code);
        // What follows is nowhere, unless the next network says otherwise.
        ranges.put(start + (1L << rest), CountryRanges.NOWHERE);
      }
    }
    return ranges;
  }

  private static GZIPOutputStream smallest(OutputStream file) throws IOException {
    return new GZIPOutputStream(file) {
      {
        def.setLevel(Deflater.BEST_COMPRESSION);
      }
    };
  }

  private static void leb128(long value, OutputStream out) throws IOException {
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
