package dev.probity.kernel.seal;

import dev.probity.kernel.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Where the master key comes from: the environment, else a key file that the operator names, else
 * {@code master.key} in the data folder, which is made on the first start. Only the first two keep
 * the key apart from the data that it protects.
 */
public final class MasterKeyFile {
  private static final System.Logger LOG = System.getLogger(MasterKeyFile.class.getName());
  private static final String NAME = "master.key";
  private static final String REMEDY =
      "Check the path and its permissions, or give the key in PROBITY_MASTER_KEY.";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private MasterKeyFile() {}

  /**
   * The master key.
   *
   * @param data the data folder; made if it is not there
   * @param environment the value of PROBITY_MASTER_KEY: base 64 of 32 bytes
   * @param file a key file outside the data folder; must exist
   * @param random must be fit for cryptography
   * @throws MasterKeyException if there is none or it is not one
   */
  public static MasterKey open(
      Path data, Optional<Secret> environment, Optional<Path> file, RandomGenerator random) {
    if (environment.isPresent()) {
      return MasterKey.parse(environment.get())
          .orElseThrow(() ->
              new MasterKeyException(
                  "PROBITY_MASTER_KEY is not base 64 of 32 bytes. Make one with: openssl rand"
                      + " -base64 32",
                  null));
    }
    try {
      Path path = file.orElse(data.resolve(NAME));
      if (file.isEmpty() && Files.notExists(path)) {
        create(data, path, random);
      }
      return read(path);
    } catch (IOException e) {
      throw new MasterKeyException(
          "The master key cannot be read or made: " + e.getMessage() + ". " + REMEDY, e);
    }
  }

  private static MasterKey read(Path path) throws IOException {
    if (Files.size(path) > 1024) {
      throw new MasterKeyException(path + " is too long for a key file. " + REMEDY, null);
    }
    warnIfOthersMayRead(path);
    Secret text = new Secret(Files.readString(path, StandardCharsets.ISO_8859_1));
    return MasterKey.parse(text)
        .orElseThrow(() ->
            new MasterKeyException(
                path + " does not hold base 64 of 32 bytes. Restore it from a backup.", null));
  }

  /** The file appears whole or not at all, so that a crash cannot leave half a key. */
  private static void create(Path data, Path path, RandomGenerator random) throws IOException {
    Files.createDirectories(data);
    if (Files.exists(data.resolve("control.db"))) {
      throw new MasterKeyException(
          path
              + " is missing, but the folder has stores that were encrypted with it. Restore the"
              + " file from a backup, or give the key in PROBITY_MASTER_KEY.",
          null);
    }
    byte[] key = new byte[MasterKey.BYTES];
    random.nextBytes(key);
    String text = MasterKey.of(key).text().reveal() + "\n";
    Path draft = Files.createTempFile(data, NAME, ".new");
    try {
      if (isPosix(draft)) {
        Files.setPosixFilePermissions(draft, OWNER_ONLY);
      }
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
        channel.force(true);
      }
      Files.move(draft, path);
    } catch (FileAlreadyExistsException e) {
      LOG.log(System.Logger.Level.DEBUG, "another process made the key file first", e);
    } finally {
      Files.deleteIfExists(draft);
    }
    try (FileChannel folder = FileChannel.open(data, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static void warnIfOthersMayRead(Path path) throws IOException {
    if (isPosix(path)) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      if (!OWNER_ONLY.containsAll(permissions)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} may be read by others ({1}). Run: chmod 600 {0}",
            path,
            PosixFilePermissions.toString(permissions));
      }
    }
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }
}
