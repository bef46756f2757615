package dev.probity.telemetry.place;

import dev.probity.http.AddressRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes small MMDB databases: a binary trie of addresses, and maps of text and numbers. */
final class MmdbWriter {
  private static final int EMPTY = -1;

  /** Children by node and bit; below {@code -1} a leaf's number. */
  private final List<int[]> nodes = new ArrayList<>();

  private final List<Map<String, ?>> leaves = new ArrayList<>();
  private final String databaseType;

  MmdbWriter(String databaseType) {
    this.databaseType = databaseType;
    nodes.add(new int[] {EMPTY, EMPTY});
  }

  MmdbWriter put(String range, Map<String, ?> value) {
    AddressRange network = AddressRange.parse(range);
    boolean ipv4 = network.address().getAddress().length == 4;
    byte[] address = sixteenBytes(network.address());
    int bits = network.prefix() + (ipv4 ? 96 : 0);
    int node = 0;
    for (int i = 0; i < bits - 1; i++) {
      int bit = bit(address, i);
      if (nodes.get(node)[bit] < 0) {
        nodes.add(new int[] {EMPTY, EMPTY});
        nodes.get(node)[bit] = nodes.size() - 1;
      }
      node = nodes.get(node)[bit];
    }
    leaves.add(value);
    nodes.get(node)[bit(address, bits - 1)] = -1 - leaves.size();
    return this;
  }

  Path write(Path file) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    List<Integer> offsets = new ArrayList<>();
    for (Map<String, ?> leaf : leaves) {
      offsets.add(data.size());
      value(data, leaf);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int[] node : nodes) {
      for (int child : node) {
        int record =
            child >= 0
                ? child
                : child == EMPTY ? nodes.size() : nodes.size() + 16 + offsets.get(-child - 2);
        out.write(new byte[] {(byte) (record >> 16), (byte) (record >> 8), (byte) record});
      }
    }
    out.write(new byte[16]);
    data.writeTo(out);
    out.write(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
    out.write("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("binary_format_major_version", 2);
    metadata.put("binary_format_minor_version", 0);
    metadata.put("build_epoch", 1_700_000_000L);
    metadata.put("database_type", databaseType);
    metadata.put("description", Map.of());
    metadata.put("ip_version", 6);
    metadata.put("languages", List.of());
    metadata.put("node_count", (long) nodes.size());
    metadata.put("record_size", 24);
    value(out, metadata);
    return Files.write(file, out.toByteArray());
  }

  private static void value(ByteArrayOutputStream out, Object value) throws IOException {
    switch (value) {
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        head(out, 2, bytes.length);
        out.write(bytes);
      }
      case Double number -> {
        head(out, 3, 8);
        out.write(ByteBuffer.allocate(8).putDouble(number).array());
      }
      case Integer number -> {
        head(out, 5, 2);
        out.write(ByteBuffer.allocate(2).putShort(number.shortValue()).array());
      }
      case Long number -> {
        head(out, 6, 4);
        out.write(ByteBuffer.allocate(4).putInt(number.intValue()).array());
      }
      case Map<?, ?> map -> {
        head(out, 7, map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          value(out, entry.getKey());
          value(out, entry.getValue());
        }
      }
      case List<?> list -> {
        // An extended type: its number, less seven, in a byte of its own.
        out.write(list.size());
        out.write(11 - 7);
        for (Object element : list) {
          value(out, element);
        }
      }
      default -> throw new IllegalArgumentException(value.getClass().toString());
    }
  }

  private static void head(ByteArrayOutputStream out, int type, int size) {
    if (size < 29) {
      out.write(type << 5 | size);
    } else {
      out.write(type << 5 | 29);
      out.write(size - 29);
    }
  }

  private static byte[] sixteenBytes(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16 ? bytes : ByteBuffer.allocate(16).put(12, bytes).array();
  }

  private static int bit(byte[] address, int index) {
    return address[index / 8] >> (7 - index % 8) & 1;
  }
}
