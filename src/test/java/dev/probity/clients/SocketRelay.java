package dev.probity.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The outer half of the way out of a {@link Sandbox}: a Unix socket, which crosses network
 * namespaces, from which every connection goes on to one TCP port of this machine.
 */
final class SocketRelay implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final InetSocketAddress target;
  private final Semaphore events = new Semaphore(0);

  SocketRelay(Path socket, InetSocketAddress target) throws IOException {
    this.target = target;
    this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel inside = listener.accept();
        SocketChannel outside = SocketChannel.open(target);
        Thread.ofVirtual().start(() -> copy(inside, outside, false));
        Thread.ofVirtual().start(() -> copy(outside, inside, true));
      }
    } catch (ClosedChannelException closed) {
      // The end of the test.
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A connection that breaks off on one side breaks off on the other; an end is an end. */
  private void copy(SocketChannel from, SocketChannel to, boolean answers) {
    ByteBuffer buffer = ByteBuffer.allocate(65_536);
    try {
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        if (answers) {
          events.release(events(buffer));
        }
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
      to.shutdownOutput();
    } catch (IOException broken) {
      close(from);
      close(to);
    }
  }

  /** Waits until so many events of a stream have come back through here. */
  boolean awaitEvents(int count, long seconds) throws InterruptedException {
    return events.tryAcquire(count, seconds, TimeUnit.SECONDS);
  }

  /** How many events of a stream begin in these bytes, which each of them does as a whole. */
  private static int events(ByteBuffer buffer) {
    String text =
        new String(buffer.array(), buffer.position(), buffer.remaining(), StandardCharsets.UTF_8);
    // Over a WebSocket each is a frame of its own.
    return text.split("data:|[{]\"type\":\"response[.]", -1).length - 1;
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to be done for it.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
