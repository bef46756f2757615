package dev.probity.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** Sends the requests of a workload to a port of this machine, from one event loop. */
final class LoadGenerator implements AutoCloseable {
  private static final long GRACE_SECONDS = 30;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("clients"), EpollIoHandler.newFactory());

  /** Returns when all answers are there, or {@link #GRACE_SECONDS} after the last request. */
  LoadResult run(int port, String key, Workload workload, Payload payload) {
    ByteBuf request = Payload.shared(request(port, key, payload.request()));
    var run = new LoadRun(loop.next(), port, workload, payload, request);
    try {
      return run.start().get((long) workload.seconds() + 2 * GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new IllegalStateException("the load did not come to its end", failure);
    }
  }

  /** A request as the OpenAI client for Node sends it. */
  static byte[] request(int port, String key, byte[] body) {
    byte[] head =
        """
        POST /v1/chat/completions HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Accept: application/json\r
        Content-Type: application/json\r
        User-Agent: OpenAI/JS 6.9.0\r
        X-Stainless-Retry-Count: 0\r
        X-Stainless-Lang: js\r
        X-Stainless-Package-Version: 6.9.0\r
        X-Stainless-OS: Linux\r
        X-Stainless-Arch: x64\r
        X-Stainless-Runtime: node\r
        X-Stainless-Runtime-Version: v22.11.0\r
        Authorization: Bearer %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(port, key, body.length)
            .getBytes(US_ASCII);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  static long graceSeconds() {
    return GRACE_SECONDS;
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
