package dev.probity.clients;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs programs as an ordinary user with an empty home, in namespaces of their own in which the one
 * server under test is all the network there is, at its usual address and ports.
 */
final class Sandbox implements AutoCloseable {
  private static final int NOBODY = 65_534;
  private static final long TIMEOUT_SECONDS = 60;

  private static final List<String> SCRIPTS =
      List.of(
          "relay.mjs",
          "matrix.mjs",
          "openai.mjs",
          "anthropic.mjs",
          "genai.mjs",
          "langchain.mjs",
          "vercel.mjs");

  /** In the namespaces, as their root: the loopback, the packages where anybody can read them. */
  private static final String PREPARE =
      """
      ip link set lo up && mount --bind "$1" "$2" || exit 97
      shift 2
      exec setpriv %s --no-new-privs -- "$@"
      """;

  private final Path base;
  private final List<Integer> ports;
  private final Path packages;
  private final List<SocketRelay> relays = new ArrayList<>();
  private int runs;

  /**
   * @param base an empty folder
   * @param server all that the programs can reach, with
   * @param more ports of the same host
   */
  Sandbox(Path base, URI server, Integer... more) throws IOException, InterruptedException {
    this.packages = Packages.require();
    this.base = base;
    this.ports = Stream.concat(Stream.of(server.getPort()), Stream.of(more)).toList();
    Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (Path folder : List.of(home(), project(), packages())) {
      Files.createDirectories(folder);
    }
    for (String source : SCRIPTS) {
      Files.copy(
          Packages.SOURCES.resolve(source),
          base.resolve(source),
          StandardCopyOption.REPLACE_EXISTING);
    }
    for (int port : ports) {
      relays.add(new SocketRelay(socket(port), new InetSocketAddress(server.getHost(), port)));
    }
    Result tried = run(Map.of(), List.of("true"));
    if (tried.exitCode() != 0) {
      close();
      Packages.skip("cannot make namespaces here: " + tried.errors().strip());
    }
  }

  /** The programs' home folder. */
  Path home() {
    return base.resolve("home");
  }

  /** The folder that the programs run in. */
  Path project() {
    return base.resolve("project");
  }

  /** Where the programs see the npm packages. */
  Path packages() {
    return base.resolve("packages");
  }

  /** Node.js, which comes with the packages: Debian's is older than they want. */
  private Path node() {
    String folder = "node_modules/node-linux-" + Packages.architecture("x64", "arm64");
    return packages().resolve(folder).resolve("bin/node");
  }

  /** A script of {@code src/test/clients}, where the programs can read it. */
  Path script(String name) {
    return base.resolve(name);
  }

  /** Puts a file into the programs' home folder. */
  void writeHome(String path, String content) throws IOException {
    Path file = home().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** Runs a command to its end. */
  Result run(Invocation invocation) throws IOException, InterruptedException {
    return run(invocation.environment(), invocation.command());
  }

  /**
   * Runs a command to its end.
   *
   * @param environment on top of an almost empty one
   */
  Result run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Started started = start(new Invocation(environment, command));
    if (!started.process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      kill(started.process);
      throw new AssertionError(
          "not done in "
              + TIMEOUT_SECONDS
              + " s: "
              + command
              + "\n"
              + Files.readString(started.errors));
    }
    return new Result(
        started.process.exitValue(),
        Files.readString(started.out),
        Files.readString(started.errors));
  }

  /** Runs a command and kills it as soon as the server has streamed a few events to it. */
  void runUntilItHears(Invocation invocation) throws IOException, InterruptedException {
    Started started = start(invocation);
    boolean heard = relays.getFirst().awaitEvents(3, TIMEOUT_SECONDS);
    kill(started.process);
    if (!heard) {
      throw new AssertionError(
          "heard nothing: "
              + invocation.command()
              + "\n"
              + Files.readString(started.out)
              + Files.readString(started.errors));
    }
  }

  /** The first process in the namespaces takes all others there with it. */
  private static void kill(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  private record Started(Process process, Path out, Path errors) {}

  private Started start(Invocation invocation) throws IOException {
    boolean root =
        base.getFileSystem().provider().readAttributes(base, "unix:uid").get("uid").equals(0);
    List<String> line = line(root);
    line.addAll(invocation.command());
    if (root) {
      own(home());
      own(project());
    }
    Path out = base.resolve("out-" + runs);
    Path errors = base.resolve("errors-" + runs++);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(project().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", node().getParent() + ":/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("HOME", home().toString());
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().putAll(invocation.environment());
    return new Started(builder.start(), out, errors);
  }

  /** What a command is put behind. */
  private List<String> line(boolean root) {
    List<String> line = new ArrayList<>();
    line.add(Packages.requireProgram("unshare").toString());
    if (!root) {
      line.addAll(List.of("--user", "--map-current-user", "--keep-caps"));
    }
    String drop =
        root
            ? "--reuid " + NOBODY + " --regid " + NOBODY + " --clear-groups"
            : "--inh-caps=-all --ambient-caps=-all";
    line.addAll(
        List.of("--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c"));
    line.addAll(List.of(PREPARE.formatted(drop), "sh", packages.toString(), packages().toString()));
    line.addAll(List.of(node().toString(), script("relay.mjs").toString()));
    for (int port : ports) {
      line.addAll(List.of(Integer.toString(port), socket(port).toString()));
    }
    line.add("--");
    return line;
  }

  private static void own(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        Files.setAttribute(path, "unix:uid", NOBODY);
        Files.setAttribute(path, "unix:gid", NOBODY);
      }
    }
  }

  /** Where connections to a port leave the namespaces. */
  private Path socket(int port) {
    return base.resolve("out-" + port + ".socket");
  }

  @Override
  public void close() throws IOException {
    for (SocketRelay relay : relays) {
      relay.close();
    }
  }

  /** What became of a run. */
  record Result(int exitCode, String out, String errors) {
    /** What it printed, which must be JSON, after a success. */
    JsonNode json() {
      if (exitCode != 0) {
        throw new AssertionError("exit code " + exitCode + "\n" + out + "\n" + errors);
      }
      return JsonMapper.shared().readTree(out);
    }
  }
}
