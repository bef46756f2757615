package dev.probity.server;

import dev.probity.kernel.Clock;
import dev.probity.kernel.seal.MasterKeyException;
import dev.probity.server.settings.Reloader;
import dev.probity.server.settings.Settings;
import dev.probity.server.settings.SettingsException;
import dev.probity.server.settings.SettingsFile;
import dev.probity.storage.AtRestException;
import dev.probity.storage.StorageException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/** {@code ./probity run}: serves until it is told to end, then drains. */
final class RunCommand {
  private static final System.Logger LOG = System.getLogger(RunCommand.class.getName());
  private static final Path DEFAULT_FILE = Path.of("probity.yaml");

  private final Environment environment;
  private final RandomGenerator random;
  private final PrintStream out;

  RunCommand(Environment environment, RandomGenerator random, PrintStream out) {
    this.environment = environment;
    this.random = random;
    this.out = out;
  }

  /** Serves; the exit status is 0 after a proper end, 1 if it could not start. */
  int run(CommandLine.Run command) {
    Optional<Path> file =
        command.config().or(() -> Optional.of(DEFAULT_FILE).filter(Files::exists));
    try {
      Settings read =
          file.isPresent()
              ? SettingsFile.read(file.get(), environment.variables())
              : Settings.defaults(environment.variables());
      Settings settings = withPort(command, read);
      Wiring wiring = Wiring.start(settings, command.data(), environment, Clock.system(), random);
      serve(command, file, settings, wiring);
      return 0;
    } catch (SettingsException | IllegalArgumentException | IOException e) {
      System.err.println("probity: " + e.getMessage());
    } catch (MasterKeyException | AtRestException | StorageException e) {
      System.err.println("probity: " + e.getMessage());
      LOG.log(Level.DEBUG, "could not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  private static Settings withPort(CommandLine.Run command, Settings settings) {
    return command.port().isPresent() ? settings.withPort(command.port().getAsInt()) : settings;
  }

  private void serve(CommandLine.Run command, Optional<Path> file, Settings settings, Wiring wiring)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  ended.countDown();
                  try {
                    closed.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  // A drained end is a success, whatever the signal: without this the JVM would say
                  // 143.
                  Runtime.getRuntime().halt(0);
                },
                "shutdown"));
    Optional<Reloader> reloader =
        file.map(path ->
            new Reloader(
                    path,
                    environment.variables(),
                    settings,
                    changed -> withPort(command, changed),
                    wiring::reload)
                .start());
    new Greeting(out).show(wiring, settings);
    ended.await();
    LOG.log(Level.INFO, "ending: running requests may finish");
    reloader.ifPresent(Reloader::close);
    wiring.close();
    closed.countDown();
  }
}
