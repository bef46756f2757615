package dev.probity.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Probity as a process of its own, as an operator runs it: to be killed, and to have its output
 * read.
 */
public final class ProbityProcess implements AutoCloseable {
  private static final String READY = "Probity is ready: ";
  private static final Pattern OTLP =
      Pattern.compile("  OTLP +(\\S+) \\(gRPC\\), (\\S+) \\(HTTP\\)");

  private final Process process;
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private final CompletableFuture<Map<String, URI>> reports = new CompletableFuture<>();
  private final StringBuffer output = new StringBuffer();
  private final Thread reading;

  private ProbityProcess(Process process) {
    this.process = process;
    this.reading = Thread.ofVirtual().start(this::read);
  }

  /** Starts it on a free port and waits until it serves. */
  public static ProbityProcess start(Path data, Map<String, String> environment, String... options)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--port",
                "0",
                "--data",
                data.toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(data.toAbsolutePath().getParent().toFile());
    builder.environment().put("PROBITY_ADMIN_KEY", RunningProbity.OWNER_KEY);
    builder.environment().putAll(environment);
    ProbityProcess started = new ProbityProcess(builder.start());
    started.ready.get(60, TimeUnit.SECONDS);
    return started;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        output.append(line).append('\n');
        if (line.startsWith(READY)) {
          ready.complete(URI.create(line.substring(READY.length()).strip()));
        }
        Matcher otlp = OTLP.matcher(line);
        if (otlp.matches()) {
          reports.complete(
              Map.of("gRPC", URI.create(otlp.group(1)), "HTTP", URI.create(otlp.group(2))));
        }
      }
    } catch (IOException e) {
      output.append(e);
    }
    ready.completeExceptionally(new IllegalStateException("it did not start:\n" + output));
    reports.completeExceptionally(new IllegalStateException("it named no ports:\n" + output));
  }

  public URI baseUri() {
    return ready.join();
  }

  /** Where agents report by gRPC. */
  public URI otlpGrpc() {
    return Objects.requireNonNull(reports.join().get("gRPC"));
  }

  /** Where agents report over HTTP. */
  public URI otlpHttp() {
    return Objects.requireNonNull(reports.join().get("HTTP"));
  }

  /** Everything it has printed. */
  public String output() {
    return output.toString();
  }

  /** Kills it as the kernel would: no handler of its own runs. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    reading.join();
  }

  /** Asks it to end, and returns its exit status. */
  public int terminate() throws InterruptedException {
    process.destroy();
    int status = process.waitFor();
    reading.join();
    return status;
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
