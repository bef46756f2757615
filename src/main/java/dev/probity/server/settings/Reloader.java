package dev.probity.server.settings;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Reads the settings file again when it changes. It is looked at twice a second rather than
 * watched, because editors and orchestrators replace files and links in ways that watching misses;
 * it is read once it has stayed the same between two looks, so never half-written. A file with
 * mistakes is reported and changes nothing.
 */
public final class Reloader implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger(Reloader.class.getName());
  private static final long PAUSE_MILLIS = 500;

  private final Path file;
  private final Map<String, String> environment;
  private final UnaryOperator<Settings> adjust;
  private final Consumer<Settings> listener;
  private final AtomicReference<Settings> inForce;
  private Look read;
  private Look last;
  private volatile boolean closed;
  private Optional<Thread> thread = Optional.empty();

  /** What the file looked like from outside. */
  private record Look(boolean present, long modifiedMillis, long size, String fileKey) {
    static Look at(Path file) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Look(
            true,
            attributes.lastModifiedTime().toMillis(),
            attributes.size(),
            String.valueOf(attributes.fileKey()));
      } catch (IOException e) {
        return new Look(false, 0, 0, "");
      }
    }
  }

  /**
   * @param inForce what the file said when it was last read
   * @param adjust what the command line adds to a file's settings, such as a port
   * @param listener gets new settings, on this object's thread
   */
  public Reloader(
      Path file,
      Map<String, String> environment,
      Settings inForce,
      UnaryOperator<Settings> adjust,
      Consumer<Settings> listener) {
    this.file = file;
    this.environment = environment;
    this.inForce = new AtomicReference<>(inForce);
    this.adjust = adjust;
    this.listener = listener;
    this.read = Look.at(file);
    this.last = read;
  }

  /** Begins to look. */
  public Reloader start() {
    thread = Optional.of(Thread.ofVirtual().name("settings-reloader").start(this::look));
    return this;
  }

  private void look() {
    while (!closed) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      check();
    }
  }

  /** One look. Reads the file if it changed and has settled. */
  void check() {
    Look now = Look.at(file);
    boolean settled = now.equals(last);
    last = now;
    if (settled && !now.equals(read)) {
      read = now;
      reload();
    }
  }

  private void reload() {
    try {
      Settings before = inForce.get();
      Settings after = adjust.apply(SettingsFile.read(file, environment));
      if (after.equals(before)) {
        return;
      }
      List<String> later = after.changedButOnlyReadAtStart(before);
      if (!later.isEmpty()) {
        LOGGER.log(
            Level.WARNING,
            "{0}: changes of {1} take effect with the next start",
            file,
            String.join(", ", later));
      }
      listener.accept(after);
      inForce.set(after);
      LOGGER.log(Level.INFO, "{0}: new settings are in force", file);
    } catch (SettingsException e) {
      LOGGER.log(Level.ERROR, "{0}\nThe settings in force stay.", e.getMessage());
    } catch (RuntimeException e) {
      LOGGER.log(Level.ERROR, "The new settings could not be put in force", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.ifPresent(Thread::interrupt);
  }
}
