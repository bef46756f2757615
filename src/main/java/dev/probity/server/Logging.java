package dev.probity.server;

import java.util.Locale;
import java.util.Optional;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Where records of {@link System.Logger} go: to standard error, a line each. The JDK's own logging
 * is behind it, so that there is no logging library to configure or to patch.
 */
public final class Logging {
  /** The JDK forgets the level of a logger that nobody holds. */
  private static final Logger ROOT = Logger.getLogger("");

  private static final Logger PRODUCT = Logger.getLogger("dev.probity");

  private Logging() {}

  /**
   * Sets it up; to be called before anything logs.
   *
   * @param level {@code PROBITY_LOG}: off, error, warn, info (the default), debug or trace, for
   *     Probity's own records; libraries stay at warn unless it is trace
   * @return what is wrong with the level; empty if nothing is
   */
  public static Optional<String> configure(Optional<String> level) {
    Optional<Level> known = level.map(String::strip).flatMap(Logging::parse);
    Level own = known.orElse(Level.INFO);
    LogManager.getLogManager().reset();
    Handler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(new LineFormatter());
    ROOT.addHandler(handler);
    ROOT.setLevel(own == Level.FINEST ? Level.FINE : Level.WARNING);
    PRODUCT.setLevel(own);
    if (own.intValue() > Level.WARNING.intValue()) {
      ROOT.setLevel(own);
    }
    return level.isPresent() && known.isEmpty()
        ? Optional.of("PROBITY_LOG: expected off, error, warn, info, debug or trace")
        : Optional.empty();
  }

  private static Optional<Level> parse(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "off" -> Optional.of(Level.OFF);
      case "error" -> Optional.of(Level.SEVERE);
      case "warn", "warning" -> Optional.of(Level.WARNING);
      case "info", "" -> Optional.of(Level.INFO);
      case "debug" -> Optional.of(Level.FINE);
      case "trace" -> Optional.of(Level.FINEST);
      default -> Optional.empty();
    };
  }
}
