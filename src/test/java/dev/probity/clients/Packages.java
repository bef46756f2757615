package dev.probity.clients;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the npm packages of {@code src/test/clients} lie, as its {@code install} put them. */
final class Packages {
  static final Path SOURCES = Path.of("src/test/clients").toAbsolutePath();

  private Packages() {}

  /**
   * The folder that has {@code node_modules}. Without one the test is skipped, and says how to get
   * it. {@code PROBITY_CACHE} or {@code .cache} is the cache.
   */
  static Path require() {
    String cache = Optional.ofNullable(System.getenv("PROBITY_CACHE")).orElse(".cache");
    Path folder = Path.of(cache).toAbsolutePath().resolve("clients-" + hash());
    if (!Files.isDirectory(folder)) {
      skip("no npm packages in " + folder + "; run src/test/clients/install " + cache);
    }
    return folder;
  }

  /** A program's absolute path; without it the test is skipped. */
  static Path requireProgram(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    for (String folder : path.split(Pattern.quote(File.pathSeparator), -1)) {
      Path program = Path.of(folder, name);
      if (!folder.isEmpty() && Files.isExecutable(program)) {
        return program;
      }
    }
    return skip("no " + name + " on the PATH");
  }

  /** A word for this machine's architecture: one vendor's, or another's. */
  static String architecture(String onAmd64, String onAarch64) {
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> onAmd64;
      case "aarch64" -> onAarch64;
      default -> skip("no coding agents for " + System.getProperty("os.arch"));
    };
  }

  static <T> T skip(String reason) {
    System.err.println("SKIPPED: the real clients are not tested: " + reason);
    return abort(reason);
  }

  private static String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(SOURCES.resolve("package.json")));
      digest.update(Files.readAllBytes(SOURCES.resolve("package-lock.json")));
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (IOException | NoSuchAlgorithmException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
