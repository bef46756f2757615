package dev.probity.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The least that an intake can do: read an export, walk over every field of it, append its bytes to
 * a file, and acknowledge when the file was forced to the disk, for many at once. Knows no key, no
 * agent, no price, and nobody can ask it anything. A thread for each connection.
 */
final class Floor {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n"
          .getBytes(ISO_8859_1);

  private final FileChannel file;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition forced = lock.newCondition();
  private final Condition work = lock.newCondition();
  private List<byte[]> waiting = new ArrayList<>();
  private long appended;
  private long durable;

  private Floor(FileChannel file) {
    this.file = file;
  }

  /** PORT FILE */
  public static void main(String[] words) throws IOException {
    var floor =
        new Floor(
            FileChannel.open(
                Path.of(words[1]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    Thread.ofPlatform().daemon().start(floor::force);
    try (var server =
        new ServerSocket(Integer.parseInt(words[0]), 512, InetAddress.getLoopbackAddress())) {
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> floor.serve(client));
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream(), 64 << 10);
      OutputStream out = client.getOutputStream();
      for (int length = head(in); length >= 0; length = head(in)) {
        byte[] body = in.readNBytes(length);
        if (records(body) != ClaudeLogs.RECORDS) {
          throw new IOException("not the export that is sent here");
        }
        append(body);
        out.write(ANSWER);
      }
    } catch (IOException | InterruptedException gone) {
      // The end of the load.
    }
  }

  /** Reads a head; returns the length of the body, or -1 at the end. */
  private static int head(InputStream in) throws IOException {
    int length = -1;
    var line = new StringBuilder();
    int lines = 0;
    for (int each = in.read(); each >= 0; each = in.read()) {
      if (each != '\n') {
        line.append((char) each);
        continue;
      }
      String text = line.toString().strip().toLowerCase(Locale.ROOT);
      line.setLength(0);
      if (text.isEmpty() && lines > 0) {
        return length;
      }
      lines++;
      if (text.startsWith("content-length:")) {
        length = Integer.parseInt(text.substring(15).strip());
      }
    }
    return -1;
  }

  private void append(byte[] body) throws InterruptedException {
    lock.lock();
    try {
      waiting.add(body);
      long mine = ++appended;
      work.signal();
      while (durable < mine) {
        forced.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void force() {
    try {
      while (true) {
        List<byte[]> batch;
        long upTo;
        lock.lock();
        try {
          while (waiting.isEmpty()) {
            work.await();
          }
          batch = waiting;
          waiting = new ArrayList<>();
          upTo = appended;
        } finally {
          lock.unlock();
        }
        for (byte[] body : batch) {
          file.write(ByteBuffer.wrap(body));
        }
        file.force(false);
        lock.lock();
        try {
          durable = upTo;
          forced.signalAll();
        } finally {
          lock.unlock();
        }
      }
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Walks over a logs export; returns how many records it has. */
  private static int records(byte[] export) {
    var walk = new Walk(export);
    walk.message(0, export.length, 0);
    return walk.records;
  }

  /** Every field of every message that the export is made of. */
  private static final class Walk {
    private static final int RECORD_DEPTH = 2;

    private final byte[] bytes;
    private int at;
    private int records;

    @SuppressWarnings("unused") // So that nothing of the walk can be left out.
    private long seen;

    Walk(byte[] bytes) {
      this.bytes = bytes;
    }

    void message(int from, int to, int depth) {
      at = from;
      while (at < to) {
        int tag = (int) varint();
        switch (tag & 7) {
          case 0 -> seen += varint();
          case 1 -> at += 8;
          case 5 -> at += 4;
          default -> {
            int length = (int) varint();
            int end = at + length;
            if (isMessage(tag >>> 3, depth)) {
              records += depth == RECORD_DEPTH && tag >>> 3 == 2 ? 1 : 0;
              message(at, end, depth + 1);
            } else {
              for (int i = at; i < end; i++) {
                seen = seen * 31 + bytes[i];
              }
            }
            at = end;
          }
        }
      }
    }

    /** Request, resource logs, scope logs, record, attribute, value. */
    private static boolean isMessage(int field, int depth) {
      return switch (depth) {
        case 0 -> field == 1;
        case 1, 2 -> field == 1 || field == 2;
        case 3 -> field == 5 || field == 6;
        case 4 -> field == 2;
        default -> false;
      };
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte each = bytes[at++];
        value |= (long) (each & 0x7F) << shift;
        if (each >= 0) {
          return value;
        }
      }
    }
  }
}
