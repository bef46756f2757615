package dev.probity.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;

/**
 * {@code gateway}, {@code telemetry}, {@code profile} or {@code memory}, after the folder that
 * Probity is in.
 */
final class Main {
  private Main() {}

  public static void main(String[] words) throws IOException {
    Path home = Path.of(words[0]).toAbsolutePath().normalize();
    List<String> rest = Arrays.asList(words).subList(2, words.length);
    Path folder = Files.createTempDirectory("probity-bench-");
    // nginx's workers are another user when it is started by root.
    folder.toFile().setExecutable(true, false);
    folder.toFile().setReadable(true, false);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endChildren(folder)));
    boolean good;
    try {
      good =
          switch (words[1]) {
            case "gateway" -> new GatewayBench(Options.parse(rest, home), folder).run();
            case "telemetry" -> new TelemetryBench(rest, home, folder).run();
            case "profile" -> ProfileRun.run(rest, home, folder);
            case "memory" -> MemoryRun.run(rest, home, folder);
            default -> throw new IllegalArgumentException("Unknown bench '" + words[1] + "'.");
          };
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage());
      System.exit(2);
      return;
    } catch (Exception failure) {
      failure.printStackTrace();
      System.exit(1);
      return;
    }
    System.exit(good ? 0 : 1);
  }

  /** Whatever way this process ends: nothing that it started runs on, nothing is left on disk. */
  private static void endChildren(Path folder) {
    List<ProcessHandle> children = ProcessHandle.current().children().toList();
    List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
    children.forEach(ProcessHandle::destroy);
    // nginx's first process collects its workers, if it is given the time.
    long deadline = System.nanoTime() + 2_000_000_000L;
    while (System.nanoTime() < deadline && all.stream().anyMatch(ProcessHandle::isAlive)) {
      Ports.pause(20);
    }
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException leftover) {
      System.err.println("Could not remove " + folder + ": " + leftover);
    }
  }
}
