package dev.probity.bench;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Exports from many exporters for a while: as fast as they are acknowledged, or so many a second
 * whether they are or not (one that is late waits in line, and its wait counts). All of it on one
 * event loop.
 */
final class ExportLoad {
  /**
   * @param seconds from the first export to the last acknowledgement
   * @param acks from when an export was due to its acknowledgement
   */
  record Result(
      long acknowledged, long failed, String firstFailure, double seconds, Histogram acks) {}

  /** How an exporter is made. */
  interface Kind {
    Exporter open(EventLoop loop, int port, String key, java.util.function.Consumer<String> done);
  }

  private final EventLoop loop;
  private final ClaudeLogs logs;
  private final double perSecond;
  private final long endNanos;
  private final long startNanos = System.nanoTime();
  private final List<Line> lines = new ArrayList<>();
  private final ArrayDeque<Line> idle = new ArrayDeque<>();
  private final ArrayDeque<Long> due = new ArrayDeque<>();
  private final CompletableFuture<Result> result = new CompletableFuture<>();
  private final Histogram acks = new Histogram();
  private long planned;
  private boolean allPlanned;
  private long acknowledged;
  private long failed;
  private String firstFailure = "";

  /** One exporter and the export that it waits for. */
  private final class Line {
    private Exporter exporter;
    private long dueNanos;
  }

  private ExportLoad(EventLoop loop, ClaudeLogs logs, double perSecond, double seconds) {
    this.loop = loop;
    this.logs = logs;
    this.perSecond = perSecond;
    endNanos = startNanos + (long) (seconds * 1e9);
  }

  /**
   * @param perSecond exports a second; 0: as many as are acknowledged
   */
  static Result run(
      EventLoop loop,
      Kind kind,
      int port,
      String key,
      ClaudeLogs logs,
      int exporters,
      double perSecond,
      double seconds)
      throws Exception {
    List<Exporter> opened = new ArrayList<>();
    List<CompletableFuture<ExportLoad>> later = new ArrayList<>();
    for (int i = 0; i < exporters; i++) {
      var load = new CompletableFuture<ExportLoad>();
      int line = i;
      later.add(load);
      opened.add(kind.open(loop, port, key, failure -> load.join().ended(line, failure)));
    }
    var load = new ExportLoad(loop, logs, perSecond, seconds);
    for (int i = 0; i < exporters; i++) {
      Line line = load.new Line();
      line.exporter = opened.get(i);
      load.lines.add(line);
      load.idle.add(line);
      later.get(i).complete(load);
    }
    loop.execute(load::begin);
    try {
      return load.result.get((long) seconds + 60, TimeUnit.SECONDS);
    } finally {
      opened.forEach(exporter -> loop.execute(exporter::close));
    }
  }

  private void begin() {
    if (perSecond > 0) {
      tick();
    } else {
      while (!idle.isEmpty()) {
        send(idle.poll(), System.nanoTime());
      }
    }
  }

  private void tick() {
    long now = System.nanoTime();
    long until = (long) ((Math.min(now, endNanos) - startNanos) / 1e9 * perSecond);
    for (; planned < until; planned++) {
      due.add(startNanos + (long) (planned / perSecond * 1e9));
    }
    while (!due.isEmpty() && !idle.isEmpty()) {
      send(idle.poll(), due.poll());
    }
    if (now < endNanos) {
      loop.schedule(this::tick, 1, TimeUnit.MILLISECONDS);
    } else {
      allPlanned = true;
      endIfDone();
    }
  }

  private void send(Line line, long dueNanos) {
    line.dueNanos = dueNanos;
    line.exporter.send(logs.next(System.currentTimeMillis()));
  }

  private void ended(int index, String failure) {
    Line line = lines.get(index);
    long now = System.nanoTime();
    if (failure.isEmpty()) {
      acknowledged++;
      acks.record(now - line.dueNanos);
    } else {
      failed++;
      firstFailure = firstFailure.isEmpty() ? failure : firstFailure;
    }
    if (perSecond > 0 && !due.isEmpty()) {
      send(line, due.poll());
    } else if (perSecond == 0 && now < endNanos && failed < 1_000) {
      send(line, now);
    } else {
      idle.add(line);
      endIfDone();
    }
  }

  private void endIfDone() {
    boolean over = perSecond > 0 ? allPlanned : System.nanoTime() >= endNanos;
    if (over && due.isEmpty() && idle.size() == lines.size()) {
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      result.complete(new Result(acknowledged, failed, firstFailure, seconds, acks));
    }
  }
}
